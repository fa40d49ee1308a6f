import type { ReactNode } from 'react';
import type { Job } from '../../api/shapes.ts';
import { Status, type Tone } from '../../components/small.tsx';
import { percent, secondsLeft, span } from '../../lib/format.ts';
import { type MessageKey, useWording } from '../../wording.tsx';

const TONES: Record<Job['state'], Tone> = {
  queued: 'waiting',
  running: 'waiting',
  done: 'done',
  failed: 'wrong',
  cancelled: 'closed',
};

/** What did not go well is called by what was done. */
const REJECTED: Readonly<Record<string, MessageKey>> = {
  'check-fixity': 'keeping.job.wrong',
  'normalise-formats': 'formats.failed',
};

/** Done / total / rate / remaining / errors so far. No bar is drawn while the total is unknown. */
export function JobProgress({ job }: { job: Job }): ReactNode {
  const { t, word, refused } = useWording();
  const { done = 0, total, rejected = 0, rate, step } = job.progress;
  const running = job.state === 'running';
  const left = running ? secondsLeft(job.progress) : null;
  const time = left === null ? null : span(left);
  return (
    <div className="stack" style={{ gap: 4 }}>
      <div className="spread small">
        <Status tone={TONES[job.state]}>
          {running && step ? word('job.step', step, t('job.state.running')) : t(`job.state.${job.state}`)}
        </Status>
        <span className="row" style={{ gap: 12 }} aria-live="polite">
          {total ? (
            <span>{t('job.line', { done, total })}</span>
          ) : (
            done > 0 && <span>{t('job.lineOpen', { done })}</span>
          )}
          {total ? <span>{percent(done, total)}%</span> : null}
          {running && rate ? <span>{t('job.rate', { rate: Math.round(rate) })}</span> : null}
          {time && <span>{t('job.left', { time: t(`span.${time.unit}`, { n: time.n }) })}</span>}
          {rejected > 0 && <span>{t(REJECTED[job.kind] ?? 'job.rejected', { n: rejected })}</span>}
        </span>
      </div>
      {total && (running || job.state === 'failed') ? (
        <div
          className="bar"
          role="progressbar"
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={done}
          aria-label={word('job.kind', job.kind)}
        >
          <span style={{ width: `${percent(Math.max(0, done - rejected), total)}%` }} />
          {rejected > 0 && <span className="rejected" style={{ width: `${percent(rejected, total)}%` }} />}
        </div>
      ) : (
        running && <div className="bar unknown" />
      )}
      {job.error && (
        <p className="small">
          {job.refusal ? (refused(job.refusal.code, job.refusal.values) ?? job.error) : job.error}
        </p>
      )}
    </div>
  );
}
