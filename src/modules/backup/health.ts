import type { DrillRow } from './store/drills.ts';
import type { RunRow } from './store/runs.ts';

/** What is to be said of an installation's backups; screens put the codes into words (`backup.health.…`). */
export type HealthCode =
  | 'nowhere'
  | 'never'
  | 'old'
  | 'failed'
  | 'open'
  | 'notCleared'
  | 'neverDrilled'
  | 'drillOld'
  | 'drillFailed';

export interface HealthFinding {
  code: HealthCode;
  severity: 'error' | 'warning';
}

export interface BackupState {
  /** Whether a place is set that backups go to by themselves. */
  placed: boolean;
  /** The newest that was made whole, and the newest that was tried. */
  made: RunRow | undefined;
  tried: RunRow | undefined;
  drill: DrillRow | undefined;
  drillDays: number | undefined;
}

const DAY_MS = 86_400_000;
const OLD_DAYS = 2;
/** Where no drills are made by the clock. */
const DRILL_DAYS = 180;

/** What is wrong with the backups, the worst first. */
export function healthOf(s: BackupState, now: Date): HealthFinding[] {
  const found: HealthFinding[] = [];
  const days = (at: Date) => (now.getTime() - at.getTime()) / DAY_MS;
  const { made, tried, drill } = s;
  if (!made) found.push({ code: s.placed ? 'never' : 'nowhere', severity: 'error' });
  else if (days(made.takenAt ?? made.askedAt) > OLD_DAYS) found.push({ code: 'old', severity: 'error' });
  if (tried?.state === 'failed') found.push({ code: 'failed', severity: 'error' });
  if (drill && drill.state === 'failed') found.push({ code: 'drillFailed', severity: 'error' });
  if (made && !made.keyIncluded) found.push({ code: 'open', severity: 'warning' });
  if (made?.trouble) found.push({ code: 'notCleared', severity: 'warning' });
  if (made && !drill) found.push({ code: 'neverDrilled', severity: 'warning' });
  if (drill && days(drill.askedAt) > 2 * (s.drillDays ?? DRILL_DAYS / 2))
    found.push({ code: 'drillOld', severity: 'warning' });
  return found;
}
