import { createHash } from 'node:crypto';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { copyOutOf, type TableShape } from './tables.ts';

/** Reads a table again, as a backup does. Text format has a line end a row and none within. */
export async function reread(
  client: pg.ClientBase,
  table: TableShape,
  told: (bytes: number) => void = () => {},
): Promise<{ rows: number; digest: string }> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const data of client.query(copyTo(copyOutOf(table)))) {
    const bytes = data as Buffer;
    hash.update(bytes);
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) rows++;
    told(bytes.length);
  }
  return { rows, digest: hash.digest('hex') };
}
