import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Scroll } from '../../components/scroll.tsx';
import { Loading, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { Condition, useStoreName } from './copies-table.tsx';
import { failuresOf } from './keeping-queries.ts';
import { ThingLink } from './thing-name.tsx';

/** Copies that are damaged, missing or behind, each leading to how its package is held. */
export function FailureList({ archiveId }: { archiveId: string | undefined }): ReactNode {
  const { t } = useWording();
  const nameOf = useStoreName();
  const failures = useInfiniteQuery(failuresOf(archiveId));
  const items = failures.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="failures">
      <h2 className="fields-title" id="failures">
        {t('keeping.failures')}
      </h2>
      {failures.error && <Trouble error={failures.error} retry={() => void failures.refetch()} />}
      {failures.isPending && <Loading lines={2} />}
      {failures.data && items.length === 0 && <p className="soft">{t('keeping.failures.none')}</p>}
      {items.length > 0 && (
        <Scroll label={t('keeping.failures')}>
          <table className="data wrap" style={{ minWidth: 600 }}>
            <thead>
              <tr>
                <th scope="col">{t('keeping.failures.thing')}</th>
                <th scope="col" style={{ width: 170 }}>
                  {t('copy.store')}
                </th>
                <th scope="col" style={{ width: 120 }}>
                  {t('copy.condition')}
                </th>
                <th scope="col" style={{ width: 130 }}>
                  {t('copy.checkedAt')}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((copy) => (
                <tr key={`${copy.objectId} ${copy.storeId}`}>
                  <td>
                    <ThingLink objectId={copy.objectId} unitId={copy.unitId} />
                  </td>
                  <td>{nameOf({ name: copy.storeName, isMain: copy.isMain })}</td>
                  <td>
                    <Condition copy={copy} />
                  </td>
                  <td>
                    {copy.checkedAt ? (
                      <When at={copy.checkedAt} />
                    ) : (
                      <span className="soft">{t('copy.never')}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {failures.hasNextPage && (
        <Button
          size="small"
          onClick={() => void failures.fetchNextPage()}
          loading={failures.isFetchingNextPage}
        >
          {t('package.more')}
        </Button>
      )}
    </section>
  );
}
