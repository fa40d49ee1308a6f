import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Database, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { writeCatalogue } from './support/catalogue-workbook.ts';
import { timedCopy } from './support/raw-copy.ts';

export const name = 'rebuild';

export interface RebuildBench {
  /** An empty database with the schema. */
  db: Database;
  print(line: string): void;
  rows?: number;
}

interface Stage {
  rows: number;
  troubles: number;
  seconds: number;
  rowsPerSecond: number;
  peakMiB: number;
  steps: Record<string, number>;
}

const ROWS = 1_000_000;
const IMPORT = join(import.meta.dirname, 'support', 'import-process.ts');
const CHILD = join(import.meta.dirname, 'support', 'rebuild-process.ts');

/**
 * A catalogue taken in, written into segments, and made again from them; beside it PostgreSQL's own COPY of the very same rows
 * into a table without indexes and into one with those of the catalogue.
 */
export async function run({ db, print, rows = ROWS }: RebuildBench) {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-bench-rebuild-'));
  const child = async (...args: string[]) =>
    JSON.parse((await promisify(execFile)(process.execPath, args)).stdout) as Stage;
  try {
    const file = join(folder, 'catalogue.xlsx');
    await writeCatalogue(file, rows, 'inline');
    const archive = newId();
    await sql`insert into holdings.archive (id, path, code, name, level)
      values (${archive}, array[${archive}]::uuid[], 'rebuild', '重建', 'county')`.execute(db.owner);
    await child(IMPORT, 'store', db.url, file, archive, join(folder, 'files'));
    await rm(file);
    const flush = await child(CHILD, 'flush', db.url, folder);
    print(
      `writing ${flush.rows} rows into segments: ${flush.seconds} s, ${flush.rowsPerSecond} rows/s, peak ${flush.peakMiB} MiB`,
    );
    const plain = await timedCopy(db, folder);
    const indexed = await timedCopy(db, folder, { indexes: true });
    print(
      `COPY of the same entries, no indexes: ${plain.rowsPerSecond} rows/s; with the catalogue's: ${indexed.rowsPerSecond} rows/s`,
    );
    const rebuilt = await child(CHILD, 'rebuild', db.url, folder);
    const bring = Math.round(rebuilt.rows / (rebuilt.steps.rows ?? rebuilt.seconds));
    print(
      `rebuild: ${rebuilt.seconds} s, ${rebuilt.rowsPerSecond} rows/s in all, ${bring} rows/s without the index (${JSON.stringify(rebuilt.steps)}), peak ${rebuilt.peakMiB} MiB`,
    );
    return { rows, flush, plain, indexed, rebuilt, bring };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
