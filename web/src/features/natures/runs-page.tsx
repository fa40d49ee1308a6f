import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Scroll } from '../../components/scroll.tsx';
import { Empty, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useArchive, useArchiveName, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { Begin } from './begin.tsx';
import { type Run, runsQuery, VERDICT_TONES } from './queries.ts';
import '../../styles/natures.css';
import '../../styles/table.css';

/** Four-nature checks that were made, the newest first, and the begin of another. */
export function NaturesPage(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const archive = useArchive();
  const nameOf = useArchiveName();
  const sees =
    archive !== undefined && (can('preservation.read', archive.id) || can('filing.read', archive.id));
  const runs = useInfiniteQuery({ ...runsQuery(archive?.id ?? ''), enabled: sees });
  if (!archive || !sees) return <NothingHere />;
  const items = runs.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <div className="page">
      <PageHead crumbs={[{ text: nameOf(archive) }]} title={t('check.title')} />
      <p>
        <Link to={`/natures/schemes?archive=${archive.code}`}>{t('check.schemes')}</Link>
        {' · '}
        <Link to={`/natures/trust?archive=${archive.code}`}>{t('trust.title')}</Link>
      </p>
      {can('preservation.manage', archive.id) && <Begin archive={archive} />}
      {runs.error && <Trouble error={runs.error} retry={() => void runs.refetch()} />}
      {runs.isPending && <Loading lines={6} />}
      {runs.data && items.length === 0 && <Empty title={t('check.noRuns')}>{t('check.noRunsText')}</Empty>}
      {items.length > 0 && (
        <section aria-label={t('check.runs')}>
          <h2>{t('check.runs')}</h2>
          <Scroll label={t('check.runs')}>
            <table className="data wrap natures-runs">
              <thead>
                <tr>
                  <th>{t('check.subject')}</th>
                  <th>{t('check.stage')}</th>
                  <th>{t('check.verdict')}</th>
                  <th className="number">{t('check.units')}</th>
                  <th>{t('check.operator')}</th>
                  <th>{t('check.startedAt')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((run) => (
                  <tr key={run.id}>
                    <td>
                      <Link to={`/natures/${run.id}`}>{run.title}</Link>
                    </td>
                    <td>{t(`check.stage.${run.stage}`)}</td>
                    <td>
                      <Verdict run={run} />
                    </td>
                    <td className="number">{count(run.state === 'done' ? run.units : run.done)}</td>
                    <td>{run.startedBy}</td>
                    <td>
                      <When at={run.createdAt} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          {runs.hasNextPage && (
            <Button onClick={() => void runs.fetchNextPage()} loading={runs.isFetchingNextPage}>
              {t('examination.loadMore')}
            </Button>
          )}
        </section>
      )}
    </div>
  );
}

/** How a run stands: its result, or how far it is. */
export function Verdict({
  run,
}: {
  run: Pick<Run, 'state' | 'verdict' | 'done' | 'total' | 'failure'>;
}): ReactNode {
  const { t } = useWording();
  if (run.verdict)
    return <Status tone={VERDICT_TONES[run.verdict]}>{t(`check.verdict.${run.verdict}`)}</Status>;
  if (run.state === 'failed')
    return <Status tone="wrong">{t('check.failedRun', { why: run.failure ?? '' })}</Status>;
  if (run.state === 'waiting') return <Status tone="waiting">{t('check.waitingRun')}</Status>;
  return (
    <Status tone="waiting">
      {t('check.running', { done: count(run.done), total: run.total === null ? '…' : count(run.total) })}
    </Status>
  );
}
