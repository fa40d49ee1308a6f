import type pg from 'pg';
import type { Database } from '#kernel/db';

/**
 * Locks of the database that end with this process, all over one connection: of several processes one works at a thing, and
 * another takes over when it is gone.
 */
export function createLockSet(db: Database) {
  let client: pg.PoolClient | null = null;
  const held = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  const drop = (error?: Error) => {
    client?.release(error ?? true);
    client = null;
    held.clear();
  };
  /** One question at a time over the connection. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }

  return {
    /** Whether this process has the lock, now or from now on. */
    take: (name: string): Promise<boolean> =>
      inTurn(async () => {
        try {
          if (!client) {
            client = await db.connect();
            client.once('error', () => drop());
          }
          if (held.has(name)) {
            // Still there? A connection that broke took its locks along.
            await client.query('select 1');
            return held.has(name);
          }
          const { rows } = await client.query<{ ok: boolean }>(
            'select pg_try_advisory_lock(hashtextextended($1, 0)) as ok',
            [`preservation.keeping ${name}`],
          );
          if (rows[0]?.ok) held.add(name);
          return rows[0]?.ok ?? false;
        } catch (e) {
          drop(e instanceof Error ? e : undefined);
          throw e;
        }
      }),
    close: (): Promise<void> =>
      inTurn(async () => {
        if (client) drop();
      }),
  };
}
