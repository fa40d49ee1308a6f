import { matchKey } from '#formats/reference-codes';
import { type Sql, sql, type Tx } from '#kernel/db';

/** Where an entry stands from now on, and what its code is. */
export interface NewPlace {
  id: string;
  fondsId: string;
  parentId: string | null;
  position: string;
  code: string | null;
  sortKey: string;
}

/** Puts entries in their new places with their new codes, each written once. @returns how many were written */
export async function writePlaces(tx: Tx, list: readonly NewPlace[], at: Date): Promise<number> {
  if (list.length === 0) return 0;
  const r =
    await sql`update holdings.unit u set fonds_id = n.fonds_id, parent_id = n.parent_id, position = n.position,
      reference_code = n.code, sort_key = n.sort_key, match_key = n.match_key, version = u.version + 1, updated_at = ${at}
    from unnest(${list.map((x) => x.id)}::uuid[], ${list.map((x) => x.fondsId)}::uuid[], ${list.map((x) => x.parentId)}::uuid[],
      ${list.map((x) => x.position)}::text[], ${list.map((x) => x.code)}::text[], ${list.map((x) => x.sortKey)}::text[],
      ${list.map((x) => (x.code === null ? null : matchKey(x.sortKey)))}::text[])
      as n (id, fonds_id, parent_id, position, code, sort_key, match_key)
    where u.id = n.id and (u.fonds_id, u.parent_id, u.position, u.reference_code)
      is distinct from (n.fonds_id, n.parent_id, n.position, n.code)`.execute(tx);
  return Number(r.numAffectedRows ?? 0);
}

/**
 * Entries of a list let go of codes that others of it are to have; what they had is noted, for when their turn comes.
 *
 * @param list who is to have which code
 */
export async function letGoOfCodes(
  tx: Tx,
  id: string,
  archiveId: string,
  list: readonly { unitId: string; code: string }[],
): Promise<void> {
  if (list.length === 0) return;
  await sql`with wanted as (select * from unnest(${list.map((x) => x.code)}::text[], ${list.map((x) => x.unitId)}::uuid[]) as w (code, unit_id)),
    gone as (update holdings.unit u set reference_code = null, sort_key = '', match_key = null, version = u.version + 1
      from wanted w join holdings.rearrangement_unit l on l.rearrangement_id = ${id}
      where u.archive_id = ${archiveId} and u.reference_code = w.code and u.id <> w.unit_id and l.unit_id = u.id
      returning u.id, w.code)
    update holdings.rearrangement_unit l set was = gone.code from gone where l.rearrangement_id = ${id} and l.unit_id = gone.id`.execute(
    tx,
  );
}

/** The last order key below a place of those not being rearranged, or the key of a sibling there. */
export async function keyOf(
  tx: Sql,
  under: string,
  sibling: string | undefined,
): Promise<string | null | undefined> {
  if (sibling === undefined) {
    const r = await sql<{
      p: string | null;
    }>`select max(position) as p from holdings.unit where under_id = ${under}`.execute(tx);
    return r.rows[0]!.p;
  }
  const r = await sql<{
    p: string;
  }>`select position as p from holdings.unit where id = ${sibling} and under_id = ${under}`.execute(tx);
  return r.rows[0]?.p;
}

/** The order key that follows one below a place; null: none does. */
export async function keyBehind(tx: Sql, under: string, key: string | null): Promise<string | null> {
  const r = await sql<{ p: string | null }>`select min(position) as p from holdings.unit
    where under_id = ${under} ${key === null ? sql`` : sql`and position > ${key}`}`.execute(tx);
  return r.rows[0]!.p;
}

export interface Bearer {
  code: string;
  unitId: string;
  former: boolean;
}

/** Who bears these codes, now or formerly. */
export async function bearersOf(tx: Sql, archiveId: string, codes: readonly string[]): Promise<Bearer[]> {
  if (codes.length === 0) return [];
  const r =
    await sql<Bearer>`select code, unit_id as "unitId", former from holdings.bearers_of(${archiveId}, ${codes}::text[])`.execute(
      tx,
    );
  return r.rows;
}

/** Which of these codes are void, and which of these entries are on a list. */
export async function voidAmong(tx: Sql, archiveId: string, codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const r = await sql<{ code: string }>`select code from holdings.code_void
    where archive_id = ${archiveId} and code = any(${codes}::text[])`.execute(tx);
  return new Set(r.rows.map((x) => x.code));
}

export async function onList(tx: Sql, id: string, unitIds: readonly string[]): Promise<Set<string>> {
  if (unitIds.length === 0) return new Set();
  const r = await sql<{ id: string }>`select unit_id as id from holdings.rearrangement_unit
    where rearrangement_id = ${id} and unit_id = any(${unitIds}::uuid[])`.execute(tx);
  return new Set(r.rows.map((x) => x.id));
}

/** A code an entry had, and the one it has now. */
export interface ChangedCode {
  unitId: string;
  was: string | null;
  is: string | null;
}

/**
 * What a change of codes leaves behind (standards 1.7 [D]): old ones stay as other names, a code that is borne again is neither
 * another name of its bearer nor void.
 */
export async function keepFormer(
  tx: Tx,
  list: readonly ChangedCode[],
  o: { archiveId: string; basis: string; actorName: string; at: Date },
): Promise<void> {
  const former = list.filter((c) => c.was !== null && c.was !== c.is);
  const given = list.filter((c) => c.is !== null && c.was !== c.is);
  if (former.length > 0)
    await sql`insert into holdings.code_alias (archive_id, code, unit_id, basis, actor_name, at)
      select ${o.archiveId}, f.code, f.unit_id, ${o.basis}, ${o.actorName}, ${o.at}
      from unnest(${former.map((c) => c.was)}::text[], ${former.map((c) => c.unitId)}::uuid[]) as f (code, unit_id)
      on conflict do nothing`.execute(tx);
  if (given.length === 0) return;
  await sql`delete from holdings.code_alias a
    using unnest(${given.map((c) => c.is)}::text[], ${given.map((c) => c.unitId)}::uuid[]) as g (code, unit_id)
    where a.archive_id = ${o.archiveId} and a.code = g.code and a.unit_id = g.unit_id`.execute(tx);
  await sql`delete from holdings.code_void where archive_id = ${o.archiveId}
    and code = any(${given.map((c) => c.is)}::text[])`.execute(tx);
}

/** Numbers that had been given and that nobody bears now are void, with the reason. @returns how many */
export async function writeVoids(
  tx: Tx,
  codes: readonly string[],
  o: { archiveId: string; reason: string; actorName: string; at: Date },
): Promise<number> {
  if (codes.length === 0) return 0;
  const r = await sql`insert into holdings.code_void (archive_id, code, reason, at, actor_name)
    select ${o.archiveId}, c.code, ${o.reason}, ${o.at}, ${o.actorName} from unnest(${codes}::text[]) as c (code)
    where not exists (select from holdings.unit u where u.archive_id = ${o.archiveId} and u.reference_code = c.code)
    on conflict (archive_id, code) do update set reason = excluded.reason, at = excluded.at, actor_name = excluded.actor_name`.execute(
    tx,
  );
  return Number(r.numAffectedRows ?? 0);
}

/** Closes a fonds that is now part of another, or opens it again. */
export async function setPartOf(tx: Tx, fondsId: string, partOf: string | null, at: Date): Promise<void> {
  await sql`update holdings.fonds set part_of = ${partOf}, closed_at = ${partOf === null ? null : at}, version = version + 1
    where id = ${fondsId}`.execute(tx);
}

/** Whether anything stands in a fonds. */
export async function holdsAny(tx: Sql, fondsId: string): Promise<boolean> {
  const r = await sql`select from holdings.unit where fonds_id = ${fondsId} limit 1`.execute(tx);
  return r.rows.length > 0;
}
