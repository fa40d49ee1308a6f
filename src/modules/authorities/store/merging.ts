import { type Sql, sql, type Tx } from '#kernel/db';
import type { Given } from '../domain/merging.ts';

/** What moved from a duplicate to the record that stays. */
export interface Moved {
  units: number;
  fonds: number;
  relations: number;
}

/** A merge, as it is kept to be taken back. */
export interface Merge {
  id: string;
  duplicateId: string;
  staysId: string;
  duplicateName: string;
  at: Date;
  byName: string;
  reason: string | null;
  gave: Given;
  led: string[];
  takenBackAt: Date | null;
  takenBackByName: string | null;
}

const ROW = sql`m.id, m.duplicate_id as "duplicateId", m.stays_id as "staysId", d.name as "duplicateName", m.at, m.by_name as "byName",
  m.reason, m.gave, m.led, m.taken_back_at as "takenBackAt", m.taken_back_by_name as "takenBackByName"`;

/** Writes down a merge, before anything moves; who leads to the duplicate is noted. */
export async function insertMerge(
  tx: Tx,
  m: Pick<Merge, 'id' | 'duplicateId' | 'staysId' | 'at' | 'byName' | 'reason' | 'gave'> & {
    archiveId: string;
  },
): Promise<void> {
  await sql`insert into authorities.merge (id, archive_id, duplicate_id, stays_id, at, by_name, reason, gave, led)
    select ${m.id}, ${m.archiveId}, ${m.duplicateId}, ${m.staysId}, ${m.at}, ${m.byName}, ${m.reason}, ${JSON.stringify(m.gave)}::jsonb,
      coalesce((select array_agg(a.id) from authorities.authority a where a.merged_into = ${m.duplicateId}), '{}')`.execute(
    tx,
  );
}

/** Moves what hangs on the duplicate of a merge over; what the other has already falls away. */
export async function moveAll(tx: Tx, mergeId: string): Promise<Moved> {
  const r = await sql<Moved>`select units, fonds, relations from authorities.move_all(${mergeId})`.execute(
    tx,
  );
  return r.rows[0] ?? { units: 0, fonds: 0, relations: 0 };
}

/** Merges into a record, the newest first. */
export async function mergesInto(on: Sql, staysId: string): Promise<Merge[]> {
  const r =
    await sql<Merge>`select ${ROW} from authorities.merge m join authorities.authority d on d.id = m.duplicate_id
    where m.stays_id = ${staysId} order by m.at desc, m.id desc limit 200`.execute(on);
  return r.rows;
}

export async function mergeById(on: Sql, id: string): Promise<Merge | undefined> {
  const r =
    await sql<Merge>`select ${ROW} from authorities.merge m join authorities.authority d on d.id = m.duplicate_id
    where m.id = ${id}`.execute(on);
  return r.rows[0];
}

/** What of a merge goes back, and what was removed since and stays so. */
export interface GoingBack {
  back: Moved;
  gone: Moved;
}

export async function goingBack(on: Sql, mergeId: string): Promise<GoingBack> {
  const count = (kind: string, back: boolean) =>
    sql`count(*) filter (where b.kind = ${kind} and b.back = ${back})::int`;
  const sums = (back: boolean) =>
    sql`jsonb_build_object('units', ${count('unit', back)}, 'fonds', ${count('fonds', back)}, 'relations', ${count('relation', back)})`;
  const r = await sql<GoingBack>`select ${sums(true)} as back, ${sums(false)} as gone
    from authorities.back_from(${mergeId}) b`.execute(on);
  return r.rows[0]!;
}

/** Moves it back. */
export async function moveBack(tx: Tx, mergeId: string): Promise<void> {
  await sql`select authorities.move_back(${mergeId})`.execute(tx);
}

/** The duplicate is found again, leads nowhere, and those that led to it lead there again. */
export async function setUnmerged(
  tx: Tx,
  m: Pick<Merge, 'id' | 'duplicateId' | 'staysId' | 'led'>,
  o: { at: Date; byName: string },
): Promise<boolean> {
  const r =
    await sql`update authorities.authority set merged_into = null, version = version + 1, updated_at = ${o.at},
      updated_by_name = ${o.byName}
    where id = ${m.duplicateId} and merged_into = ${m.staysId}`.execute(tx);
  await sql`update authorities.authority set merged_into = ${m.duplicateId}
    where id = any (${m.led}::uuid[]) and merged_into = ${m.staysId}`.execute(tx);
  await sql`update authorities.merge set taken_back_at = ${o.at}, taken_back_by_name = ${o.byName} where id = ${m.id}`.execute(
    tx,
  );
  return Number(r.numAffectedRows) === 1;
}

/** Those these stand in a hierarchy with, for counting anew. */
export async function neighbours(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const r = await sql<{ id: string }>`select authority_id as id from authorities.relation
      where other_id = any (${[...ids]}::uuid[]) and type = 'superior'
    union select other_id from authorities.relation
      where authority_id = any (${[...ids]}::uuid[]) and type = 'superior' and other_id is not null`.execute(
    tx,
  );
  return r.rows.map((row) => row.id);
}
