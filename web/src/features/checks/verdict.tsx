import { type ReactNode, useEffect, useState } from 'react';
import { Status } from '../../components/small.tsx';
import { count, span } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { type CheckReport, isUnderWay, toneOf } from './shapes.ts';

const STEPS = ['laying', 'judging', 'identifying'];

/** The one sentence of a report, or how far the check is. */
export function Verdict({ report }: { report: CheckReport }): ReactNode {
  const { t, word } = useWording();
  const sum = (severity: string): number =>
    report.groups.filter((g) => g.severity === severity).reduce((n, g) => n + g.count, 0);
  if (isUnderWay(report.state)) return <UnderWay report={report} />;
  const beyond = report.kind === 'unknown' && report.groups.some((g) => g.family !== 'notRecognised');
  const tone = beyond ? 'wrong' : toneOf(report);
  return (
    <div className={`notice is-${tone} check-verdict`} role="status">
      <Status tone={tone}>
        {report.verdict === null
          ? word('examination.failure', report.failure, t('examination.failure.other'))
          : t(report.verdict, { errors: sum('error'), warnings: sum('warning') })}
      </Status>
    </div>
  );
}

function UnderWay({ report }: { report: CheckReport }): ReactNode {
  const { t, word } = useWording();
  const seconds = useSecondsSince(report.createdAt);
  const at = STEPS.indexOf(report.step ?? '');
  const { n, unit } = span(seconds);
  return (
    <div className="notice is-waiting check-verdict" role="status">
      <Status tone="waiting">
        {at < 0
          ? t('examination.state.waiting')
          : t('examination.stepOf', {
              n: at + 1,
              of: STEPS.length,
              step: word('examination.step', report.step),
            })}
      </Status>
      <p className="soft small">
        {report.done > 0 && `${t('examination.stepDone', { n: count(report.done) })} `}
        {t('examination.elapsed', { span: t(`span.${unit}`, { n }) })} {t('examination.leave')}
      </p>
    </div>
  );
}

function useSecondsSince(iso: string): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, (now - Date.parse(iso)) / 1_000);
}
