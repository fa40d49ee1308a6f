import type { AuditActor } from '#kernel/audit';
import { type Finding, isRefusal, messageOf } from '#kernel/errors';
import type { JobRun } from '#kernel/jobs';
import type { BackupDeps } from './deps.ts';
import type { Rehearsed } from './restoring/rehearse.ts';
import { type DrillOutcome, endDrill, startDrill } from './store/drills.ts';

export interface DrillData {
  drill: string;
  place: string;
  /** The backup by its name; absent: the newest. */
  at?: string;
  by: AuditActor;
}

/** Refusals that say the backup itself is at fault. */
const BACKUP_AT_FAULT = new Set([
  'backup.altered',
  'backup.chunkMissing',
  'restore.notEqual',
  'restore.otherTable',
]);

/** Restores a backup into a database that is thrown away, and writes a report of it. */
export async function runDrill(
  deps: BackupDeps,
  { data, signal, progress }: JobRun<DrillData>,
): Promise<unknown> {
  await startDrill(deps.db.owner, data.drill);
  const outcome = await rehearsal(deps, data, signal, (step, done, total) =>
    progress({ step, done, ...(total > 0 ? { total } : {}) }),
  );
  // Stopped, not failed: the next process begins it anew.
  signal.throwIfAborted();
  const passed = outcome.equal === true && !outcome.findings.some((f) => f.severity === 'error');
  await deps.db.system(async (tx) => {
    await endDrill(tx, data.drill, deps.clock.now(), outcome);
    await deps.audit.append(tx, {
      actor: data.by,
      archiveId: null,
      act: passed ? 'backup.drilled' : 'backup.drillFailed',
      target: { type: 'backup', id: outcome.backup ?? data.drill },
      detail: {
        ...(outcome.backup ? { name: outcome.backup } : {}),
        drill: data.drill,
        equal: outcome.equal,
        codes: outcome.findings.map((f) => f.code),
      },
    });
  });
  return { drill: data.drill, passed };
}

async function rehearsal(
  deps: BackupDeps,
  data: DrillData,
  signal: AbortSignal,
  told: (step: string, done: number, total: number) => void,
): Promise<DrillOutcome> {
  const began = performance.now();
  const since = (from: number) => (performance.now() - from) / 1000;
  let found: Rehearsed | undefined;
  try {
    const { migrations, seeded, withScratch, inspect } = deps.drills;
    const order = {
      place: data.place,
      s3: deps.config.s3,
      passphrase: deps.config.passphrase(),
      at: data.at,
      migrations: await migrations(),
      seeded,
    };
    return await withScratch(async (databaseUrl) => {
      const watch = {
        signal,
        told: (s: { step: string; done: number; total: number }) => told(s.step, s.done, s.total),
      };
      found = await deps.thread.drill({ databaseUrl, ...order }, watch);
      const from = performance.now();
      told('inspecting', found.rows, found.rows);
      const findings = [...found.findings, ...(await inspect(databaseUrl))];
      const { backup, takenAt, tables, rows, files, bytes } = found;
      return {
        backup,
        takenAt: new Date(takenAt),
        tables,
        rows,
        files,
        bytes,
        equal: found.findings.length === 0,
        seconds: { ...found.seconds, inspecting: since(from), whole: since(began) },
        findings,
      };
    });
  } catch (e) {
    return { ...NOTHING, ...failed(e, found), findings: [findingOf(e)] };
  }
}

const NOTHING = {
  backup: null,
  takenAt: null,
  tables: null,
  rows: null,
  files: null,
  bytes: null,
  seconds: null,
};

function failed(e: unknown, found: Rehearsed | undefined): Pick<DrillOutcome, 'equal'> {
  if (found) return { equal: true };
  return { equal: isRefusal(e) && BACKUP_AT_FAULT.has(e.code) ? false : null };
}

const findingOf = (e: unknown): Finding => ({
  code: isRefusal(e) ? e.code : 'fault',
  severity: 'error',
  path: '',
  message: messageOf(e),
});
