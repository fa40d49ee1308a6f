import { type Sql, sql, type Tx } from '#kernel/db';
import type { Kept, Kind, Span } from '../domain/authority.ts';
import type { RelationType } from '../domain/relations.ts';
import type { AuthorityRow } from './authorities.ts';

export interface NewRelation extends Span {
  id: string;
  authorityId: string;
  archiveId: string;
  otherId: string | null;
  otherName: string | null;
  type: RelationType;
  note: string | null;
  kept: Kept;
}

/** A relation as it is written: from the side of the first. */
export interface RelationRow extends NewRelation {
  /** Of the two the one that is not asked about, where it stands in the list. */
  other: { id: string; name: string; kind: Kind; recordId: string | null } | null;
  /** Whether the row tells it from the other's side. */
  turned: boolean;
}

/** Relations of one authority, from whichever side they are written, as far as the asker sees the other. */
export async function relationsOf(on: Sql, id: string, limit = 5_000): Promise<RelationRow[]> {
  const r =
    await sql<RelationRow>`select r.id, r.authority_id as "authorityId", r.archive_id as "archiveId", r.other_id as "otherId",
      r.other_name as "otherName", r.type, r.date_text as text, r.date_from as "from", r.date_to as "to", r.note, r.kept,
      r.authority_id <> ${id} as turned,
      case when o.id is null then null else json_build_object('id', o.id, 'name', o.name, 'kind', o.kind, 'recordId', o.record_id) end as other
    from (select r.* from authorities.relation r where r.authority_id = ${id}
        union all select r.* from authorities.relation r where r.other_id = ${id}) r
      left join authorities.authority o on o.id = case when r.authority_id = ${id} then r.other_id else r.authority_id end
    order by r.date_from nulls last, coalesce(o.key, r.other_name), r.id limit ${limit}`.execute(on);
  return r.rows;
}

/** Inserts; what is there already stays. @returns how many are new */
export async function insertRelations(tx: Tx, rows: readonly NewRelation[]): Promise<number> {
  const r =
    await sql`insert into authorities.relation (id, authority_id, archive_id, other_id, other_name, type, date_text, date_from, date_to,
      note, kept)
    select n.* from jsonb_to_recordset(${JSON.stringify(rows.map(columns))}::jsonb) as n (id uuid, authority_id uuid, archive_id uuid,
      other_id uuid, other_name text, type text, date_text text, date_from text, date_to text, note text, kept jsonb)
    on conflict do nothing`.execute(tx);
  return Number(r.numAffectedRows ?? 0);
}

const columns = (r: NewRelation) => ({
  id: r.id, authority_id: r.authorityId, archive_id: r.archiveId, other_id: r.otherId, other_name: r.otherName, type: r.type,
  date_text: r.text, date_from: r.from, date_to: r.to, note: r.note, kept: r.kept,
}); // biome-ignore format: a table of fields

/** @returns the two it stood between, undefined where there is none such */
export async function removeRelation(
  tx: Tx,
  o: { id: string; of: string },
): Promise<Pick<NewRelation, 'authorityId' | 'otherId' | 'otherName' | 'type'> | undefined> {
  const r = await sql<
    Pick<NewRelation, 'authorityId' | 'otherId' | 'otherName' | 'type'>
  >`delete from authorities.relation
    where id = ${o.id} and (authority_id = ${o.of} or other_id = ${o.of})
    returning authority_id as "authorityId", other_id as "otherId", other_name as "otherName", type`.execute(
    tx,
  );
  return r.rows[0];
}

/** Takes away what an authority is to things that are only named; for writing them anew. */
export async function removeNamedRelations(tx: Tx, authorityId: string): Promise<void> {
  await sql`delete from authorities.relation where authority_id = ${authorityId} and other_id is null`.execute(
    tx,
  );
}

/** Whether one stands below another, however far: what would then be put below the one would close a circle. */
export async function standsBelow(tx: Tx, id: string, above: string): Promise<boolean> {
  const r = await sql`with recursive up (id) as (
      select r.other_id from authorities.relation r where r.authority_id = ${id} and r.type = 'superior' and r.other_id is not null
      union
      select r.other_id from up join authorities.relation r on r.authority_id = up.id where r.type = 'superior' and r.other_id is not null)
    select 1 from up where id = ${above} limit 1`.execute(tx);
  return r.rows.length > 0;
}

/** One writer of what stands below what at a time in a tree of archives, so that two do not close a circle together. */
export async function lockHierarchy(tx: Tx, networkId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`authorities.hierarchy ${networkId}`}, 0))`.execute(
    tx,
  );
}

/** Counts anew what these stand below and what stands below them. */
export async function recount(tx: Tx, ids: readonly (string | null)[]): Promise<void> {
  await sql`select authorities.recount(${ids.filter((id) => id !== null)}::uuid[])`.execute(tx);
}

const ROW = sql`a.id, a.archive_id as "archiveId", a.kind, a.vocabulary_id as "vocabularyId", a.record_id as "recordId", a.name, a.key,
  json_build_object('text', a.exist_text, 'from', a.exist_from, 'to', a.exist_to) as exist, a.status, a.restricted, a.broader, a.narrower`;

/** A page of what stands right below one, or, without one, of what stands below nothing. */
export async function branch(
  on: Sql,
  o: {
    below: string | null;
    class: string;
    vocabularyId: string | null;
    networkId: string | null;
    after: readonly [string, string] | undefined;
    limit: number;
  },
): Promise<AuthorityRow[]> {
  const after = o.after ? sql`and (a.key, a.id) > (${o.after[0]}, ${o.after[1]}::uuid)` : sql``;
  const r = o.below
    ? await sql<AuthorityRow>`select ${ROW} from authorities.authority a
        where a.id in (select r.authority_id from authorities.relation r where r.other_id = ${o.below} and r.type = 'superior')
          and a.merged_into is null ${after} order by a.key, a.id limit ${o.limit}`.execute(on)
    : await sql<AuthorityRow>`select ${ROW} from authorities.authority a
        where a.class = ${o.class} and a.merged_into is null and a.broader = 0
          and (${o.vocabularyId}::uuid is null or a.vocabulary_id = ${o.vocabularyId}::uuid)
          and (${o.networkId}::uuid is null or a.network_id = ${o.networkId}::uuid) ${after}
        order by a.key, a.id limit ${o.limit}`.execute(on);
  return r.rows;
}

/** What one stands below, up to the top, one way of each; the top first. */
export async function pathOf(on: Sql, id: string): Promise<{ id: string; name: string }[]> {
  const r = await sql<{ id: string; name: string }>`with recursive up (id, depth) as (
      select ${id}::uuid, 0
      union all
      select x.other_id, up.depth + 1 from up cross join lateral (
        select r.other_id from authorities.relation r where r.authority_id = up.id and r.type = 'superior' and r.other_id is not null
        order by r.date_from desc nulls last, r.id limit 1) x where up.depth < 40)
    select a.id, a.name from up join authorities.authority a on a.id = up.id where up.depth > 0 order by up.depth desc`.execute(
    on,
  );
  return r.rows;
}
