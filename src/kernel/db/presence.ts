import pg from 'pg';
import type { Database } from '../db.ts';

/**
 * Whether somebody serves from a database: servers and workers hold a lock together as long as they run, and what must not
 * happen under their feet takes it alone.
 */
const SERVING = 4_201_949_109;

/** Says that this process serves, over a connection of its own. @returns to say that it does no more */
export async function beginServing(db: Database): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: db.url, application_name: 'lantai' });
  // A connection that breaks ends with the service it stands for; what runs meanwhile finds the lock free.
  client.on('error', () => {});
  await client.connect();
  await client.query('select pg_advisory_lock_shared($1)', [SERVING]);
  return () => client.end();
}

/** Does something while nobody serves, and lets nobody begin. @returns undefined, and nothing was done, where somebody serves */
export async function whileNobodyServes<T>(
  db: Database,
  work: () => Promise<T>,
): Promise<{ value: T } | undefined> {
  const client = await db.connect();
  try {
    const r = await client.query<{ ok: boolean }>('select pg_try_advisory_lock($1) as ok', [SERVING]);
    if (!r.rows[0]!.ok) return undefined;
    try {
      return { value: await work() };
    } finally {
      await client.query('select pg_advisory_unlock($1)', [SERVING]);
    }
  } finally {
    client.release();
  }
}
