import { type Actor, auditActor } from '#kernel/actor';
import type { AuditActor } from '#kernel/audit';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { BackupDeps } from './deps.ts';
import type { DrillData } from './drilling.ts';
import { BACKUP_JOB, DRILL_JOB } from './jobNames.ts';
import type { BackupData } from './making/job.ts';
import { demandAtTop } from './rights.ts';
import { addDrill, lastDrill, setJobOfDrill } from './store/drills.ts';
import { type Asked, addRun, lastRuns, setJobOfRun } from './store/runs.ts';
import { drillDue, dueLast } from './timetable.ts';

/** A piece of work that was begun: its row, and its job. */
export interface Started {
  id: string;
  jobId: string;
}

const CLOCK: AuditActor = { id: null, name: 'lantai' };
const plain = ({ id, name }: AuditActor): AuditActor => ({ id, name });

interface For {
  asked: Asked;
  by: AuditActor;
  dueAt?: Date;
}

function placeSet(deps: BackupDeps): string {
  const { place } = deps.config;
  if (place !== undefined) return place;
  throw new Refusal('backup.nowhere', 'No place for backups is set. The administrator sets LANTAI_BACKUP.');
}

async function startBackup(deps: BackupDeps, tx: Tx, o: For): Promise<Started | undefined> {
  const place = placeSet(deps);
  const id = deps.newId();
  const { asked, by, dueAt } = o;
  const row = { id, asked, byName: by.name, place, at: deps.clock.now(), state: 'queued' as const };
  if (!(await addRun(tx, { ...row, ...(dueAt ? { dueAt } : {}) }))) return undefined;
  const data: BackupData = { run: id, place, by: plain(by) };
  const jobId = await deps.jobs.enqueue(tx, BACKUP_JOB, data, { title: place, createdBy: by.id });
  await setJobOfRun(tx, id, jobId);
  return { id, jobId };
}

/** Which backup is tried: by its name, else the newest; of another place than the one set. */
interface Tried {
  at?: string | undefined;
  place?: string | undefined;
}

async function startDrill(
  deps: BackupDeps,
  tx: Tx,
  o: For,
  { at, place = placeSet(deps) }: Tried = {},
): Promise<Started | undefined> {
  const id = deps.newId();
  const { asked, by, dueAt } = o;
  const row = { id, asked, byName: by.name, place, at: deps.clock.now() };
  if (!(await addDrill(tx, { ...row, ...(dueAt ? { dueAt } : {}) }))) return undefined;
  const data: DrillData = { drill: id, place, by: plain(by), ...(at === undefined ? {} : { at }) };
  const jobId = await deps.jobs.enqueue(tx, DRILL_JOB, data, { title: at ?? place, createdBy: by.id });
  await setJobOfDrill(tx, id, jobId);
  return { id, jobId };
}

/** Begins a backup in the background. @throws Refusal actor.forbidden, backup.nowhere */
export async function askForBackup(deps: BackupDeps, actor: Actor): Promise<Started> {
  await demandAtTop(deps.tops, actor, 'stores.manage');
  const started = await deps.db.system((tx) =>
    startBackup(deps, tx, { asked: 'person', by: auditActor(actor) }),
  );
  return started!;
}

/** Begins a drill in the background. @throws Refusal actor.forbidden, backup.nowhere */
export async function askForDrill(deps: BackupDeps, actor: Actor, tried: Tried): Promise<Started> {
  await demandAtTop(deps.tops, actor, 'stores.manage');
  const started = await deps.db.system((tx) =>
    startDrill(deps, tx, { asked: 'person', by: auditActor(actor) }, tried),
  );
  return started!;
}

/** Begins what is due by the clock. However many processes ask, each is begun once. */
export async function beginDue(deps: BackupDeps): Promise<void> {
  const { config, db, clock, timeZone } = deps;
  if (config.place === undefined) return;
  const now = clock.now();
  const due = dueLast(now, config.times, timeZone);
  const last = await lastRuns(db.owner);
  if (due && !(last.any && last.any.askedAt >= due))
    await db.system((tx) => startBackup(deps, tx, { asked: 'clock', by: CLOCK, dueAt: due }));
  // There is something to restore, and nobody is at it.
  if (!last.done?.takenAt) return;
  const drill = drillDue(now, config.drillDays, (await lastDrill(db.owner, { also: 'running' }))?.askedAt);
  if (!drill || drill > now) return;
  // Whole days, so that two processes mean the same one.
  const dueAt = new Date(Math.floor(now.getTime() / 86_400_000) * 86_400_000);
  await db.system((tx) => startDrill(deps, tx, { asked: 'clock', by: CLOCK, dueAt }));
}
