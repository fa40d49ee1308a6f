import { type Sql, sql, type Tx } from '#kernel/db';
import type { Side } from '../domain/separation.ts';

export interface RoleNames {
  'zh-CN': string;
  'zh-TW': string;
  en: string;
}

/** A role: shipped with the product (archiveId null), or an archive's own. */
export interface RoleRow {
  code: string;
  archiveId: string | null;
  side: Side;
  names: RoleNames;
  capabilities: string[];
  version: number;
  retiredAt: Date | null;
}

const ROLE = sql`code, archive_id as "archiveId", side,
  jsonb_build_object('zh-CN', name_zh_cn, 'zh-TW', name_zh_tw, 'en', name_en) as names, capabilities, version,
  retired_at as "retiredAt"`;

/** Shipped roles, and the own ones of these archives; shipped first. */
export async function rolesFor(db: Sql, archives: readonly string[]): Promise<RoleRow[]> {
  const r = await sql<RoleRow>`select ${ROLE} from identity.role
    where archive_id is null or archive_id = any(${archives}::uuid[])
    order by archive_id is not null, code`.execute(db);
  return r.rows;
}

export async function roleByCode(db: Sql, code: string, lock = false): Promise<RoleRow | undefined> {
  const r = await sql<RoleRow>`select ${ROLE} from identity.role where code = ${code}
    ${lock ? sql`for update` : sql``}`.execute(db);
  return r.rows[0];
}

export async function rolesByCodes(db: Sql, codes: readonly string[]): Promise<RoleRow[]> {
  const r = await sql<RoleRow>`select ${ROLE} from identity.role where code = any(${codes}::text[])`.execute(
    db,
  );
  return r.rows;
}

export async function insertRole(tx: Tx, r: Omit<RoleRow, 'version' | 'retiredAt'>): Promise<void> {
  await sql`insert into identity.role (code, archive_id, side, name_zh_cn, name_zh_tw, name_en, capabilities)
    values (${r.code}, ${r.archiveId}, ${r.side}, ${r.names['zh-CN']}, ${r.names['zh-TW']}, ${r.names.en},
      ${r.capabilities}::text[])`.execute(tx);
}

export async function updateRole(tx: Tx, r: Pick<RoleRow, 'code' | 'names' | 'capabilities'>): Promise<void> {
  await sql`update identity.role set name_zh_cn = ${r.names['zh-CN']}, name_zh_tw = ${r.names['zh-TW']},
      name_en = ${r.names.en}, capabilities = ${r.capabilities}::text[], version = version + 1
    where code = ${r.code}`.execute(tx);
}

export async function retireRole(tx: Tx, code: string, at: Date): Promise<void> {
  await sql`update identity.role set retired_at = ${at}, version = version + 1 where code = ${code}`.execute(
    tx,
  );
}

/** How many people hold each role now, in these archives. */
export async function holdersOf(db: Sql, archives: readonly string[]): Promise<Map<string, number>> {
  const r = await sql<{ role: string; n: number }>`
    select m.role, count(distinct m.person_id)::int as n from identity.membership m
    join identity.person p on p.id = m.person_id and p.disabled_at is null
    where m.archive_id = any(${archives}::uuid[]) and m.from_at <= now() and (m.until_at is null or m.until_at > now())
    group by m.role`.execute(db);
  return new Map(r.rows.map((x) => [x.role, x.n]));
}
