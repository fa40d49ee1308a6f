import type { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { copyOfWaiting, QUEUE_THERE } from '#kernel/jobs';
import { BACKUP_JOBS } from '../jobNames.ts';
import { copyOutOf, migrationsRun, ourSequences, ourTables, SAME_TEXT, type TableShape } from './tables.ts';

/** The database as it is at one moment, whatever others write meanwhile. */
export interface Snapshot {
  takenAt: Date;
  /** PostgreSQL's version. */
  postgresql: string;
  tables: TableShape[];
  migrations: { name: string; digest: string }[];
  sequences: { name: string; value: string; called: boolean }[];
  /** The rows of a table, a line each. */
  rows(table: TableShape): Readable;
  /** Jobs that wait or run, a line of JSON each; none where there is no queue. */
  jobs(): Readable | undefined;
  end(): Promise<void>;
}

export async function takeSnapshot(databaseUrl: string): Promise<Snapshot> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'lantai-backup',
    connectionTimeoutMillis: 15_000,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(SAME_TEXT);
    await client.query('begin isolation level repeatable read, read only');
    // Nobody takes a table away or alters it while it is read.
    const before = await ourTables(client);
    if (before.length > 0)
      await client.query(`lock table ${before.map((t) => t.quoted).join(', ')} in access share mode`);
    const { rows } = await client.query<{ at: Date; version: string; queue: boolean }>(
      `select clock_timestamp() as at, current_setting('server_version') as version,
         ${QUEUE_THERE} as queue`,
    );
    const { at, version, queue } = rows[0]!;
    const copy = (statement: string) => client.query(copyTo(statement));
    return {
      takenAt: at,
      postgresql: version,
      tables: before,
      migrations: await migrationsRun(client),
      sequences: await ourSequences(client),
      rows: (table) => copy(copyOutOf(table)),
      jobs: () => (queue ? copy(copyOfWaiting(BACKUP_JOBS)) : undefined),
      end: () => client.end(),
    };
  } catch (e) {
    await client.end().catch(() => {});
    throw e;
  }
}
