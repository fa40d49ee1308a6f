import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { from, to } from 'pg-copy-streams';
import type { Database } from '#kernel/db';

/** PostgreSQL's own COPY of entries (all, or those of a query) into a table like theirs, with or without its indexes. */
export async function timedCopy(
  db: Database,
  folder: string,
  o: { query?: string; indexes?: boolean } = {},
): Promise<{ rows: number; seconds: number; rowsPerSecond: number }> {
  const path = join(folder, 'rows.copy');
  const client = await db.connect();
  try {
    await pipeline(
      client.query(to(`copy (${o.query ?? 'select * from holdings.unit'}) to stdout`)),
      createWriteStream(path),
    );
    await client.query(
      `create table holdings.bench_copy (like holdings.unit${o.indexes ? ' including indexes' : ''})`,
    );
    const started = performance.now();
    await pipeline(
      createReadStream(path, { highWaterMark: 1024 * 1024 }),
      client.query(from('copy holdings.bench_copy from stdin')),
    );
    const seconds = (performance.now() - started) / 1000;
    const rows = Number((await client.query('select count(*) as n from holdings.bench_copy')).rows[0].n);
    await client.query('drop table holdings.bench_copy');
    return { rows, seconds: Number(seconds.toFixed(2)), rowsPerSecond: Math.round(rows / seconds) };
  } finally {
    client.release();
  }
}
