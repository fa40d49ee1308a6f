import { sql, type Tx } from '../db.ts';
import { emptyFrontier, type Frontier } from '../merkle.ts';
import type { HashAlgorithm } from './entry.ts';

export type StoredFrontier = Frontier & { algorithm: HashAlgorithm };

/** The edge of the tree. A tree keeps the algorithm it was begun with, whatever the setting says later. */
export async function readFrontier(tx: Tx, begun: HashAlgorithm): Promise<StoredFrontier> {
  const r = await sql<{ algorithm: HashAlgorithm; size: number; hashes: Buffer[] }>`
    select algorithm, size, hashes from audit.frontier`.execute(tx);
  const row = r.rows[0];
  return row
    ? { algorithm: row.algorithm, size: row.size, peaks: row.hashes }
    : { algorithm: begun, ...emptyFrontier };
}

export async function writeFrontier(tx: Tx, algorithm: HashAlgorithm, f: Frontier): Promise<void> {
  await sql`insert into audit.frontier (one, algorithm, size, hashes)
    values (true, ${algorithm}, ${f.size}, ${[...f.peaks]}::bytea[])
    on conflict (one) do update set size = excluded.size, hashes = excluded.hashes`.execute(tx);
}
