import { type Sql, sql, type Tx } from '#kernel/db';
import type { Kind } from '../domain/authority.ts';

export const ROLES = ['creator', 'recipient', 'mentioned', 'subject', 'place', 'function'] as const;
export type Role = (typeof ROLES)[number];

export interface LinkOfUnit {
  authorityId: string;
  role: Role;
  way: 'person' | 'job';
  name: string;
  kind: Kind;
  byName: string;
  at: Date;
}

/** Authorities of an entry, as far as the asker sees both. */
export async function linksOfUnit(on: Sql, unitId: string): Promise<LinkOfUnit[]> {
  const r =
    await sql<LinkOfUnit>`select l.authority_id as "authorityId", l.role, l.way, a.name, a.kind, l.by_name as "byName", l.at
    from authorities.unit_link l join authorities.authority a on a.id = l.authority_id
    where l.unit_id = ${unitId} order by l.role, a.key limit 500`.execute(on);
  return r.rows;
}

/** @returns false where it is linked so already */
export async function insertUnitLink(
  tx: Tx,
  l: { unitId: string; authorityId: string; role: Role; archiveId: string; byName: string; at: Date },
): Promise<boolean> {
  const r = await sql`insert into authorities.unit_link (unit_id, authority_id, role, archive_id, by_name, at)
    values (${l.unitId}, ${l.authorityId}, ${l.role}, ${l.archiveId}, ${l.byName}, ${l.at}) on conflict do nothing`.execute(
    tx,
  );
  return Number(r.numAffectedRows) === 1;
}

export async function removeUnitLink(
  tx: Tx,
  l: { unitId: string; authorityId: string; role: Role },
): Promise<boolean> {
  const r = await sql`delete from authorities.unit_link
    where unit_id = ${l.unitId} and authority_id = ${l.authorityId} and role = ${l.role}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export interface LinkedUnit {
  id: string;
  role: Role;
  archiveId: string;
  fondsId: string;
  level: string;
  referenceCode: string | null;
  title: string;
  date: string | null;
  accessStatus: string;
}

/** Links looked at for one page, however few of them the asker sees. */
const LOOKED_AT = 2_000;

/** A page of the entries of an authority that the asker sees, in the order in which they were entered. */
export async function unitsOfAuthority(
  on: Sql,
  o: { authorityId: string; role: Role | undefined; after: string | undefined; limit: number },
): Promise<{ items: LinkedUnit[]; next: string | null }> {
  const r = await sql<
    LinkedUnit & { isSeen: boolean; unitId: string }
  >`select l.unit_id as "unitId", l.role, u.id is not null as "isSeen", u.id,
      u.archive_id as "archiveId", u.fonds_id as "fondsId", u.level, u.reference_code as "referenceCode", u.title, u.date_text as date,
      u.access_status as "accessStatus"
    from authorities.linked_units(${o.authorityId}, ${o.role ?? null}, ${o.after ?? null}::uuid, ${LOOKED_AT}) l
      left join holdings.unit u on u.id = l.unit_id
    order by l.unit_id, l.role`.execute(on);
  const items: LinkedUnit[] = [];
  let last: string | undefined;
  for (const { isSeen, unitId, ...unit } of r.rows) {
    // An entry with two roles is not divided between pages.
    if (items.length >= o.limit && unitId !== last) return { items, next: last ?? null };
    last = unitId;
    if (isSeen) items.push(unit);
  }
  return { items, next: r.rows.length === LOOKED_AT ? (last ?? null) : null };
}

export interface FondsOfAuthority {
  id: string;
  archiveId: string;
  number: string;
  name: string;
}

export async function fondsOfAuthority(on: Sql, authorityId: string): Promise<FondsOfAuthority[]> {
  const r = await sql<FondsOfAuthority>`select f.id, f.archive_id as "archiveId", f.number, f.name
    from authorities.fonds_link l join holdings.fonds f on f.id = l.fonds_id
    where l.authority_id = ${authorityId} order by f.number, f.id limit 500`.execute(on);
  return r.rows;
}

export async function creatorsOfFonds(
  on: Sql,
  fondsId: string,
): Promise<{ id: string; name: string; kind: Kind }[]> {
  const r = await sql<{ id: string; name: string; kind: Kind }>`select a.id, a.name, a.kind
    from authorities.fonds_link l join authorities.authority a on a.id = l.authority_id
    where l.fonds_id = ${fondsId} order by a.key, a.id limit 500`.execute(on);
  return r.rows;
}

export async function insertFondsLink(
  tx: Tx,
  l: { fondsId: string; authorityId: string; archiveId: string; byName: string; at: Date },
): Promise<boolean> {
  const r = await sql`insert into authorities.fonds_link (fonds_id, authority_id, archive_id, by_name, at)
    values (${l.fondsId}, ${l.authorityId}, ${l.archiveId}, ${l.byName}, ${l.at}) on conflict do nothing`.execute(
    tx,
  );
  return Number(r.numAffectedRows) === 1;
}

export async function removeFondsLink(tx: Tx, l: { fondsId: string; authorityId: string }): Promise<boolean> {
  const r = await sql`delete from authorities.fonds_link
    where fonds_id = ${l.fondsId} and authority_id = ${l.authorityId}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** Whether anything hangs on an authority: entries, fonds, relations. */
export async function isInUse(on: Sql, id: string): Promise<boolean> {
  const r = await sql<{
    used: boolean;
  }>`select exists (select from authorities.linked_units(${id}, null, null, 1))
    or exists (select from authorities.fonds_link where authority_id = ${id})
    or exists (select from authorities.relation where other_id = ${id} or authority_id = ${id} and other_id is not null)
    or exists (select from authorities.authority where merged_into = ${id}) as used`.execute(on);
  return r.rows[0]?.used ?? true;
}
