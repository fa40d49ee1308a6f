import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Loading, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import '../../styles/table.css';
import type { BatchRead } from './queries.ts';

const TONE = { error: 'wrong', warning: 'waiting', info: 'plain' } as const;

function Stands({ check }: { check: NonNullable<BatchRead['precheck']> }): ReactNode {
  const { t } = useWording();
  if (!check.qualified || check.verdict === 'unqualified')
    return <Status tone="wrong">{t('transfer.notQualifiedShort')}</Status>;
  if (check.verdict === 'open') return <Status tone="waiting">{t('check.verdict.open')}</Status>;
  return <Status tone="done">{t('transfer.qualified')}</Status>;
}

/** What one side's judgement found, errors before the rest of it as they were met. */
export function BatchFindings(props: {
  batch: BatchRead;
  side: 'agency' | 'archive';
  title: string;
  check: NonNullable<BatchRead['precheck']>;
}): ReactNode {
  const { t, word, language } = useWording();
  const { batch, side, check } = props;
  const list = useInfiniteQuery({
    queryKey: ['transfer-findings', batch.id, batch.round, side, batch.version],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/transfers/{id}/findings', {
          params: {
            path: { id: batch.id },
            query: { side, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label={props.title}>
      <h2 className="fields-title">{props.title}</h2>
      <p>
        <Stands check={check} />{' '}
        <span className="small soft">
          {check.errors + check.warnings === 0
            ? t('transfer.noFindings')
            : t('transfer.counts', { errors: check.errors, warnings: check.warnings })}
        </span>
      </p>
      {check.runId && (
        <p>
          <Link to={`/natures/${check.runId}`}>{t('check.reportTitle')}</Link>
          {check.verdict === 'open' && <span className="small soft"> · {t('transfer.answersAwaited')}</span>}
        </p>
      )}
      {list.error && <Trouble error={list.error} />}
      {list.isPending && <Loading lines={3} />}
      {rows.length > 0 && (
        <div className="table-scroll findings">
          <table className="data wrap" aria-label={t('transfer.findings')}>
            <thead>
              <tr>
                <th scope="col" style={{ width: 104 }}>
                  {t('transfer.severity')}
                </th>
                <th scope="col">{t('transfer.what')}</th>
                <th scope="col" style={{ width: '40%' }}>
                  {t('transfer.where')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((f) => (
                <tr key={f.seq}>
                  <td>
                    <Status tone={TONE[f.severity]}>{t(`examination.severity.${f.severity}`)}</Status>
                  </td>
                  <td lang={language}>{word('rule', f.code, word('error', f.code, f.message))}</td>
                  <td className="code" style={{ overflowWrap: 'anywhere' }}>
                    {f.path}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage && (
        <Button size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('act.more')}
        </Button>
      )}
    </section>
  );
}
