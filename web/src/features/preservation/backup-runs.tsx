import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { api, BASE, body } from '../../api/client.ts';
import { Scroll } from '../../components/scroll.tsx';
import { Loading, Status, type Tone, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes, count, percent, span } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { type BackupRun, backupDrills, backupRuns, type Drill } from './backup-queries.ts';

const TONES: Readonly<Record<BackupRun['state'], Tone>> = {
  queued: 'waiting',
  running: 'waiting',
  done: 'done',
  failed: 'wrong',
};

/** The backups that were made or tried, the newest first. */
export function BackupRuns(): ReactNode {
  const { t, word } = useWording();
  const runs = useInfiniteQuery(backupRuns);
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="runs-title">
      <h2 className="fields-title" id="runs-title">
        {t('backups.runs')}
      </h2>
      {runs.error && <Trouble error={runs.error} retry={() => void runs.refetch()} />}
      {runs.isPending && <Loading lines={3} />}
      {runs.data && items.length === 0 && <p className="soft">{t('backups.runs.none')}</p>}
      {items.length > 0 && (
        <Scroll label={t('backups.runs')}>
          <table className="data wrap" style={{ minWidth: 820 }}>
            <thead>
              <tr>
                <th scope="col" style={{ width: 130 }}>
                  {t('backups.col.taken')}
                </th>
                <th scope="col">{t('backups.col.state')}</th>
                <th scope="col" className="numeric" style={{ width: 86 }}>
                  {t('backups.col.size')}
                </th>
                <th scope="col" className="numeric" style={{ width: 86 }}>
                  {t('backups.col.newSize')}
                </th>
                <th scope="col" className="numeric" style={{ width: 90 }}>
                  {t('backups.col.rows')}
                </th>
                <th scope="col" style={{ width: 150 }}>
                  {t('backups.fact.sealed')}
                </th>
                <th scope="col" style={{ width: 110 }}>
                  {t('backups.col.by')}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((run) => (
                <tr key={run.id}>
                  <td>
                    <When at={run.takenAt ?? run.askedAt} />
                  </td>
                  <td>
                    <Status tone={TONES[run.state]}>{word('backup.state', run.state)}</Status>
                    {run.trouble && (
                      <span className="small soft block">
                        {word('backup.trouble', run.trouble.code, t('backup.trouble.other', run.trouble))}
                      </span>
                    )}
                    {run.state === 'running' && <Running id={run.id} />}
                  </td>
                  <td className="numeric">{run.bytes === null ? '—' : bytes(run.bytes)}</td>
                  <td className="numeric">{run.newBytes === null ? '—' : bytes(run.newBytes)}</td>
                  <td className="numeric">{run.rows === null ? '—' : count(run.rows)}</td>
                  <td>{sealed(run, t)}</td>
                  <td>{run.asked === 'clock' ? t('backup.asked.clock') : run.by}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {runs.hasNextPage && (
        <Button size="small" onClick={() => void runs.fetchNextPage()} loading={runs.isFetchingNextPage}>
          {t('object.events.older')}
        </Button>
      )}
    </section>
  );
}

function sealed(run: BackupRun, t: ReturnType<typeof useWording>['t']): ReactNode {
  if (run.encrypted === null) return '—';
  return (
    <>
      {t(run.encrypted ? 'backups.encrypted' : 'backups.open')}
      <span className="small soft block">{t(run.keyIncluded ? 'backups.keyIn' : 'backups.keyOut')}</span>
    </>
  );
}

/** Where a running backup is; by its own route, as its job belongs to the whole house. */
function Running({ id }: { id: string }): ReactNode {
  const { t, word } = useWording();
  const run = useQuery({
    queryKey: ['backups', 'run', id],
    queryFn: () => body(api.GET('/backups/runs/{id}', { params: { path: { id } } })),
    refetchInterval: 2_000,
  });
  const progress = run.data?.progress;
  if (!progress) return null;
  const { step, done = 0, total } = progress;
  return (
    <span className="small soft block" aria-live="polite">
      {step && word('backup.step', step)}{' '}
      {total ? `${t('job.line', { done, total })} ${percent(done, total)}%` : ''}
    </span>
  );
}

/** Drills of restoring, each with its report to read and print. */
export function Drills(): ReactNode {
  const { t } = useWording();
  const drills = useInfiniteQuery(backupDrills);
  const items = drills.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="drills-title">
      <h2 className="fields-title" id="drills-title">
        {t('backups.drills')}
      </h2>
      {drills.error && <Trouble error={drills.error} retry={() => void drills.refetch()} />}
      {drills.isPending && <Loading lines={2} />}
      {drills.data && items.length === 0 && <p className="soft">{t('backups.drills.none')}</p>}
      {items.length > 0 && (
        <Scroll label={t('backups.drills')}>
          <table className="data wrap" style={{ minWidth: 680 }}>
            <thead>
              <tr>
                <th scope="col" style={{ width: 130 }}>
                  {t('backups.col.when')}
                </th>
                <th scope="col">{t('backups.col.state')}</th>
                <th scope="col" style={{ width: 130 }}>
                  {t('backups.col.taken')}
                </th>
                <th scope="col" className="numeric" style={{ width: 90 }}>
                  {t('backups.col.took')}
                </th>
                <th scope="col" style={{ width: 90 }}>
                  {t('backups.report')}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((drill) => (
                <DrillRow key={drill.id} drill={drill} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

function DrillRow({ drill }: { drill: Drill }): ReactNode {
  const { t, word, language } = useWording();
  const took = drill.seconds?.whole === undefined ? null : span(drill.seconds.whole);
  return (
    <tr>
      <td>
        <When at={drill.askedAt} />
      </td>
      <td>
        {drill.endedAt === null ? (
          <Status tone="waiting">{word('backup.state', drill.state)}</Status>
        ) : (
          <Verdict drill={drill} />
        )}
        {drill.findings.map((finding) => (
          <span key={`${finding.code} ${finding.path}`} className="small soft block">
            {word('backup.trouble', finding.code, t('backup.trouble.other', { code: finding.code }))}
          </span>
        ))}
      </td>
      <td>{drill.takenAt ? <When at={drill.takenAt} /> : '—'}</td>
      <td className="numeric">{took ? t(`span.${took.unit}`, { n: took.n }) : '—'}</td>
      <td>
        {drill.endedAt && (
          <a
            href={`${BASE}/backups/drills/${drill.id}/report?lang=${language}`}
            target="_blank"
            rel="noreferrer"
          >
            {t('backups.report')}
          </a>
        )}
      </td>
    </tr>
  );
}

/** What a drill came to, in one line. */
export function Verdict({ drill }: { drill: Drill }): ReactNode {
  const { t } = useWording();
  if (drill.equal === null) return <Status tone="wrong">{t('backups.unknown')}</Status>;
  if (!drill.equal) return <Status tone="wrong">{t('backups.unequal')}</Status>;
  const doubts = drill.findings.some((finding) => finding.severity === 'error');
  return (
    <Status tone={doubts ? 'waiting' : 'done'}>{t(doubts ? 'backups.equalBut' : 'backups.equal')}</Status>
  );
}
