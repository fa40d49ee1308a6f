import { answerRequests, Thread } from '#kernel/threads';
import { type BackupMade, type BackupOrder, makeBackup } from './making/backup.ts';
import { type Rehearsed, rehearse } from './restoring/rehearse.ts';
import type { RestoreOrder } from './restoring/restore.ts';

/**
 * Backups are made, and drills restored, in a thread of their own: rows by the million go through, and the server answers
 * people meanwhile. The thread is not ended from outside but asked to stop, so that it leaves no lease behind.
 */

type Work = { kind: 'backup'; order: BackupOrder } | { kind: 'drill'; order: RestoreOrder };
interface Request {
  work: Work;
  /** What both sides see: whether to stop, and how far it is. */
  shared: SharedArrayBuffer;
}

const STEPS: readonly string[] = ['tables', 'files', 'ending', 'loading', 'proving', 'indexing'];
const PLACES = { stop: 0, step: 1, done: 2, total: 3 } as const;
const A_DAY_MS = 86_400_000;
const LOOK_MS = 300;

export interface Seen {
  step: string;
  done: number;
  /** 0: not known. */
  total: number;
}

export interface BackupThread {
  backup(order: BackupOrder, o: Watching): Promise<BackupMade>;
  drill(order: RestoreOrder, o: Watching): Promise<Rehearsed>;
}

interface Watching {
  told: (seen: Seen) => void;
  signal: AbortSignal;
}

/** @param script calls `serveBackups` */
export function backupThread(script: URL): BackupThread {
  async function ask<T>(work: Work, { told, signal }: Watching): Promise<T> {
    const thread = new Thread({ script });
    const shared = new SharedArrayBuffer(4 * Float64Array.BYTES_PER_ELEMENT);
    const seen = new Float64Array(shared);
    const timer = setInterval(() => {
      if (signal.aborted) seen[PLACES.stop] = 1;
      told({
        step: STEPS[seen[PLACES.step]!] ?? 'tables',
        done: seen[PLACES.done]!,
        total: seen[PLACES.total]!,
      });
    }, LOOK_MS);
    try {
      const request: Request = { work, shared };
      return await thread.ask<T>(request, { timeoutMs: A_DAY_MS });
    } finally {
      clearInterval(timer);
      await thread.stop();
    }
  }
  return {
    backup: (order, o) => ask<BackupMade>({ kind: 'backup', order }, o),
    drill: (order, o) => ask<Rehearsed>({ kind: 'drill', order }, o),
  };
}

/** The other side. */
export function serveBackups(): void {
  answerRequests<Request>(async ({ work, shared }) => {
    const seen = new Float64Array(shared);
    const stop = new AbortController();
    const timer = setInterval(() => {
      if (seen[PLACES.stop] === 1) stop.abort(new Error('the work was stopped'));
    }, LOOK_MS);
    const told = (step: string, done: number, total: number) => {
      seen[PLACES.step] = STEPS.indexOf(step);
      seen[PLACES.done] = done;
      seen[PLACES.total] = total;
    };
    try {
      if (work.kind === 'backup')
        return await makeBackup(work.order, (p) => told(p.step, p.rows, 0), stop.signal);
      return await rehearse(work.order, (p) => told(p.step, p.rows, p.total), stop.signal);
    } finally {
      clearInterval(timer);
    }
  });
}
