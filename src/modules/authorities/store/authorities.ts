import { type Sql, sql, type Tx } from '#kernel/db';
import { isId } from '#kernel/ids';
import type { Authority, Name } from '../domain/authority.ts';
import type { AuthorityText } from '../domain/input.ts';

/** What a list shows of an authority. */
export interface AuthorityRow
  extends Pick<
    Authority,
    'id' | 'archiveId' | 'kind' | 'vocabularyId' | 'recordId' | 'name' | 'key' | 'exist' | 'status'
  > {
  restricted: boolean;
  broader: number;
  narrower: number;
}

const SPAN = (
  prefix: string,
) => sql`json_build_object('text', ${sql.ref(`${prefix}_text`)}, 'from', ${sql.ref(`${prefix}_from`)},
  'to', ${sql.ref(`${prefix}_to`)})`;
const ROW = sql`a.id, a.archive_id as "archiveId", a.kind, a.vocabulary_id as "vocabularyId", a.record_id as "recordId", a.name, a.key,
  ${SPAN('a.exist')} as exist, a.status, a.restricted, a.broader, a.narrower`;
const WHOLE = sql`${ROW}, a.network_id as "networkId", a.identifiers, a.elements, a.kept, a.merged_into as "mergedInto", a.version,
  a.created_at as "createdAt", a.created_by_name as "createdByName", a.updated_at as "updatedAt", a.updated_by_name as "updatedByName"`;

export async function authorityById(on: Sql, id: string, lock = false): Promise<Authority | undefined> {
  const r = await sql<Authority>`select ${WHOLE} from authorities.authority a where a.id = ${id}
    ${lock ? sql`for update of a` : sql``}`.execute(on);
  return r.rows[0];
}

export async function namesOf(on: Sql, authorityId: string): Promise<(Name & { id: string })[]> {
  const r = await sql<
    Name & { id: string }
  >`select id, form, name, lang, note, date_text as text, date_from as "from", date_to as "to", kept
    from authorities.name where authority_id = ${authorityId} order by position, id`.execute(on);
  return r.rows;
}

/** What changes hands with an authority that is written. */
export interface Written {
  id: string;
  archiveId: string;
  text: AuthorityText;
  at: Date;
  byName: string;
}

/** Inserts. @returns false where the tree has a record of this number */
export async function insertAuthority(
  tx: Tx,
  w: Written & { networkId: string; vocabularyId: string | null; key: string },
): Promise<boolean> {
  const { text: t } = w;
  const r =
    await sql`insert into authorities.authority (id, network_id, archive_id, kind, vocabulary_id, record_id, name, key, exist_text,
      exist_from, exist_to, identifiers, identifier_keys, elements, status, restricted, kept, created_at, created_by_name, updated_at,
      updated_by_name)
    values (${w.id}, ${w.networkId}, ${w.archiveId}, ${t.kind}, ${w.vocabularyId}, ${t.recordId}, ${t.names[0]?.name}, ${w.key},
      ${t.exist.text}, ${t.exist.from}, ${t.exist.to}, ${JSON.stringify(t.identifiers)}::jsonb, ${t.identifierKeys}::text[],
      ${JSON.stringify(t.elements)}::jsonb, ${t.status}, ${t.restricted}, ${JSON.stringify(t.kept)}::jsonb, ${w.at}, ${w.byName}, ${w.at},
      ${w.byName})
    on conflict do nothing`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** Writes over a version. @returns false where somebody was quicker */
export async function updateAuthority(
  tx: Tx,
  w: Written & { version: number; vocabularyId: string | null; key: string },
): Promise<boolean> {
  const { text: t } = w;
  const r =
    await sql`update authorities.authority set kind = ${t.kind}, vocabulary_id = ${w.vocabularyId}, record_id = ${t.recordId},
      name = ${t.names[0]?.name}, key = ${w.key}, exist_text = ${t.exist.text}, exist_from = ${t.exist.from}, exist_to = ${t.exist.to},
      identifiers = ${JSON.stringify(t.identifiers)}::jsonb, identifier_keys = ${t.identifierKeys}::text[],
      elements = ${JSON.stringify(t.elements)}::jsonb, status = ${t.status}, restricted = ${t.restricted},
      kept = ${JSON.stringify(t.kept)}::jsonb, version = version + 1, updated_at = ${w.at}, updated_by_name = ${w.byName}
    where id = ${w.id} and version = ${w.version} and merged_into is null`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** Puts names in the place of those an authority had. */
export async function putNames(
  tx: Tx,
  o: {
    authorityId: string;
    archiveId: string;
    class: string;
    names: readonly (Name & { id: string; key: string })[];
  },
): Promise<void> {
  await sql`delete from authorities.name where authority_id = ${o.authorityId}`.execute(tx);
  const rows = o.names.map((n, position) => ({
    id: n.id, position, form: n.form, name: n.name, key: n.key, lang: n.lang, note: n.note, date_text: n.text, date_from: n.from,
    date_to: n.to, kept: n.kept,
  })); // biome-ignore format: a table of fields
  await sql`insert into authorities.name (id, authority_id, archive_id, class, position, form, name, key, lang, note, date_text, date_from,
      date_to, kept)
    select n.id, ${o.authorityId}, ${o.archiveId}, ${o.class}, n.position, n.form, n.name, n.key, n.lang, n.note, n.date_text, n.date_from,
      n.date_to, n.kept
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (id uuid, position int, form text, name text, key text, lang text, note text,
      date_text text, date_from text, date_to text, kept jsonb)`.execute(tx);
}

export interface Choice {
  class: string;
  kinds?: readonly string[] | undefined;
  vocabularyId?: string | undefined;
  networkId?: string | undefined;
}

/** A page of the list by the authorised form. @param after form as it is compared, and id, of the last of the page before */
export async function authorityPage(
  on: Sql,
  o: Choice & {
    restricted?: boolean | undefined;
    after: readonly [string, string] | undefined;
    limit: number;
  },
): Promise<AuthorityRow[]> {
  const { kinds = null, vocabularyId = null, networkId = null, restricted = null } = o;
  const r = await sql<AuthorityRow>`select ${ROW} from authorities.authority a
    where a.class = ${o.class} and a.merged_into is null
      and (${kinds}::text[] is null or a.kind = any (${kinds}::text[]))
      and (${vocabularyId}::uuid is null or a.vocabulary_id = ${vocabularyId}::uuid)
      and (${networkId}::uuid is null or a.network_id = ${networkId}::uuid)
      and (${restricted}::boolean is null or a.restricted = ${restricted}::boolean)
      ${o.after ? sql`and (a.key, a.id) > (${o.after[0]}, ${o.after[1]}::uuid)` : sql``}
    order by a.key, a.id limit ${o.limit}`.execute(on);
  return r.rows;
}

/** A page of what one of whose names holds a text, or that bears a number. */
export async function authoritiesFound(
  on: Sql,
  o: Choice & {
    key: string;
    pairs: string[] | null;
    number: string;
    after: readonly [string, string] | undefined;
    limit: number;
  },
): Promise<AuthorityRow[]> {
  const { kinds = null, vocabularyId = null, networkId = null } = o;
  const r =
    await sql<AuthorityRow>`select ${ROW} from authorities.found(${o.key}, ${o.pairs}::text[], ${o.number}, ${o.class}, ${kinds}::text[],
      ${vocabularyId}::uuid, ${networkId}::uuid, ${o.after?.[0] ?? null}, ${o.after?.[1] ?? null}::uuid, ${o.limit}) f
    join authorities.authority a on a.id = f.authority_id order by a.key, a.id`.execute(on);
  return r.rows;
}

export interface SuggestedAuthority extends AuthorityRow {
  /** The name that fits what was typed. */
  matched: string;
}

export async function authoritiesSuggested(
  on: Sql,
  o: Omit<Choice, 'class'> & {
    classes: readonly string[];
    key: string;
    pairs: string[] | null;
    limit: number;
  },
): Promise<SuggestedAuthority[]> {
  const { kinds = null, vocabularyId = null, networkId = null } = o;
  const r =
    await sql<SuggestedAuthority>`select ${ROW}, f.matched from authorities.suggest(${o.key}, ${o.pairs}::text[], ${o.classes}::text[],
      ${kinds}::text[], ${vocabularyId}::uuid, ${networkId}::uuid, ${o.limit}) with ordinality as f (authority_id, matched, place)
    join authorities.authority a on a.id = f.authority_id order by f.place`.execute(on);
  return r.rows;
}

/** Ids of authorities by one of their numbers (one that has none goes out under its id), or by the very form of one of their names. */
export async function sameAs(
  on: Sql,
  o: {
    networkId: string;
    class: string;
    recordId: string | null;
    key: string;
    identifierKeys: readonly string[];
  },
): Promise<{ id: string; by: 'recordId' | 'identifier' | 'name' }[]> {
  const r = await sql<{ id: string; by: 'recordId' | 'identifier' | 'name' }>`
    select a.id, 'recordId' as by from authorities.authority a
      where a.network_id = ${o.networkId} and a.record_id = ${o.recordId} and a.class = ${o.class} and a.merged_into is null
    union all
    select a.id, 'recordId' from authorities.authority a
      where a.id = ${o.recordId !== null && isId(o.recordId) ? o.recordId : null}::uuid and a.network_id = ${o.networkId}
        and a.class = ${o.class} and a.merged_into is null
    union all
    select b.id, 'identifier' from authorities.bearing(${o.networkId}, ${o.class}, ${[...o.identifierKeys]}::text[]) as b (id)
    union all
    select a.id, 'name' from authorities.name n join authorities.authority a on a.id = n.authority_id
      where n.class = ${o.class} and n.key = ${o.key} and a.network_id = ${o.networkId} and a.merged_into is null limit 10`.execute(
    on,
  );
  return r.rows;
}

/** Says that one is merged into another: it stays, is found no more, and leads there. */
export async function setMerged(
  tx: Tx,
  o: { id: string; version: number; into: string; at: Date; byName: string },
): Promise<boolean> {
  const r =
    await sql`update authorities.authority set merged_into = ${o.into}, version = version + 1, updated_at = ${o.at},
      updated_by_name = ${o.byName}
    where id = ${o.id} and version = ${o.version} and merged_into is null`.execute(tx);
  // Who was led to the one is led to the other at once.
  await sql`update authorities.authority set merged_into = ${o.into} where merged_into = ${o.id}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function removeAuthority(tx: Tx, id: string, version: number): Promise<boolean> {
  const r = await sql`delete from authorities.authority where id = ${id} and version = ${version}`.execute(
    tx,
  );
  return Number(r.numAffectedRows) === 1;
}

/** How many of a choice there are, as far as the asker sees; counted up to `most`. */
export async function countAuthorities(on: Sql, o: Choice & { most: number }): Promise<number> {
  const { kinds = null, vocabularyId = null, networkId = null } = o;
  const r = await sql<{ n: number }>`select count(*)::int as n from (select from authorities.authority a
    where a.class = ${o.class} and a.merged_into is null
      and (${kinds}::text[] is null or a.kind = any (${kinds}::text[]))
      and (${vocabularyId}::uuid is null or a.vocabulary_id = ${vocabularyId}::uuid)
      and (${networkId}::uuid is null or a.network_id = ${networkId}::uuid) limit ${o.most}) c`.execute(on);
  return r.rows[0]?.n ?? 0;
}
