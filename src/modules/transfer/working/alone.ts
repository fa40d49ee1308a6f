import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#kernel/db';
import { giveBatchBack, takeBatch } from '../store/lock.ts';

/** Milliseconds between asking whether another process has done. */
const ASKED_EVERY = 1_000;

/**
 * Works on a batch while no other process does. A process that was slow to give a sign of life goes on beside the one that took over
 * from it: that one waits until it has ended, and then finds what it did.
 *
 * @param work is stopped by its signal where the database goes away, which ends the lock too
 */
export async function alone<T>(
  db: Pick<Database, 'connect'>,
  batchId: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const client = await db.connect();
  const lost = new AbortController();
  const isLost = (e: Error) => lost.abort(e);
  client.on('error', isLost);
  const both = AbortSignal.any([signal, lost.signal]);
  try {
    while (!(await takeBatch(client, batchId))) await pause(ASKED_EVERY, undefined, { signal: both });
    try {
      return await work(both);
    } finally {
      if (!lost.signal.aborted) await giveBatchBack(client, batchId).catch(isLost);
    }
  } finally {
    client.off('error', isLost);
    // A broken connection is not given to others, and what it held is free.
    client.release(lost.signal.aborted);
  }
}
