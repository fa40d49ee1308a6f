import { type Sql, sql, type Tx } from '#kernel/db';
import type { Comparison, DepositedLeaf } from '../domain/compare.ts';

/** Of so many lines it is enough to know; the figures count all. */
const MOST_LINES = 10_000;
const AT_ONCE = 1_000;

export interface KeptComparison {
  deposits: { id: string; number: string; title: string; sealedAt: string }[];
  same: number;
  changed: number;
  missing: number;
  added: number;
  at: Date;
}

export interface Difference {
  seq: number;
  kind: 'changed' | 'missing' | 'added';
  path: string | null;
  depositedPath: string | null;
  depositNumber: string | null;
}

/** Deposits of an agency that hold something of a batch: a file of the same digest, or at the same path. */
export async function depositsOf(
  on: Sql,
  agencyId: string,
  leaves: readonly { path: string; sha256: string }[],
): Promise<KeptComparison['deposits']> {
  const found = new Map<string, KeptComparison['deposits'][number]>();
  for (let i = 0; i < leaves.length; i += AT_ONCE) {
    const some = leaves.slice(i, i + AT_ONCE);
    const r = await sql<{
      id: string;
      number: string;
      title: string;
      sealedAt: Date;
    }>`select d.id, d.number, d.title, d.sealed_at as "sealedAt" from deposit.deposit d
      where d.agency_id = ${agencyId} and d.state = 'kept' and exists (select from deposit.file f where f.deposit_id = d.id
        and (f.sha256 = any(${some.map((l) => l.sha256)}::text[]) or f.path = any(${some.map((l) => l.path)}::text[])))`.execute(
      on,
    );
    for (const { sealedAt, ...d } of r.rows) found.set(d.id, { ...d, sealedAt: sealedAt.toISOString() });
  }
  return [...found.values()].sort((a, b) => (a.number < b.number ? -1 : 1));
}

/** Whether an agency has deposits that are kept. */
export async function keepsDeposits(on: Sql, agencyId: string): Promise<boolean> {
  const r =
    await sql`select from deposit.deposit where agency_id = ${agencyId} and state = 'kept' limit 1`.execute(
      on,
    );
  return r.rows.length > 0;
}

/** What of some deposits can be compared: files inside packages in the place of the packages. */
export async function leavesOfDeposits(on: Sql, ids: readonly string[]): Promise<DepositedLeaf[]> {
  const r = await sql<DepositedLeaf>`select f.path, f.sha256, d.number as deposit
    from deposit.file f join deposit.deposit d on d.id = f.deposit_id
    where f.deposit_id = any(${ids}::uuid[]) and not f.opened order by d.number, f.seq`.execute(on);
  return r.rows;
}

export async function keepComparison(
  tx: Tx,
  of: { batchId: string; round: number; archiveId: string; agencyId: string },
  deposits: KeptComparison['deposits'],
  c: Comparison,
  at: Date,
): Promise<void> {
  const { batchId, round } = of;
  await sql`delete from deposit.comparison where batch_id = ${batchId} and round = ${round}`.execute(tx);
  await sql`insert into deposit.comparison (batch_id, round, archive_id, agency_id, deposits, same, changed, missing, added, at)
    values (${batchId}, ${round}, ${of.archiveId}, ${of.agencyId}, ${JSON.stringify(deposits)}::jsonb, ${c.same}, ${c.changed},
      ${c.missing}, ${c.added}, ${at})`.execute(tx);
  const lines = c.differences.slice(0, MOST_LINES).map((d, seq) => {
    return {
      seq,
      kind: d.kind,
      path: 'given' in d ? d.given.path : null,
      deposited: 'deposited' in d ? d.deposited.path : null,
      number: 'deposited' in d ? d.deposited.deposit : null,
    };
  });
  for (let i = 0; i < lines.length; i += AT_ONCE)
    await sql`insert into deposit.difference (batch_id, round, seq, kind, path, deposited_path, deposit_number)
      select ${batchId}, ${round}, l.seq, l.kind, l.path, l.deposited, l.number
      from jsonb_to_recordset(${JSON.stringify(lines.slice(i, i + AT_ONCE))}::jsonb)
        as l (seq int, kind text, path text, deposited text, number text)`.execute(tx);
}

/** Of a batch's last round that was compared. */
export async function comparisonOf(
  on: Sql,
  batchId: string,
): Promise<(KeptComparison & { round: number }) | undefined> {
  const r = await sql<
    KeptComparison & { round: number }
  >`select round, deposits, same, changed, missing, added, at from deposit.comparison where batch_id = ${batchId}
    order by round desc limit 1`.execute(on);
  return r.rows[0];
}

export async function differencePage(
  on: Sql,
  o: { batchId: string; round: number; after: number; limit: number },
): Promise<Difference[]> {
  const r =
    await sql<Difference>`select seq, kind, path, deposited_path as "depositedPath", deposit_number as "depositNumber"
    from deposit.difference where batch_id = ${o.batchId} and round = ${o.round} and seq > ${o.after} order by seq limit ${o.limit}`.execute(
      on,
    );
  return r.rows;
}
