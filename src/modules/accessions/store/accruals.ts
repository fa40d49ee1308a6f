import type { WayByHand } from '#kernel/accessionWords';
import { type Sql, sql, type Tx } from '#kernel/db';

/** What comes again and again, of a fonds or a source. */
export interface Accrual {
  id: string;
  archiveId: string;
  title: string;
  way: WayByHand;
  sourceId: string | null;
  sourceName: string | null;
  fondsId: string | null;
  months: number | null;
  nextOn: string | null;
  note: string | null;
  endedAt: Date | null;
  endedReason: string | null;
  version: number;
}

const COLUMNS = sql`c.id, c.archive_id as "archiveId", c.title, c.way, c.source_id as "sourceId", coalesce(s.name, c.source_name) as "sourceName",
  c.fonds_id as "fondsId", c.months, c.next_on as "nextOn", c.note, c.ended_at as "endedAt", c.ended_reason as "endedReason", c.version`;

export async function accrualById(on: Sql, id: string, lock = false): Promise<Accrual | undefined> {
  const r =
    await sql<Accrual>`select ${COLUMNS} from accessions.accrual c left join accessions.source s on s.id = c.source_id
    where c.id = ${id} ${lock ? sql`for update of c` : sql``}`.execute(on);
  return r.rows[0];
}

/** An archive's, with how often each came. */
export async function accrualsIn(
  on: Sql,
  o: { archiveId: string; after: string | undefined; limit: number },
): Promise<(Accrual & { came: number; lastOn: string | null })[]> {
  const r = await sql<Accrual & { came: number; lastOn: string | null }>`select ${COLUMNS}, g.came, g."lastOn"
    from accessions.accrual c left join accessions.source s on s.id = c.source_id
      left join lateral (select count(*)::int as came, max(a.registered_on) as "lastOn" from accessions.accession a
        where a.accrual_id = c.id) g on true
    where c.archive_id = ${o.archiveId} and (${o.after ?? null}::uuid is null or c.id > ${o.after ?? null}::uuid)
    order by c.id limit ${o.limit}`.execute(on);
  return r.rows;
}

export async function insertAccrual(
  tx: Tx,
  c: Omit<Accrual, 'version' | 'endedAt' | 'endedReason'> & { at: Date; byName: string },
): Promise<void> {
  await sql`insert into accessions.accrual (id, archive_id, title, way, source_id, source_name, fonds_id, months, next_on, note, created_at,
      created_by_name)
    values (${c.id}, ${c.archiveId}, ${c.title}, ${c.way}, ${c.sourceId}, ${c.sourceId ? null : c.sourceName}, ${c.fondsId}, ${c.months},
      ${c.nextOn}, ${c.note}, ${c.at}, ${c.byName})`.execute(tx);
}

/** @returns false where somebody was quicker */
export async function updateAccrual(tx: Tx, c: Omit<Accrual, 'archiveId'>): Promise<boolean> {
  const r =
    await sql`update accessions.accrual set title = ${c.title}, way = ${c.way}, source_id = ${c.sourceId},
      source_name = ${c.sourceId ? null : c.sourceName}, fonds_id = ${c.fondsId}, months = ${c.months}, next_on = ${c.nextOn}, note = ${c.note},
      ended_at = ${c.endedAt}, ended_reason = ${c.endedReason}, version = version + 1
    where id = ${c.id} and version = ${c.version}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function setNext(tx: Tx, id: string, nextOn: string | null): Promise<void> {
  await sql`update accessions.accrual set next_on = ${nextOn}, version = version + 1 where id = ${id}`.execute(
    tx,
  );
}
