import { type RawBuilder, type Sql, sql } from '#kernel/db';
import type { Grant, Thing } from '#kernel/visibility';

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
    where g.state = 'approved' and g.revoked_at is null and ${where} order by g.id`.execute(on);
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
