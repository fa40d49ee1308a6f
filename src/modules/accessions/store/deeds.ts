import type { DeedKind } from '#kernel/accessionWords';
import { type Sql, sql, type Tx } from '#kernel/db';

export interface StoredFile {
  id: string;
  name: string;
  bytes: number;
  sha512: string;
}

/** An agreement as it is written. */
export interface DeedText {
  kind: DeedKind;
  signedOn: string | null;
  ourParty: string;
  theirParty: string;
  propertyPasses: boolean;
  rights: string | null;
  conditions: string | null;
  endsOn: string | null;
}

export interface Deed extends DeedText {
  id: string;
  archiveId: string;
  accessionId: string;
  number: string;
  version: number;
  files: StoredFile[];
}

const DEED = sql`d.id, d.archive_id as "archiveId", d.accession_id as "accessionId", d.number, d.kind, d.signed_on as "signedOn",
  d.our_party as "ourParty", d.their_party as "theirParty", d.property_passes as "propertyPasses", d.rights, d.conditions,
  d.ends_on as "endsOn", d.version,
  coalesce((select json_agg(json_build_object('id', f.id, 'name', f.name, 'bytes', f.bytes, 'sha512', f.sha512) order by f.position)
    from accessions.deed_file f where f.deed_id = d.id), '[]') as files`;

export async function deedById(on: Sql, id: string, lock = false): Promise<Deed | undefined> {
  const r =
    await sql<Deed>`select ${DEED} from accessions.deed d where d.id = ${id} ${lock ? sql`for update of d` : sql``}`.execute(
      on,
    );
  return r.rows[0];
}

export async function deedsOf(on: Sql, accessionId: string): Promise<Deed[]> {
  const r =
    await sql<Deed>`select ${DEED} from accessions.deed d where d.accession_id = ${accessionId} order by d.id`.execute(
      on,
    );
  return r.rows;
}

interface By {
  at: Date;
  byName: string;
}

export async function insertDeed(
  tx: Tx,
  d: DeedText &
    By & { id: string; archiveId: string; accessionId: string; year: number; no: number; number: string },
): Promise<void> {
  await sql`insert into accessions.deed (id, archive_id, accession_id, year, no, number, kind, signed_on, our_party, their_party,
      property_passes, rights, conditions, ends_on, created_at, created_by_name, updated_at, updated_by_name)
    values (${d.id}, ${d.archiveId}, ${d.accessionId}, ${d.year}, ${d.no}, ${d.number}, ${d.kind}, ${d.signedOn}, ${d.ourParty},
      ${d.theirParty}, ${d.propertyPasses}, ${d.rights}, ${d.conditions}, ${d.endsOn}, ${d.at}, ${d.byName}, ${d.at}, ${d.byName})`.execute(
    tx,
  );
}

/** @returns false where somebody was quicker */
export async function updateDeed(
  tx: Tx,
  d: DeedText & By & { id: string; version: number },
): Promise<boolean> {
  const r =
    await sql`update accessions.deed set kind = ${d.kind}, signed_on = ${d.signedOn}, our_party = ${d.ourParty},
      their_party = ${d.theirParty}, property_passes = ${d.propertyPasses}, rights = ${d.rights}, conditions = ${d.conditions},
      ends_on = ${d.endsOn}, version = version + 1, updated_at = ${d.at}, updated_by_name = ${d.byName}
    where id = ${d.id} and version = ${d.version}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function insertFiles(
  tx: Tx,
  of: { deedId: string; archiveId: string },
  files: readonly StoredFile[],
): Promise<void> {
  for (const f of files)
    await sql`insert into accessions.deed_file (id, deed_id, archive_id, position, name, bytes, sha512)
      select ${f.id}, ${of.deedId}, ${of.archiveId}, coalesce(max(position), 0) + 1, ${f.name}, ${f.bytes}::bigint, ${f.sha512}
      from accessions.deed_file where deed_id = ${of.deedId}`.execute(tx);
}

export async function removeFile(tx: Tx, deedId: string, fileId: string): Promise<boolean> {
  const r = await sql`delete from accessions.deed_file where id = ${fileId} and deed_id = ${deedId}`.execute(
    tx,
  );
  return Number(r.numAffectedRows) === 1;
}

/** Of some contents those an agreement still has. */
export async function contentsInUse(on: Sql, digests: readonly string[]): Promise<Set<string>> {
  const r = await sql<{ sha512: string }>`select distinct sha512 from accessions.deed_file
    where sha512 = any(${[...digests]}::text[])`.execute(on);
  return new Set(r.rows.map((row) => row.sha512));
}
