import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from './db.ts';

type Client = Pick<Awaited<ReturnType<Database['connect']>>, 'query'>;

/** Milliseconds between asking whether another process has done. */
const ASKED_EVERY = 1_000;

/**
 * Works on a thing while no other process does. It holds a connection for as long, so callers keep few of these at a time. A process
 * that was slow to give a sign of life goes on beside the one that took over from it: that one waits until it has ended, and then
 * finds what it did.
 *
 * @param key names the thing, with the kind of thing in front
 * @param work is stopped by its signal where the database goes away, which ends the lock too
 * @param askedEvery milliseconds between asking whether another has done
 */
export async function alone<T>(
  db: Pick<Database, 'connect'>,
  key: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  askedEvery = ASKED_EVERY,
): Promise<T> {
  const client = await db.connect();
  const lost = new AbortController();
  const isLost = (e: Error) => lost.abort(e);
  client.on('error', isLost);
  const both = AbortSignal.any([signal, lost.signal]);
  try {
    while (!(await take(client, key))) await pause(askedEvery, undefined, { signal: both });
    try {
      return await work(both);
    } finally {
      if (!lost.signal.aborted) await giveBack(client, key).catch(isLost);
    }
  } finally {
    client.off('error', isLost);
    // A broken connection is not given to others, and what it held is free.
    client.release(lost.signal.aborted);
  }
}

/** For the one who has this connection, until it is given back or the connection ends. @returns false: another has it */
async function take(client: Client, key: string): Promise<boolean> {
  const { rows } = await client.query<{ ok: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as ok',
    [key],
  );
  return rows[0]?.ok ?? false;
}

async function giveBack(client: Client, key: string): Promise<void> {
  await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]);
}
