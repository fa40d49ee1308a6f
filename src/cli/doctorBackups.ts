import { type LastRestore, lastRestore } from '#kernel/audit';
import type { BackupConfig } from '#kernel/config';
import type { Sql } from '#kernel/db';
import { type BackupState, type HealthCode, healthOf, lastDrill, lastRuns } from '#modules/backup';
import type { HealthCheck } from './doctorChecks.ts';

const SENTENCES: Readonly<Record<HealthCode, (s: BackupState) => string>> = {
  nowhere: () => 'none was ever made; set LANTAI_BACKUP, or run ./lantai backup FOLDER',
  never: () => 'none was made yet at the place that is set',
  old: () => 'the newest is more than two days old',
  failed: (s) => `the last one failed: ${s.tried?.trouble?.message ?? 'no reason is known'}`,
  open: () => 'not encrypted, so the master key is not in it: keep secrets/master.key in another safe place',
  notCleared: (s) => `older ones were not cleared away: ${s.made?.trouble?.message ?? ''}`,
  neverDrilled: () => 'restoring was never rehearsed',
  drillOld: () => 'restoring was rehearsed too long ago',
  drillFailed: (s) => `the last drill failed: ${s.drill?.findings[0]?.message ?? 'see its report'}`,
};
/** Nothing may be set up yet; what was set up and fails is wrong. */
const WRONG: ReadonlySet<HealthCode> = new Set(['old', 'failed', 'drillFailed']);
const DRILLS: ReadonlySet<HealthCode> = new Set(['neverDrilled', 'drillOld', 'drillFailed']);

/** The newest backup, how old and how closed it is, and the last drill. */
export async function checkBackups(db: Sql, config: BackupConfig, now = new Date()): Promise<HealthCheck[]> {
  const { done, any } = await lastRuns(db);
  const drill = await lastDrill(db);
  const restored = await lastRestore(db);
  return [
    ...judgeBackups(
      { placed: config.place !== undefined, made: done, tried: any, drill, drillDays: config.drillDays },
      now,
    ),
    ...(restored ? [tellOfRestore(restored)] : []),
  ];
}

/** Not wrong, and to be known: it is why second places of the checkpoints know of more than the trail holds. */
export const tellOfRestore = (r: LastRestore): HealthCheck => ({
  name: 'restore',
  state: 'ok',
  message: `the backup ${r.backup}, the state of ${r.takenAt}, was brought back; signed for on ${r.at.toISOString()}: ${r.entries} entries of the trail that second places have seen signed are lost by it`,
});

export function judgeBackups(s: BackupState, now: Date): HealthCheck[] {
  const found = healthOf(s, now);
  const check = (name: string, ok: string, of: (code: HealthCode) => boolean): HealthCheck => {
    const codes = found.map((f) => f.code).filter(of);
    const said = codes.map((code) => SENTENCES[code](s));
    const state = codes.some((c) => WRONG.has(c)) ? 'problem' : codes.length > 0 ? 'warning' : 'ok';
    return { name, state, message: [ok, ...said].filter((text) => text !== '').join('; ') };
  };
  const checks = [check('backup', madeOf(s, now), (code) => !DRILLS.has(code))];
  if (s.made) checks.push(check('restore drill', drillOf(s, now), (code) => DRILLS.has(code)));
  return checks;
}

const hours = (from: Date, now: Date) =>
  Math.max(0, Math.round((now.getTime() - from.getTime()) / 3_600_000));

function madeOf({ made }: BackupState, now: Date): string {
  if (!made?.takenAt) return '';
  const closed = made.encrypted ? 'encrypted' : 'open';
  return `${made.takenAt.toISOString()}, ${hours(made.takenAt, now)} hours ago, ${closed}, in ${made.place}`;
}

function drillOf({ drill }: BackupState, now: Date): string {
  if (drill?.state !== 'done') return '';
  const took = drill.seconds ? `, in ${Math.round(drill.seconds.whole)} s` : '';
  return `${drill.askedAt.toISOString()}, ${Math.round(hours(drill.askedAt, now) / 24)} days ago: came back equal${took}`;
}
