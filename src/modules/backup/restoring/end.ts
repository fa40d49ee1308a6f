import pg from 'pg';
import { Refusal } from '#kernel/errors';
import { unfinishedRestore, unmarkRestore } from '../store/emptiness.ts';

/** The restore is over: other programs may use the database. */
export const endRestore = (databaseUrl: string): Promise<void> => withClient(databaseUrl, unmarkRestore);

/**
 * @throws Refusal restore.unfinished where a restore was begun and not ended
 */
export async function refuseHalfRestored(databaseUrl: string): Promise<void> {
  const backup = await withClient(databaseUrl, unfinishedRestore);
  if (backup === undefined) return;
  throw new Refusal(
    'restore.unfinished',
    `This installation is being restored from the backup ${backup}, or that was interrupted. Wait until it is done, or run ./lantai restore again: it begins anew.`,
    { backup },
  );
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'lantai-restore' });
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}
