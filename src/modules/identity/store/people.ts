import type { Language } from '#kernel/actor';
import { type Sql, sql, type Tx } from '#kernel/db';

export interface PersonRow {
  id: string;
  username: string;
  displayName: string;
  passwordHash: string;
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

export async function insertPerson(tx: Tx, p: Omit<PersonRow, 'disabledAt'>): Promise<boolean> {
  const r = await sql`insert into identity.person (id, username, display_name, password_hash, language)
    values (${p.id}, ${p.username}, ${p.displayName}, ${p.passwordHash}, ${p.language}) on conflict do nothing`.execute(
    tx,
  );
  return Number(r.numAffectedRows) === 1;
}

export async function setPassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
  await sql`update identity.person set password_hash = ${passwordHash} where id = ${id}`.execute(tx);
  await sql`delete from identity.session where person_id = ${id}`.execute(tx);
}

export async function setLanguage(tx: Tx, id: string, language: Language): Promise<void> {
  await sql`update identity.person set language = ${language} where id = ${id}`.execute(tx);
}

export async function anybody(db: Sql): Promise<boolean> {
  const r = await sql<{ any: boolean }>`select exists (select 1 from identity.person) as any`.execute(db);
  return r.rows[0]!.any;
}

export interface MembershipRow {
  archiveId: string;
  role: string;
  subtree: boolean;
}

export async function membershipsOf(db: Sql, personId: string): Promise<MembershipRow[]> {
  const r = await sql<MembershipRow>`select archive_id as "archiveId", role, subtree from identity.membership
    where person_id = ${personId}`.execute(db);
  return r.rows;
}

export async function addMembership(tx: Tx, personId: string, m: MembershipRow): Promise<void> {
  await sql`insert into identity.membership (person_id, archive_id, role, subtree)
    values (${personId}, ${m.archiveId}, ${m.role}, ${m.subtree})
    on conflict (person_id, archive_id, role) do update set subtree = excluded.subtree`.execute(tx);
}
