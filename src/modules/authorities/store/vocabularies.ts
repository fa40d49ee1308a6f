import { type Sql, sql, type Tx } from '#kernel/db';

export interface Vocabulary {
  id: string;
  networkId: string;
  archiveId: string;
  code: string;
  name: string;
  note: string | null;
}

const COLUMNS = sql`id, network_id as "networkId", archive_id as "archiveId", code, name, note`;

export async function vocabularies(on: Sql, networkId: string | null): Promise<Vocabulary[]> {
  const r = await sql<Vocabulary>`select ${COLUMNS} from authorities.vocabulary
    where (${networkId}::uuid is null or network_id = ${networkId}::uuid) order by code, id limit 500`.execute(
    on,
  );
  return r.rows;
}

export async function vocabularyById(on: Sql, id: string): Promise<Vocabulary | undefined> {
  return (await sql<Vocabulary>`select ${COLUMNS} from authorities.vocabulary where id = ${id}`.execute(on))
    .rows[0];
}

/** @returns false where the tree has one of this code */
export async function insertVocabulary(tx: Tx, v: Vocabulary): Promise<boolean> {
  const r = await sql`insert into authorities.vocabulary (id, network_id, archive_id, code, name, note)
    values (${v.id}, ${v.networkId}, ${v.archiveId}, ${v.code}, ${v.name}, ${v.note}) on conflict do nothing`.execute(
    tx,
  );
  return Number(r.numAffectedRows) === 1;
}

/** One term with what is said of it, for taking a thesaurus out. */
export interface Term {
  id: string;
  name: string;
  key: string;
  scope: string | null;
  useFor: string[];
  broader: { id: string; name: string }[];
  related: { id: string; name: string }[];
}

/** A page of the terms of a vocabulary, each with the names of those it stands beside. */
export async function termPage(
  on: Sql,
  o: { vocabularyId: string; after: readonly [string, string] | undefined; limit: number },
): Promise<Term[]> {
  const r = await sql<Term>`select a.id, a.name, a.key, a.elements ->> 'scope' as scope,
      array(select n.name from authorities.name n where n.authority_id = a.id and n.form <> 'authorised' order by n.position) as "useFor",
      array(select json_build_object('id', o.id, 'name', o.name) from authorities.relation r join authorities.authority o on o.id = r.other_id
        where r.authority_id = a.id and r.type = 'superior' and o.vocabulary_id = a.vocabulary_id order by o.key) as broader,
      array(select json_build_object('id', o.id, 'name', o.name) from authorities.relation r join authorities.authority o
          on o.id = case when r.authority_id = a.id then r.other_id else r.authority_id end
        where (r.authority_id = a.id or r.other_id = a.id) and r.type = 'associative' and o.vocabulary_id = a.vocabulary_id
        order by o.key) as related
    from authorities.authority a
    where a.vocabulary_id = ${o.vocabularyId} and a.merged_into is null
      ${o.after ? sql`and (a.key, a.id) > (${o.after[0]}, ${o.after[1]}::uuid)` : sql``}
    order by a.key, a.id limit ${o.limit}`.execute(on);
  return r.rows;
}

/** Terms of a vocabulary by their names as they are compared, use-for forms included. */
export async function termsByKeys(
  on: Sql,
  vocabularyId: string,
  keys: readonly string[],
): Promise<{ key: string; id: string; isAuthorised: boolean }[]> {
  const r = await sql<{
    key: string;
    id: string;
    isAuthorised: boolean;
  }>`select n.key, a.id, n.form = 'authorised' as "isAuthorised"
    from authorities.name n join authorities.authority a on a.id = n.authority_id
    where n.class = 'subject' and n.key = any (${[...keys]}::text[]) and a.vocabulary_id = ${vocabularyId} and a.merged_into is null`.execute(
    on,
  );
  return r.rows;
}

/** Who stands below whom in a vocabulary, for telling circles. */
export async function broaderOf(tx: Tx, vocabularyId: string): Promise<{ id: string; broader: string }[]> {
  const r = await sql<{ id: string; broader: string }>`select r.authority_id as id, r.other_id as broader
    from authorities.authority a join authorities.relation r on r.authority_id = a.id and r.type = 'superior'
    where a.vocabulary_id = ${vocabularyId} and r.other_id is not null`.execute(tx);
  return r.rows;
}

/** Enters many new terms and their names at once. */
export async function insertTerms(
  tx: Tx,
  of: { vocabulary: Vocabulary; byName: string; at: Date },
  terms: readonly { id: string; name: string; key: string; scope: string | null }[],
  names: readonly {
    id: string;
    authorityId: string;
    position: number;
    form: string;
    name: string;
    key: string;
  }[],
): Promise<void> {
  const { vocabulary: v } = of;
  await sql`insert into authorities.authority (id, network_id, archive_id, kind, vocabulary_id, name, key, elements, status, created_at,
      created_by_name, updated_at, updated_by_name)
    select t.id, ${v.networkId}, ${v.archiveId}, 'subject', ${v.id}, t.name, t.key, jsonb_strip_nulls(jsonb_build_object('scope', t.scope)),
      'final', ${of.at}, ${of.byName}, ${of.at}, ${of.byName}
    from jsonb_to_recordset(${JSON.stringify(terms)}::jsonb) as t (id uuid, name text, key text, scope text)`.execute(
    tx,
  );
  await sql`insert into authorities.name (id, authority_id, archive_id, class, position, form, name, key)
    select n.id, n."authorityId", ${v.archiveId}, 'subject', n.position, n.form, n.name, n.key
    from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as n (id uuid, "authorityId" uuid, position int, form text, name text, key text)`.execute(
    tx,
  );
}
