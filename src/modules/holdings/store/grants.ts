import { type RawBuilder, type Sql, sql } from '#kernel/db';
import type { Grantable } from '#kernel/visibility';

/** Where leave stands today. Leave that ends within a week is said to end soon. */
export const LEAVE_STATES = [
  'proposed',
  'coming',
  'running',
  'endsSoon',
  'ended',
  'revoked',
  'rejected',
] as const;
export type LeaveState = (typeof LEAVE_STATES)[number];

const DAYS_SOON = 7;

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

/** Leave somebody asked for: `givenBy` asks, another person decides. */
export interface GrantRecord extends Omit<NewGrant, 'gives'> {
  /** Category and fonds of what it is for. */
  on: { category: string | null; fondsId: string };
  /** Reference code of the unit or number of the fonds, and its title or name. */
  code: string | null;
  title: string;
  gives: Grantable[];
  state: LeaveState;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  note: string | null;
  revokedAt: Date | null;
  revokedByName: string | null;
}

export async function insertGrant(on: Sql, g: NewGrant): Promise<void> {
  await sql`insert into holdings.access_grant (id, archive_id, person_id, person_name, unit_id, fonds_id, gives, reason, basis,
      valid_from, valid_until, given_by, given_by_name, given_at)
    values (${g.id}, ${g.archiveId}, ${g.personId}, ${g.personName}, ${g.unitId}, ${g.fondsId}, ${g.gives}::text[], ${g.reason},
      ${g.basis}, ${g.from}, ${g.until}, ${g.givenBy}, ${g.givenByName}, ${g.givenAt})`.execute(on);
}

const STATE = sql<LeaveState>`case when g.state <> 'approved' then g.state when g.revoked_at is not null then 'revoked'
  when g.valid_until < lantai.today() then 'ended' when g.valid_from > lantai.today() then 'coming'
  when g.valid_until < lantai.today() + ${sql.lit(DAYS_SOON)} then 'endsSoon' else 'running' end`;

async function grants(on: Sql, rest: RawBuilder<unknown>): Promise<GrantRecord[]> {
  const r = await sql<GrantRecord>`select g.id, g.archive_id as "archiveId", g.person_id as "personId",
      g.person_name as "personName", g.unit_id as "unitId", g.fonds_id as "fondsId",
      jsonb_build_object('category', u.category, 'fondsId', coalesce(u.fonds_id, g.fonds_id)) as "on",
      coalesce(u.reference_code, f.number) as code, coalesce(u.title, f.name, '') as title, g.gives, g.reason, g.basis,
      g.valid_from as "from", g.valid_until as until, ${STATE} as state, g.given_by as "givenBy",
      g.given_by_name as "givenByName", g.given_at as "givenAt", g.decided_by as "decidedBy",
      g.decided_by_name as "decidedByName", g.decided_at as "decidedAt", g.note, g.revoked_at as "revokedAt",
      g.revoked_by_name as "revokedByName"
    from holdings.access_grant g left join holdings.unit u on u.id = g.unit_id left join holdings.fonds f on f.id = g.fonds_id
    where (g.unit_id is null or u.id is not null) and ${rest}`.execute(on);
  return r.rows;
}

export interface GrantFilter {
  archives: readonly string[];
  unitId?: string | undefined;
  /** Of a whole fonds, not of units in it. */
  fondsId?: string | undefined;
  /** Part of a person's name. */
  person?: string | undefined;
  /** Any of these. */
  states?: readonly LeaveState[] | undefined;
}

/** Leave asked for and given, the newest first. */
export function grantPage(
  on: Sql,
  o: GrantFilter & { before?: string | undefined; limit: number },
): Promise<GrantRecord[]> {
  const named = `%${(o.person ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  return grants(
    on,
    sql`g.archive_id = any(${o.archives}::uuid[])
      ${o.unitId ? sql`and g.unit_id = ${o.unitId}` : sql``}
      ${o.fondsId ? sql`and g.fonds_id = ${o.fondsId}` : sql``}
      ${o.person ? sql`and g.person_name ilike ${named}` : sql``}
      ${o.states ? sql`and (${STATE}) = any(${o.states}::text[])` : sql``}
      ${o.before ? sql`and g.id < ${o.before}` : sql``} order by g.id desc limit ${o.limit}`,
  );
}

/** How many leaves for a whole fonds serve or will serve. */
export async function livingLeaveOf(on: Sql, fondsId: string): Promise<number> {
  const r = await sql<{ n: number }>`select count(*)::int as n from holdings.access_grant g
    where g.fonds_id = ${fondsId} and (${STATE}) in ('proposed', 'coming', 'running', 'endsSoon')`.execute(
    on,
  );
  return r.rows[0]!.n;
}

/** One leave; locked when it is about to be decided or ended. */
export async function grantById(on: Sql, id: string, lock = false): Promise<GrantRecord | undefined> {
  return (await grants(on, sql`g.id = ${id} ${lock ? sql`for update of g` : sql``}`))[0];
}

export async function closeGrant(
  on: Sql,
  g: {
    id: string;
    state: 'approved' | 'rejected';
    by: string;
    byName: string;
    at: Date;
    note: string | null;
  },
): Promise<void> {
  await sql`update holdings.access_grant set state = ${g.state}, decided_by = ${g.by}, decided_by_name = ${g.byName},
    decided_at = ${g.at}, note = ${g.note} where id = ${g.id}`.execute(on);
}

export async function endGrant(on: Sql, id: string, by: { name: string; at: Date }): Promise<void> {
  await sql`update holdings.access_grant set revoked_at = ${by.at}, revoked_by_name = ${by.name} where id = ${id}`.execute(
    on,
  );
}
