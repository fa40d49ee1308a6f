import { type Sql, sql, type Tx } from '#kernel/db';
import type { RoleNames } from './roles.ts';

/** Somebody's roles in an archive, left to a colleague for a time. */
export interface Delegation {
  id: string;
  archiveId: string;
  fromPerson: string;
  fromName: string;
  toPerson: string;
  toName: string;
  roles: string[];
  /** The same with their names, for reading. */
  named: { code: string; names: RoleNames }[];
  reason: string;
  from: Date;
  until: Date;
  endedAt: Date | null;
}

const DELEGATION = sql`d.id, d.archive_id as "archiveId", d.from_person as "fromPerson", f.display_name as "fromName",
  d.to_person as "toPerson", t.display_name as "toName", d.roles,
  (select jsonb_agg(jsonb_build_object('code', r.code, 'names',
      jsonb_build_object('zh-CN', r.name_zh_cn, 'zh-TW', r.name_zh_tw, 'en', r.name_en)) order by r.code)
    from identity.role r where r.code = any (d.roles)) as named, d.reason, d.from_at as "from", d.until_at as "until",
  d.ended_at as "endedAt"`;
const JOINED = sql`identity.delegation d join identity.person f on f.id = d.from_person
  join identity.person t on t.id = d.to_person`;

/** Those a person has made or been given, the newest first. */
export async function delegationsOf(db: Sql, personId: string): Promise<Delegation[]> {
  const r = await sql<Delegation>`select ${DELEGATION} from ${JOINED}
    where d.from_person = ${personId} or d.to_person = ${personId}
    order by d.from_at desc, d.id limit 200`.execute(db);
  return r.rows;
}

/** Those in force or still to come in these archives, for administrators. */
export async function delegationsIn(db: Sql, archives: readonly string[], now: Date): Promise<Delegation[]> {
  const r = await sql<Delegation>`select ${DELEGATION} from ${JOINED}
    where d.archive_id = any(${archives}::uuid[]) and d.ended_at is null and d.until_at > ${now}
    order by d.from_at desc, d.id limit 500`.execute(db);
  return r.rows;
}

export async function delegationById(db: Sql, id: string, lock = false): Promise<Delegation | undefined> {
  const r = await sql<Delegation>`select ${DELEGATION} from ${JOINED} where d.id = ${id}
    ${lock ? sql`for update of d` : sql``}`.execute(db);
  return r.rows[0];
}

export async function insertDelegation(
  tx: Tx,
  d: Omit<Delegation, 'fromName' | 'toName' | 'named' | 'endedAt'> & { createdAt: Date },
): Promise<void> {
  await sql`insert into identity.delegation
      (id, archive_id, from_person, to_person, roles, reason, from_at, until_at, created_at)
    values (${d.id}, ${d.archiveId}, ${d.fromPerson}, ${d.toPerson}, ${d.roles}::text[], ${d.reason}, ${d.from},
      ${d.until}, ${d.createdAt})`.execute(tx);
}

export async function endDelegation(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update identity.delegation set ended_at = ${at} where id = ${id} and ended_at is null`.execute(
    tx,
  );
}
