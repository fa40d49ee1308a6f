import type { Actor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { JobKind, JobRecord } from '#kernel/jobs';
import type { BackupDeps } from './deps.ts';
import { type DrillData, runDrill } from './drilling.ts';
import { type BackupState, type HealthFinding, healthOf } from './health.ts';
import { BACKUP_JOB, DRILL_JOB } from './jobNames.ts';
import { type Listed, listBackups } from './looking.ts';
import type { BackupMade, BackupProgress } from './making/backup.ts';
import { type BackupData, runBackup } from './making/job.ts';
import { backUpNow } from './making/run.ts';
import type { Wish } from './order.ts';
import { atTop } from './rights.ts';
import { askForBackup, askForDrill, beginDue } from './starting.ts';
import { type DrillRow, drillById, drillPage, lastDrill } from './store/drills.ts';
import { lastRuns, type RunRow, runById, runPage } from './store/runs.ts';
import { drillDue, dueNext } from './timetable.ts';

export type Backups = ReturnType<typeof createBackups>;

/** How backups stand, for who may read of them. */
export interface BackupStatus extends BackupState {
  /** Where they go; null for who sees no such things. */
  place: string | null;
  times: readonly string[];
  keep: BackupDeps['config']['keep'];
  encrypted: boolean;
  bytesPerSecond: number | undefined;
  next: Date | undefined;
  nextDrill: Date | undefined;
  findings: HealthFinding[];
  mayStart: boolean;
}

interface Page {
  limit: number;
  after?: { at: Date; id: string } | undefined;
}

/** Backups of this installation. Routes ask for `preservation.read` to read and `stores.manage` to begin. */
export function createBackups(deps: BackupDeps) {
  const { db, clock, config, timeZone, jobs } = deps;
  const seesPlaces = (actor: Actor) => atTop(deps.tops, actor, 'stores.manage', 'preservation.read');
  /** Where backups lie, and what a machine said of it, is for who looks after the whole. */
  const shownRun = (all: boolean) => (r: RunRow) =>
    all ? r : { ...r, place: '', trouble: r.trouble && { ...r.trouble, message: '' } };
  const shownDrill = (all: boolean) => (d: DrillRow) =>
    all ? d : { ...d, place: '', findings: d.findings.map((f) => ({ ...f, message: '' })) };

  async function state(): Promise<BackupState> {
    const { done, any } = await lastRuns(db.owner);
    const drill = await lastDrill(db.owner);
    return { placed: config.place !== undefined, made: done, tried: any, drill, drillDays: config.drillDays };
  }

  return {
    /** Makes one now, here. @throws Refusal actor.forbidden, backup.nowhere, those of `makeBackup` */
    make: (
      actor: Actor,
      wish: Wish,
      told?: (p: BackupProgress) => void,
      signal?: AbortSignal,
    ): Promise<BackupMade> => backUpNow(deps, actor, wish, told, signal),
    start: (actor: Actor) => askForBackup(deps, actor),
    startDrill: (actor: Actor, o: { at?: string | undefined; place?: string | undefined } = {}) =>
      askForDrill(deps, actor, o),
    /** Begins what is due by the clock; asked every so often by a process that works on jobs. */
    beginDue: () => beginDue(deps),
    async status(actor: Actor): Promise<BackupStatus> {
      const all = await seesPlaces(actor);
      const found = await state();
      const now = clock.now();
      const last = (await lastDrill(db.owner, { also: 'running' }))?.askedAt;
      const run = shownRun(all);
      return {
        ...found,
        made: found.made && run(found.made),
        tried: found.tried && run(found.tried),
        drill: found.drill && shownDrill(all)(found.drill),
        place: all ? (config.place ?? null) : null,
        times: config.times,
        keep: config.keep,
        encrypted: config.passphrase() !== undefined,
        bytesPerSecond: config.bytesPerSecond,
        next: config.place === undefined ? undefined : dueNext(now, config.times, timeZone),
        nextDrill:
          config.place === undefined || !found.made ? undefined : drillDue(now, config.drillDays, last),
        findings: healthOf(found, now),
        mayStart: config.place !== undefined && (await atTop(deps.tops, actor, 'stores.manage')),
      };
    },
    async runs(actor: Actor, page: Page): Promise<RunRow[]> {
      return (await runPage(db.owner, page)).map(shownRun(await seesPlaces(actor)));
    },
    /** @throws Refusal backup.notFound */
    async run(actor: Actor, id: string): Promise<RunRow> {
      const found = await runById(db.owner, id);
      if (!found) throw notFound();
      return shownRun(await seesPlaces(actor))(found);
    },
    async drillRuns(actor: Actor, page: Page): Promise<DrillRow[]> {
      return (await drillPage(db.owner, page)).map(shownDrill(await seesPlaces(actor)));
    },
    /** @throws Refusal backup.notFound */
    async drill(actor: Actor, id: string): Promise<DrillRow> {
      const found = await drillById(db.owner, id);
      if (!found) throw notFound();
      return shownDrill(await seesPlaces(actor))(found);
    },
    /** The backups at the place that is set, newest first; none where none is set. */
    async kept(actor: Actor): Promise<Listed[]> {
      if (config.place === undefined) return [];
      const all = await seesPlaces(actor);
      try {
        const listed = await listBackups({
          place: config.place,
          s3: config.s3,
          passphrase: config.passphrase(),
        });
        return all
          ? listed
          : listed.map((b) => ({ ...b, trouble: b.trouble && { ...b.trouble, message: '' } }));
      } catch (e) {
        if (e instanceof Refusal && e.code === 'backup.none') return [];
        throw e;
      }
    },
    /** How far a backup or drill is; undefined where it is over or nothing is known. */
    progress: async (jobId: string | null): Promise<JobRecord['progress'] | undefined> => {
      const job = jobId === null ? undefined : await db.system((tx) => jobs.find(tx, jobId));
      return job?.state === 'running' ? job.progress : undefined;
    },
    jobs: [
      { name: BACKUP_JOB, run: (job) => runBackup(deps, job) } satisfies JobKind<BackupData>,
      { name: DRILL_JOB, attempts: 2, run: (job) => runDrill(deps, job) } satisfies JobKind<DrillData>,
    ],
  };
}

const notFound = () => new Refusal('backup.notFound', 'There is no such backup or drill.');
