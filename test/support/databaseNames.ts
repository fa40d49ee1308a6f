import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** The connection string to another database of the same server. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/**
 * Drops a database of the server, whoever of its owner is still connected to it. Connections of the application's login the
 * owner may not end; they are closed already and given a moment to be gone.
 */
export async function dropDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await client.query(`drop database if exists ${name} with (force)`);
        return;
      } catch (e) {
        const stillThere = e instanceof pg.DatabaseError && e.code === '42501';
        if (!stillThere || attempt === 100) throw e;
        await pause(50);
      }
    }
  } finally {
    await client.end();
  }
}
