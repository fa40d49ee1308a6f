import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Code, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import '../../styles/table.css';

const TONES = { same: 'done', changed: 'wrong', missing: 'waiting', added: 'plain' } as const;
const KINDS = ['same', 'changed', 'missing', 'added'] as const;

/** What a batch brings beside what its agency had deposited; nothing where no deposit met it. */
export function DepositComparison({ batchId }: { batchId: string }): ReactNode {
  const { t } = useWording();
  const found = useQuery({
    queryKey: ['deposit-comparison', batchId],
    queryFn: async () =>
      (await body(api.GET('/transfers/{id}/deposit-comparison', { params: { path: { id: batchId } } })))
        .comparison,
  });
  const c = found.data;
  if (!c) return null;
  return (
    <section className="stack" aria-labelledby="compared">
      <h2 className="fields-title" id="compared">
        {t('deposit.compared')}
      </h2>
      <p>
        {KINDS.filter((k) => c[k] > 0 || k === 'same').map((k) => (
          <span key={k} style={{ marginInlineEnd: 14 }}>
            <Status tone={TONES[k]}>{t('deposit.count', { what: t(`deposit.${k}`), n: count(c[k]) })}</Status>
          </span>
        ))}
      </p>
      <p className="small soft">
        {t('deposit.comparedWith')}
        {c.deposits.map((d) => (
          <Link key={d.id} to={`/deposits/${d.id}`} style={{ marginInlineEnd: 10 }}>
            <Code value={d.number} />
          </Link>
        ))}
      </p>
      {c.changed + c.missing + c.added > 0 ? (
        <Differences batchId={batchId} />
      ) : (
        <p>{t('deposit.allSame')}</p>
      )}
    </section>
  );
}

function Differences({ batchId }: { batchId: string }): ReactNode {
  const { t } = useWording();
  const found = useInfiniteQuery({
    queryKey: ['deposit-differences', batchId],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/transfers/{id}/deposit-differences', {
          params: { path: { id: batchId }, query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (found.error) return <Trouble error={found.error} />;
  const lines = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="table-scroll">
        <table className="data wrap" aria-label={t('deposit.compared')}>
          <thead>
            <tr>
              <th scope="col" style={{ width: 130 }}>
                {t('deposit.stateTitle')}
              </th>
              <th scope="col">{t('deposit.now')}</th>
              <th scope="col">{t('deposit.then')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((l) => (
              <tr key={l.seq}>
                <td>
                  <Status tone={TONES[l.kind]}>{t(`deposit.${l.kind}`)}</Status>
                </td>
                <td style={{ overflowWrap: 'anywhere' }}>{l.path}</td>
                <td style={{ overflowWrap: 'anywhere' }}>{l.depositedPath}</td>
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
    </>
  );
}
