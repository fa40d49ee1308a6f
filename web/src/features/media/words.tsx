import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Status } from '../../components/small.tsx';
import { fondsLabel } from '../../lib/fonds-label.ts';
import { useWording } from '../../wording.tsx';
import { fondsOne } from '../holdings/queries.ts';
import { type MediaPlan, type Medium, TONES } from './queries.ts';

/** The set a medium belongs to; sets of the house's own are called as it calls them. */
export function usePurpose(): (purpose: string) => string {
  const { word } = useWording();
  return (purpose) => word('media.purpose', purpose, purpose);
}

export function MediumState({ medium }: { medium: Pick<Medium, 'state' | 'trouble'> }): ReactNode {
  const { t } = useWording();
  return (
    <Status tone={medium.trouble ? 'wrong' : TONES[medium.state]}>
      {medium.trouble ? t('media.stuck') : t(`media.state.${medium.state}`)}
    </Status>
  );
}

/** How the last test came out, or that none was held. */
export function TestOutcome({ outcome }: { outcome: Medium['testOutcome'] }): ReactNode {
  const { t } = useWording();
  if (!outcome) return <span className="soft">{t('media.untested')}</span>;
  return <Status tone={outcome === 'passed' ? 'done' : 'wrong'}>{t(`media.outcome.${outcome}`)}</Status>;
}

/** What a plan is of. */
export function PlanOf({ plan }: { plan: MediaPlan }): ReactNode {
  const { t } = useWording();
  const { fondsId, yearFrom, yearTo } = plan;
  const fonds = useQuery({ ...fondsOne(fondsId ?? ''), enabled: fondsId !== null });
  if (fondsId === null && yearFrom === null && yearTo === null) return <>{t('media.ofAll')}</>;
  const years =
    yearFrom === null && yearTo === null
      ? ''
      : t('media.ofYears', { from: yearFrom ?? '…', to: yearTo ?? '…' });
  return <>{[fonds.data && fondsLabel(fonds.data), years].filter(Boolean).join(' · ')}</>;
}
