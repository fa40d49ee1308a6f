import type { ContactWay, HonourKind, SourceKind } from '#kernel/accessionWords';
import { type Sql, sql, type Tx } from '#kernel/db';

/** Who gives, sells, lends or holds what is copied. */
export interface Source {
  id: string;
  archiveId: string;
  kind: SourceKind;
  /** As it may be shown. */
  name: string;
  anonymous: boolean;
  authorityId: string | null;
  closed: string;
  wishes: string | null;
  note: string | null;
  version: number;
  updatedAt: Date;
  updatedByName: string;
}

/** As a list shows it. */
export interface SourceRow extends Pick<Source, 'id' | 'kind' | 'name' | 'anonymous' | 'authorityId'> {
  key: string;
  accessions: number;
  lastOn: string | null;
}

const WHOLE = sql`s.id, s.archive_id as "archiveId", s.kind, s.name, s.anonymous, s.authority_id as "authorityId", s.closed, s.wishes,
  s.note, s.version, s.updated_at as "updatedAt", s.updated_by_name as "updatedByName"`;

export async function sourceById(on: Sql, id: string, lock = false): Promise<Source | undefined> {
  const r =
    await sql<Source>`select ${WHOLE} from accessions.source s where s.id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      on,
    );
  return r.rows[0];
}

export interface WrittenSource {
  id: string;
  archiveId: string;
  kind: SourceKind;
  name: string;
  key: string;
  anonymous: boolean;
  authorityId: string | null;
  wishes: string | null;
  note: string | null;
  closed: ClosedData;
  at: Date;
  byName: string;
}

/** Data as it is stored: closed, with what it is found by. */
export interface ClosedData {
  closed: string;
  key: string;
  name: Buffer | null;
  idNumber: Buffer | null;
  telephone: Buffer | null;
}

export async function insertSource(tx: Tx, s: WrittenSource): Promise<void> {
  await sql`insert into accessions.source (id, archive_id, kind, name, key, anonymous, authority_id, closed, closed_key, name_match, id_match,
      telephone_match, wishes, note, created_at, created_by_name, updated_at, updated_by_name)
    values (${s.id}, ${s.archiveId}, ${s.kind}, ${s.name}, ${s.key}, ${s.anonymous}, ${s.authorityId}, ${s.closed.closed}, ${s.closed.key},
      ${s.closed.name}, ${s.closed.idNumber}, ${s.closed.telephone}, ${s.wishes}, ${s.note}, ${s.at}, ${s.byName}, ${s.at}, ${s.byName})`.execute(
    tx,
  );
}

/** @returns false where somebody was quicker */
export async function updateSource(tx: Tx, s: WrittenSource & { version: number }): Promise<boolean> {
  const r =
    await sql`update accessions.source set kind = ${s.kind}, name = ${s.name}, key = ${s.key}, anonymous = ${s.anonymous},
      authority_id = ${s.authorityId}, closed = ${s.closed.closed}, closed_key = ${s.closed.key}, name_match = ${s.closed.name},
      id_match = ${s.closed.idNumber}, telephone_match = ${s.closed.telephone}, wishes = ${s.wishes}, note = ${s.note},
      version = version + 1, updated_at = ${s.at}, updated_by_name = ${s.byName}
    where id = ${s.id} and version = ${s.version}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** Sources closed under a key that was replaced, locked. */
export async function sourcesUnderReplacedKeys(
  tx: Tx,
  limit: number,
  after: string | null,
): Promise<{ id: string; archiveId: string; name: string; closed: string }[]> {
  const r = await sql<{ id: string; archiveId: string; name: string; closed: string }>`
    select s.id, s.archive_id as "archiveId", s.name, s.closed from accessions.source s
    where s.closed_key in (select k.id from lantai.data_key k where k.retired_at is not null)
      and (${after}::uuid is null or s.id > ${after}::uuid)
    order by s.id limit ${limit} for update of s`.execute(tx);
  return r.rows;
}

export async function putClosed(tx: Tx, id: string, c: ClosedData): Promise<void> {
  await sql`update accessions.source set closed = ${c.closed}, closed_key = ${c.key}, name_match = ${c.name}, id_match = ${c.idNumber},
    telephone_match = ${c.telephone} where id = ${id}`.execute(tx);
}

/** A page of an archive's sources by name. @param matches keyed hashes one of which it bears: who is asked for by a number or a full name */
export async function sourcePage(
  on: Sql,
  o: {
    archiveId: string;
    words: readonly string[];
    matches: readonly Buffer[];
    after: readonly [string, string] | undefined;
    limit: number;
  },
): Promise<SourceRow[]> {
  const patterns = o.words.map((word) => `%${word.replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`);
  const r =
    await sql<SourceRow>`select s.id, s.kind, s.name, s.anonymous, s.authority_id as "authorityId", s.key, g.accessions, g."lastOn"
    from accessions.source s left join lateral (select count(*)::int as accessions, max(a.registered_on) as "lastOn"
      from accessions.accession a where a.source_id = s.id) g on true
    where s.archive_id = ${o.archiveId}
      and (s.key like all (${patterns}::text[]) or s.name_match = any (${o.matches}::bytea[]) or s.id_match = any (${o.matches}::bytea[])
        or s.telephone_match = any (${o.matches}::bytea[]))
      ${o.after ? sql`and (s.key, s.id) > (${o.after[0]}, ${o.after[1]}::uuid)` : sql``}
    order by s.key, s.id limit ${o.limit}`.execute(on);
  return r.rows;
}

/** A visit, a call, a letter. */
export interface Contact {
  id: string;
  day: string;
  how: ContactWay;
  words: string;
  byName: string;
}

export async function contactsOf(
  on: Sql,
  of: { sourceId: string } | { leadId: string },
  limit: number,
): Promise<Contact[]> {
  const which = 'sourceId' in of ? sql`source_id = ${of.sourceId}` : sql`lead_id = ${of.leadId}`;
  const r =
    await sql<Contact>`select id, day, how, words, by_name as "byName" from accessions.contact where ${which}
    order by day desc, id desc limit ${limit}`.execute(on);
  return r.rows;
}

export async function insertContact(
  tx: Tx,
  c: Contact & { archiveId: string; sourceId: string | null; leadId: string | null; at: Date },
): Promise<void> {
  await sql`insert into accessions.contact (id, archive_id, source_id, lead_id, day, how, words, by_name, at)
    values (${c.id}, ${c.archiveId}, ${c.sourceId}, ${c.leadId}, ${c.day}, ${c.how}, ${c.words}, ${c.byName}, ${c.at})`.execute(
    tx,
  );
}

/** Certificates of gift and honours. */
export interface Honour {
  id: string;
  number: string;
  kind: HonourKind;
  accessionId: string | null;
  issuedOn: string;
  words: string;
  byName: string;
}

const HONOUR = sql`id, number, kind, accession_id as "accessionId", issued_on as "issuedOn", words, by_name as "byName"`;
export async function honoursOf(on: Sql, sourceId: string): Promise<Honour[]> {
  const r =
    await sql<Honour>`select ${HONOUR} from accessions.honour where source_id = ${sourceId} order by issued_on, id`.execute(
      on,
    );
  return r.rows;
}

export async function honourById(
  on: Sql,
  id: string,
): Promise<(Honour & { archiveId: string; sourceId: string }) | undefined> {
  const r = await sql<
    Honour & { archiveId: string; sourceId: string }
  >`select ${HONOUR}, archive_id as "archiveId",
      source_id as "sourceId" from accessions.honour where id = ${id}`.execute(on);
  return r.rows[0];
}

export async function insertHonour(
  tx: Tx,
  h: Honour & { archiveId: string; sourceId: string; year: number; no: number; at: Date },
): Promise<void> {
  await sql`insert into accessions.honour (id, archive_id, source_id, accession_id, year, no, number, kind, issued_on, words, by_name, at)
    values (${h.id}, ${h.archiveId}, ${h.sourceId}, ${h.accessionId}, ${h.year}, ${h.no}, ${h.number}, ${h.kind}, ${h.issuedOn}, ${h.words},
      ${h.byName}, ${h.at})`.execute(tx);
}
