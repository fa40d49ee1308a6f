import { fromKysely, PgBoss } from 'pg-boss';
import { type Database, sql, type Tx } from '../db.ts';
import { isRefusal, messageOf } from '../errors.ts';
import type { NewId } from '../ids.ts';
import type { Log } from '../log.ts';
import { tellable } from '../wording/refusal.ts';
import { endOrphans } from './keeping.ts';
import { letEnqueue } from './rights.ts';
import { cancelJob, createRow, findJob, finishRow, recentJobs, saveProgress, startRow } from './rows.ts';
import type { EnqueueOptions, JobKind, Jobs, Progress } from './types.ts';

/** Seconds without a sign of life after which another worker takes a job over. */
const HEARTBEAT = 15;
const PROGRESS_EVERY_MS = 400;
const TRIES = 5;
const GIVEN_UP = 'Every process that worked on this was ended before it was done.';
const RETRIES = {
  retryLimit: TRIES - 1,
  retryDelay: 2,
  retryBackoff: true,
  heartbeatSeconds: HEARTBEAT,
  expireInSeconds: 23 * 3600,
};

interface Payload {
  jobId: string;
  data: object;
  followed: boolean;
}

/** Jobs over pg-boss: enqueued in the change's transaction, run at least once, followed in lantai.job. */
export function createJobs(db: Database, log: Log, newId: NewId): Jobs {
  const boss = new PgBoss({
    connectionString: db.url,
    schema: 'pgboss',
    max: 4,
    application_name: 'lantai-jobs',
  });
  boss.on('error', (e) => log.error({ err: e.message }, 'job queue'));
  const stopping = new AbortController();
  const running = new Map<string, AbortController>();
  let opened: Promise<unknown> | undefined;
  const open = async () => {
    opened ??= boss.start();
    await opened;
  };

  const run = async (kind: JobKind<never>, payload: Payload, attempt: number) => {
    const abort = new AbortController();
    running.set(payload.jobId, abort);
    const onStop = () => abort.abort(stopping.signal.reason);
    stopping.signal.addEventListener('abort', onStop, { once: true });
    const started = Date.now();
    const progress = progressWriter(db, payload, log);
    try {
      if (payload.followed && !(await startRow(db.owner, payload.jobId))) return;
      const result = await kind.run({
        id: payload.jobId,
        data: payload.data as never,
        attempt,
        signal: abort.signal,
        progress: progress.set,
      });
      await progress.flush();
      if (payload.followed) await finishRow(db.owner, payload.jobId, 'done', { result: result ?? null });
      log.info({ job: kind.name, id: payload.jobId, ms: Date.now() - started, attempt }, 'job done');
    } catch (e) {
      await progress.flush();
      const last = isRefusal(e) || attempt >= (kind.attempts ?? TRIES);
      log[last ? 'error' : 'warn']({ job: kind.name, id: payload.jobId, attempt, err: e }, 'job failed');
      if (stopping.signal.aborted) throw e;
      if (payload.followed && last)
        await finishRow(db.owner, payload.jobId, 'failed', {
          error: messageOf(e),
          ...(isRefusal(e) ? { refusal: { code: e.code, values: tellable(e.detail) } } : {}),
        });
      // A refusal will not get better by trying again: the queue is told it is done.
      if (!isRefusal(e)) throw e;
    } finally {
      running.delete(payload.jobId);
      stopping.signal.removeEventListener('abort', onStop);
    }
  };

  return {
    open,
    async prepare(kinds) {
      await open();
      const known = new Set((await boss.getQueues()).map((q) => q.name));
      for (const name of kinds) if (!known.has(name)) await boss.createQueue(name);
      await letEnqueue(db);
    },
    async enqueue(tx: Tx, kind: string, data: object, options: EnqueueOptions = {}) {
      await open();
      const jobId = newId();
      const followed = options.followed ?? true;
      if (followed) await createRow(tx, jobId, kind, options);
      const payload: Payload = { jobId, data, followed };
      const retryLimit = (options.attempts ?? TRIES) - 1;
      await boss.send(kind, payload, { db: fromKysely(tx), ...RETRIES, retryLimit });
      return jobId;
    },
    async enqueueAll(tx, kind, list) {
      if (list.length === 0) return;
      await open();
      const jobs = list.map((data) => {
        const payload: Payload = { jobId: newId(), data, followed: false };
        return { data: payload, ...RETRIES };
      });
      await boss.insert(kind, jobs, { db: fromKysely(tx) });
    },
    async work(kinds) {
      await open();
      for (const kind of kinds) {
        await boss.work<
          Payload,
          void,
          { includeMetadata: true; batchSize: 1; pollingIntervalSeconds: number; localConcurrency: number }
        >(
          kind.name,
          {
            includeMetadata: true,
            batchSize: 1,
            pollingIntervalSeconds: 0.5,
            localConcurrency: kind.concurrency ?? 1,
          },
          async ([job]) => run(kind, job!.data, job!.retryCount + 1),
        );
      }
    },
    find: findJob,
    recent: recentJobs,
    async cancel(tx, id) {
      const done = await cancelJob(tx, id);
      if (done) running.get(id)?.abort(new Error('cancelled'));
      return done;
    },
    endForgotten: () => endOrphans(db, GIVEN_UP),
    async pending(kinds) {
      const r = await sql<{ n: number }>`select count(*)::int as n from pgboss.job
        where name = any(${kinds}::text[]) and state in ('created', 'retry', 'active')`.execute(db.owner);
      return r.rows[0]!.n;
    },
    async stop() {
      stopping.abort(new Error('the process stops'));
      if (opened) await boss.stop({ graceful: true, timeout: 8_000 });
    },
  };
}

/** Writes progress at most every so often; the last state always arrives. */
function progressWriter(db: Database, payload: Payload, log: Log) {
  let latest: Progress | undefined;
  let writing: Promise<void> = Promise.resolve();
  let last = 0;
  const write = () => {
    const p = latest;
    latest = undefined;
    last = Date.now();
    if (!p || !payload.followed) return;
    writing = writing
      .then(() => saveProgress(db.owner, payload.jobId, p))
      .catch((e) => log.warn({ err: messageOf(e) }, 'progress not written'));
  };
  return {
    set(p: Progress) {
      latest = p;
      if (Date.now() - last >= PROGRESS_EVERY_MS) write();
    },
    async flush() {
      write();
      await writing;
    },
  };
}
