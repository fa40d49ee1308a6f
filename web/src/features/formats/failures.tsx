import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Scroll } from '../../components/scroll.tsx';
import { When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { objectIdOf } from '../preservation/queries.ts';
import { ThingLink } from '../preservation/thing-name.tsx';
import { failuresOf, type HeldFormat } from './queries.ts';
import { useSubjectName } from './words.ts';

/** Files that could not be converted, and why. */
export function ConversionFailures({
  archiveId,
  formats,
}: {
  archiveId: string;
  formats: readonly HeldFormat[];
}): ReactNode {
  const { t, word } = useWording();
  const nameOf = useSubjectName(formats);
  const failures = useInfiniteQuery(failuresOf(archiveId));
  const items = failures.data?.pages.flatMap((page) => page.items) ?? [];
  if (failures.data && items.length === 0) return null;
  return (
    <section aria-labelledby="conversion-failures">
      <h2 className="fields-title" id="conversion-failures">
        {t('formats.failures')}
      </h2>
      {failures.error && <Trouble error={failures.error} retry={() => void failures.refetch()} />}
      {items.length > 0 && (
        <Scroll label={t('formats.failures')}>
          <table className="data wrap" style={{ minWidth: 780 }}>
            <thead>
              <tr>
                <th scope="col" style={{ width: 200 }}>
                  {t('formats.record')}
                </th>
                <th scope="col" style={{ width: 190 }}>
                  {t('formats.file')}
                </th>
                <th scope="col">{t('formats.trouble')}</th>
                <th scope="col" style={{ width: 130 }}>
                  {t('formats.at')}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((f) => (
                <tr key={`${f.unitId} ${f.ordinal.toString()} ${f.target}`}>
                  <td>
                    <ThingLink objectId={objectIdOf(f.unitId)} unitId={f.unitId} />
                  </td>
                  <td>
                    {f.name ?? t('formats.fileNo', { n: f.ordinal })}
                    <span className="small soft block">
                      {nameOf(f.puid)} → {word('format.target', f.target)}
                    </span>
                  </td>
                  <td>
                    {word('error', f.code, f.message)}
                    <span className="small soft block">
                      {f.tool}: {f.message}
                    </span>
                  </td>
                  <td>
                    <When at={f.at} />
                    {f.tries > 1 && (
                      <span className="small soft block">{t('formats.tries', { n: f.tries })}</span>
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
