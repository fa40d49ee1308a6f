import { type Sql, sql, type Tx } from '#kernel/db';
import type { Membership } from '../domain/rights.ts';
import type { HeldFor } from '../domain/separation.ts';

/** A role to be held, as commands give it. */
export interface NewMembership {
  archiveId: string;
  role: string;
  subtree: boolean;
  from?: Date;
  until?: Date | null;
  categories?: readonly string[] | null;
  postId?: string | null;
}

/**
 * What somebody holds at a moment, and what others have delegated to them: of that, what those others hold themselves at
 * that moment.
 */
export async function heldNow(db: Sql, personId: string, now: Date): Promise<Membership[]> {
  const current = sql`m.from_at <= ${now} and (m.until_at is null or m.until_at > ${now})
    and r.retired_at is null`;
  const r = await sql<Membership>`
    select m.archive_id as "archiveId", m.role, m.subtree, r.capabilities, m.categories,
      identity.agencies_of(t.organisation_id) as agencies, null::jsonb as "delegatedBy"
    from identity.membership m join identity.role r on r.code = m.role left join identity.post t on t.id = m.post_id
    where m.person_id = ${personId} and ${current}
    union all
    select m.archive_id, m.role, m.subtree, r.capabilities, m.categories, identity.agencies_of(t.organisation_id),
      jsonb_build_object('id', p.id, 'name', p.display_name)
    from identity.delegation d
    join identity.person p on p.id = d.from_person and p.disabled_at is null
    join identity.membership m on m.person_id = d.from_person and m.archive_id = d.archive_id and m.role = any (d.roles)
    join identity.role r on r.code = m.role
    left join identity.post t on t.id = m.post_id
    where d.to_person = ${personId} and d.ended_at is null and d.from_at <= ${now} and d.until_at > ${now} and ${current}`.execute(
    db,
  );
  return r.rows;
}

/** Sides somebody stands on from now on, by what is held and what is delegated. */
export async function sidesHeld(tx: Tx, personId: string, now: Date): Promise<HeldFor[]> {
  const r = await sql<HeldFor>`
    select r.side, m.from_at as from, m.until_at as until
    from identity.membership m join identity.role r on r.code = m.role
    where m.person_id = ${personId} and (m.until_at is null or m.until_at > ${now})
    union all
    select r.side, d.from_at, d.until_at from identity.delegation d join identity.role r on r.code = any (d.roles)
    where d.to_person = ${personId} and d.ended_at is null and d.until_at > ${now}`.execute(tx);
  return r.rows;
}

/** A role somebody holds, will hold or held, as a table shows it. */
export interface MembershipView {
  id: string;
  personId: string;
  archiveId: string;
  role: string;
  subtree: boolean;
  from: Date;
  until: Date | null;
  categories: string[] | null;
  postId: string | null;
  postName: string | null;
}

const VIEW = sql`m.id, m.person_id as "personId", m.archive_id as "archiveId", m.role, m.subtree, m.from_at as "from",
  m.until_at as "until", m.categories, m.post_id as "postId", t.name as "postName"`;

export async function membershipsOfPeople(db: Sql, people: readonly string[]): Promise<MembershipView[]> {
  const r = await sql<MembershipView>`select ${VIEW} from identity.membership m
    left join identity.post t on t.id = m.post_id
    where m.person_id = any(${people}::uuid[]) order by m.from_at, m.id`.execute(db);
  return r.rows;
}

export async function membershipById(db: Sql, id: string): Promise<MembershipView | undefined> {
  const r = await sql<MembershipView>`select ${VIEW} from identity.membership m
    left join identity.post t on t.id = m.post_id where m.id = ${id}`.execute(db);
  return r.rows[0];
}

export async function addMembership(
  tx: Tx,
  m: NewMembership & { id: string; personId: string; from: Date },
): Promise<void> {
  await sql`insert into identity.membership
      (id, person_id, archive_id, role, subtree, from_at, until_at, categories, post_id)
    values (${m.id}, ${m.personId}, ${m.archiveId}, ${m.role}, ${m.subtree}, ${m.from}, ${m.until ?? null},
      ${m.categories ?? null}::text[], ${m.postId ?? null})`.execute(tx);
}

/** Ends a role that is held; one that has not begun is over before it begins. */
export async function endMembership(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update identity.membership set from_at = least(from_at, ${at}), until_at = ${at}
    where id = ${id} and (until_at is null or until_at > ${at})`.execute(tx);
}

/**
 * How many others can go on with a side's work in an archive: enabled accounts that hold a role of the side without end,
 * there or above it with the archives below.
 *
 * @param path the archive and all above it
 */
export async function othersOfSide(
  tx: Tx,
  o: { side: string; archiveId: string; path: readonly string[]; except: string; now: Date },
): Promise<number> {
  const r = await sql<{ n: number }>`select count(distinct p.id)::int as n
    from identity.membership m join identity.role r on r.code = m.role and r.retired_at is null
    join identity.person p on p.id = m.person_id and p.disabled_at is null
    where r.side = ${o.side} and p.id <> ${o.except}
      and (m.archive_id = ${o.archiveId} or (m.subtree and m.archive_id = any(${o.path}::uuid[])))
      and m.from_at <= ${o.now} and m.until_at is null`.execute(tx);
  return r.rows[0]!.n;
}

/** One writer at a time where the last administrator could be taken away by two. */
export async function lockAdministrators(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('identity.administrators', 0))`.execute(tx);
}
