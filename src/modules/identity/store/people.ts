import type { Language } from '#kernel/actor';
import { type Sql, sql, type Tx } from '#kernel/db';

export interface PersonRow {
  id: string;
  username: string;
  displayName: string;
  /** null: none yet; a one-time link waits, or the person signs in through another house. */
  passwordHash: string | null;
  language: Language;
  disabledAt: Date | null;
}

const PERSON = sql`id, username, display_name as "displayName", password_hash as "passwordHash", language,
  disabled_at as "disabledAt"`;

export async function personByName(db: Sql, username: string): Promise<PersonRow | undefined> {
  const r = await sql<PersonRow>`select ${PERSON} from identity.person where username = ${username}`.execute(
    db,
  );
  return r.rows[0];
}

/** @param p.archiveId the archive that looks after the account */
export async function insertPerson(
  tx: Tx,
  p: Omit<PersonRow, 'disabledAt'> & { archiveId: string | null },
): Promise<boolean> {
  const r =
    await sql`insert into identity.person (id, username, display_name, password_hash, language, archive_id)
    values (${p.id}, ${p.username}, ${p.displayName}, ${p.passwordHash}, ${p.language}, ${p.archiveId})
    on conflict do nothing`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function setPassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
  await sql`update identity.person set password_hash = ${passwordHash} where id = ${id}`.execute(tx);
  await sql`delete from identity.session where person_id = ${id}`.execute(tx);
}

export async function setLanguage(tx: Tx, id: string, language: Language): Promise<void> {
  await sql`update identity.person set language = ${language} where id = ${id}`.execute(tx);
}

/** Closes an account, or opens it again. A closed account's sessions end. */
export async function setDisabled(tx: Tx, id: string, at: Date | null): Promise<void> {
  await sql`update identity.person set disabled_at = ${at} where id = ${id}`.execute(tx);
  if (at) await sql`delete from identity.session where person_id = ${id}`.execute(tx);
}

export async function anybody(db: Sql): Promise<boolean> {
  const r = await sql<{ any: boolean }>`select exists (select 1 from identity.person) as any`.execute(db);
  return r.rows[0]!.any;
}

/** An account as administrators see it. */
export interface Account {
  id: string;
  username: string;
  displayName: string;
  archiveId: string | null;
  createdAt: Date;
  disabledAt: Date | null;
  /** Has no password yet: the one-time link waits for the person. */
  waiting: boolean;
}

const ACCOUNT = sql`p.id, p.username, p.display_name as "displayName", p.archive_id as "archiveId",
  p.created_at as "createdAt", p.disabled_at as "disabledAt",
  (p.password_hash is null and exists (select 1 from identity.password_link l where l.person_id = p.id)) as waiting`;

/** Accounts of these archives, and those with a role there, by user name. */
export async function accountPage(
  db: Sql,
  o: { archives: readonly string[]; q?: string | undefined; after?: string | undefined; limit: number },
): Promise<Account[]> {
  const q = o.q ? `%${o.q.replaceAll(/[\\%_]/g, '\\$&')}%` : null;
  const r = await sql<Account>`select ${ACCOUNT} from identity.person p
    where (p.archive_id = any(${o.archives}::uuid[]) or exists (
        select 1 from identity.membership m where m.person_id = p.id and m.archive_id = any(${o.archives}::uuid[])))
      and (${q}::text is null or p.username ilike ${q} or p.display_name ilike ${q})
      and (${o.after ?? null}::text is null or p.username > ${o.after ?? null})
    order by p.username limit ${o.limit}`.execute(db);
  return r.rows;
}

export async function accountById(db: Sql, id: string, lock = false): Promise<Account | undefined> {
  const r = await sql<Account>`select ${ACCOUNT} from identity.person p where p.id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(db);
  return r.rows[0];
}

/** People somebody can hand work to: who can sign in, and belongs to the archive or has a role there. */
export async function colleaguesOf(
  db: Sql,
  archiveId: string,
): Promise<{ id: string; displayName: string }[]> {
  const r = await sql<{ id: string; displayName: string }>`
    select p.id, p.display_name as "displayName" from identity.person p
    where p.disabled_at is null and (p.archive_id = ${archiveId} or exists (
      select 1 from identity.membership m where m.person_id = p.id and m.archive_id = ${archiveId}
        and (m.until_at is null or m.until_at > now())))
    order by p.display_name, p.username limit 500`.execute(db);
  return r.rows;
}
