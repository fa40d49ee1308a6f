import { type RawBuilder, type Sql, sql } from '#kernel/db';
import type { Grant, Grantable, Thing } from '#kernel/visibility';

const THING = sql`u.id, u.archive_id as "archiveId", u.fonds_id as "fondsId", u.parent_id as "parentId", u.category,
  u.access_status as "accessStatus", u.classification, u.opens_on as "opensOn", u.embargo_until as "embargoUntil"`;

/** What the rule of visibility has to know of a unit. */
export async function thingById(on: Sql, id: string): Promise<Thing | undefined> {
  return (await sql<Thing>`select ${THING} from holdings.unit u where u.id = ${id}`.execute(on)).rows[0];
}

/** The day that counts for openings, embargoes and leave. */
export async function today(tx: Sql): Promise<string> {
  return (await sql<{ day: string }>`select lantai.today() as day`.execute(tx)).rows[0]!.day;
}

interface GrantRow extends Omit<Grant, 'unit' | 'fonds'> {
  personId: string;
  personName: string;
  unitId: string | null;
  items: string[];
  fondsId: string | null;
  fondsNumber: string | null;
}

async function grantsWhere(
  on: Sql,
  where: RawBuilder<unknown>,
): Promise<(Grant & { personId: string; personName: string })[]> {
  const r = await sql<GrantRow>`select g.id, g.archive_id as "archiveId", g.person_id as "personId",
      g.person_name as "personName", g.unit_id as "unitId", g.fonds_id as "fondsId", f.number as "fondsNumber", g.gives,
      g.valid_from as "from", g.valid_until as until,
      array(select u.id from holdings.unit u where u.parent_id = g.unit_id) as items
    from holdings.access_grant g left join holdings.fonds f on f.id = g.fonds_id
    where g.revoked_at is null and ${where} order by g.id`.execute(on);
  return r.rows.map(({ unitId, items, fondsId, fondsNumber, ...g }) => ({
    ...g,
    unit: unitId === null ? null : { id: unitId, items },
    fonds: fondsId === null ? null : { id: fondsId, number: fondsNumber ?? '' },
  }));
}

/** Leave a person has that has not run out by a day. */
export function grantsOfPerson(on: Sql, personId: string, today: string): Promise<Grant[]> {
  return grantsWhere(on, sql`g.person_id = ${personId} and g.valid_until >= ${today}::date`);
}

/** Leave, of anybody, that reaches a unit, run out or not yet begun included. */
export function grantsReaching(
  on: Sql,
  thing: Thing,
): Promise<(Grant & { personId: string; personName: string })[]> {
  const units = [thing.id, ...(thing.parentId ? [thing.parentId] : [])];
  return grantsWhere(on, sql`(g.unit_id = any(${units}::uuid[]) or g.fonds_id = ${thing.fondsId})`);
}

export interface NewGrant {
  id: string;
  archiveId: string;
  personId: string;
  personName: string;
  unitId: string | null;
  fondsId: string | null;
  gives: readonly Grantable[];
  reason: string;
  basis: string;
  from: string;
  until: string;
  givenBy: string | null;
  givenByName: string;
  givenAt: Date;
}

export async function insertGrant(on: Sql, g: NewGrant): Promise<void> {
  await sql`insert into holdings.access_grant (id, archive_id, person_id, person_name, unit_id, fonds_id, gives, reason, basis,
      valid_from, valid_until, given_by, given_by_name, given_at)
    values (${g.id}, ${g.archiveId}, ${g.personId}, ${g.personName}, ${g.unitId}, ${g.fondsId}, ${g.gives}::text[], ${g.reason},
      ${g.basis}, ${g.from}, ${g.until}, ${g.givenBy}, ${g.givenByName}, ${g.givenAt})`.execute(on);
}

export interface GrantRecord {
  id: string;
  archiveId: string;
  personId: string;
  personName: string;
  unitId: string | null;
  fondsId: string | null;
  /** Reference code of the unit or number of the fonds, and its title or name. */
  code: string | null;
  title: string;
  gives: Grantable[];
  reason: string;
  basis: string;
  from: string;
  until: string;
  givenByName: string;
  givenAt: Date;
  revokedAt: Date | null;
  revokedByName: string | null;
}

/** Leave given in an archive, the newest first. */
export async function grantPage(
  on: Sql,
  o: { archiveId: string; unitId?: string; before?: string; limit: number },
): Promise<GrantRecord[]> {
  const r = await sql<GrantRecord>`select g.id, g.archive_id as "archiveId", g.person_id as "personId",
      g.person_name as "personName", g.unit_id as "unitId", g.fonds_id as "fondsId",
      coalesce(u.reference_code, f.number) as code, coalesce(u.title, f.name, '') as title, g.gives, g.reason, g.basis,
      g.valid_from as "from", g.valid_until as until, g.given_by_name as "givenByName", g.given_at as "givenAt",
      g.revoked_at as "revokedAt", g.revoked_by_name as "revokedByName"
    from holdings.access_grant g left join holdings.unit u on u.id = g.unit_id left join holdings.fonds f on f.id = g.fonds_id
    where g.archive_id = ${o.archiveId} ${o.unitId ? sql`and g.unit_id = ${o.unitId}` : sql``}
      ${o.before ? sql`and g.id < ${o.before}` : sql``} order by g.id desc limit ${o.limit}`.execute(on);
  return r.rows;
}

/** Ends leave. @returns the archive and person it was given in and to; undefined where there is none in force */
export async function endGrant(
  on: Sql,
  id: string,
  by: { name: string; at: Date },
): Promise<{ archiveId: string; personId: string; personName: string } | undefined> {
  const r = await sql<{
    archiveId: string;
    personId: string;
    personName: string;
  }>`update holdings.access_grant
    set revoked_at = ${by.at}, revoked_by_name = ${by.name} where id = ${id} and revoked_at is null
    returning archive_id as "archiveId", person_id as "personId", person_name as "personName"`.execute(on);
  return r.rows[0];
}

/** What leave was given for, for deciding who may end it: an entry, or a fonds with all its categories. */
export async function placeOfGrant(
  on: Sql,
  id: string,
): Promise<{ archiveId: string; category: string | null; fondsId: string } | undefined> {
  const r = await sql<{ archiveId: string; category: string | null; fondsId: string }>`
    select g.archive_id as "archiveId", u.category, coalesce(u.fonds_id, g.fonds_id) as "fondsId"
    from holdings.access_grant g left join holdings.unit u on u.id = g.unit_id
    where g.id = ${id} and (g.unit_id is null or u.id is not null)`.execute(on);
  return r.rows[0];
}
