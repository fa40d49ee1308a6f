import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { api, BASE, body } from '../../api/client.ts';
import { Code } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import type { DepositRead } from './queries.ts';
import '../../styles/table.css';

/** What was deposited, by names and digests; taken out where it was unsealed for the reader. */
export function DepositFiles({ deposit: d }: { deposit: DepositRead }): ReactNode {
  const { t } = useWording();
  const found = useInfiniteQuery({
    queryKey: ['deposit-files', d.id],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/deposits/{id}/files', {
          params: { path: { id: d.id }, query: { limit: 100, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const files = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="deposit-files">
      <h2 className="fields-title" id="deposit-files">
        {t('deposit.files')}
      </h2>
      {found.error && <Trouble error={found.error} />}
      <div className="table-scroll">
        <table className="data wrap" aria-label={t('deposit.files')}>
          <thead>
            <tr>
              <th scope="col">{t('deposit.name')}</th>
              <th scope="col" style={{ width: 90 }}>
                {t('deposit.size')}
              </th>
              <th scope="col" style={{ width: 170 }}>
                {t('deposit.digest')}
              </th>
              {d.isOpen && (
                <th scope="col" style={{ width: 90 }}>
                  {t('deposit.take')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {files.map((f) => (
              <tr key={f.seq}>
                <td style={{ overflowWrap: 'anywhere', paddingInlineStart: f.container === null ? 8 : 28 }}>
                  {f.path}
                </td>
                <td>{bytes(f.bytes)}</td>
                <td title={f.sha256}>
                  <Code value={`${f.sha256.slice(0, 16)}…`} />
                </td>
                {d.isOpen && (
                  <td>
                    {f.container === null && (
                      <a href={`${BASE}/deposits/${d.id}/files/${f.seq}/content`} download>
                        {t('deposit.take')}
                      </a>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.hasNextPage && (
        <Button size="small" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('deposit.more')}
        </Button>
      )}
    </section>
  );
}
