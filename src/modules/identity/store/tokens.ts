import { type Sql, sql, type Tx } from '#kernel/db';
import { isFrom } from '../domain/networks.ts';
import type { AccountRow } from './accounts.ts';

export interface TokenRow {
  id: string;
  personId: string;
  name: string;
  capabilities: string[];
  /** Null: every archive the owner works for. */
  archives: string[] | null;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  usedFrom: string | null;
  revokedAt: Date | null;
  /** Networks it may be used from; null: any. */
  addresses: string[] | null;
}

const TOKEN = sql`t.id, t.person_id as "personId", t.name, t.capabilities, t.archives, t.created_at as "createdAt",
  t.expires_at as "expiresAt", t.used_at as "usedAt", t.used_from as "usedFrom", t.revoked_at as "revokedAt",
  t.addresses::text[] as addresses`;

export async function insertToken(
  tx: Tx,
  digest: Buffer,
  t: Omit<TokenRow, 'usedAt' | 'usedFrom' | 'revokedAt' | 'addresses'> & {
    createdBy: string;
    addresses?: readonly string[] | null;
  },
): Promise<void> {
  await sql`insert into identity.api_token (id, token_digest, person_id, name, capabilities, archives, created_at,
      created_by, expires_at, addresses)
    values (${t.id}, ${digest}, ${t.personId}, ${t.name}, ${t.capabilities}::text[], ${t.archives}::uuid[],
      ${t.createdAt}, ${t.createdBy}, ${t.expiresAt}, ${t.addresses ?? null}::cidr[])`.execute(tx);
}

export type TokenPerson = Pick<AccountRow, 'displayName' | 'language'> & TokenRow;

/** A living token that may be used from this address, and whose it is. */
export async function tokenOf(
  db: Sql,
  digest: Buffer,
  o: { now: Date; address: string },
): Promise<TokenPerson | undefined> {
  const r = await sql<TokenPerson>`select ${TOKEN}, p.display_name as "displayName", p.language
    from identity.api_token t join identity.person p on p.id = t.person_id
    where t.token_digest = ${digest} and t.revoked_at is null and t.expires_at > ${o.now}
      and p.disabled_at is null`.execute(db);
  const token = r.rows[0];
  return token && isFrom(token.addresses, o.address) ? token : undefined;
}

/** Notes the use of a token; at most one write a minute. */
export async function touchToken(
  db: Sql,
  { id, usedAt, usedFrom }: Pick<TokenRow, 'id' | 'usedAt' | 'usedFrom'>,
  address: string,
  now: Date,
): Promise<void> {
  if (usedFrom === address && usedAt !== null && now.getTime() - usedAt.getTime() < 60_000) return;
  await sql`update identity.api_token set used_at = ${now}, used_from = ${address}
    where id = ${id} and (used_at is null or used_at < ${now}::timestamptz - interval '1 minute'
      or used_from is distinct from ${address})`.execute(db);
}

/** A person's tokens, those that are over last. */
export async function tokensOf(db: Sql, personId: string, now: Date): Promise<TokenRow[]> {
  const r = await sql<TokenRow>`select ${TOKEN} from identity.api_token t where t.person_id = ${personId}
    order by (t.revoked_at is not null or t.expires_at <= ${now}), t.created_at desc, t.id limit 200`.execute(
    db,
  );
  return r.rows;
}

/** All of an account's tokens end. */
export async function revokeTokens(tx: Tx, personId: string, now: Date): Promise<void> {
  await sql`update identity.api_token set revoked_at = ${now} where person_id = ${personId} and revoked_at is null`.execute(
    tx,
  );
}

/** Where all of an account's tokens may be used from. @param addresses null: anywhere */
export async function limitTokens(
  tx: Tx,
  personId: string,
  addresses: readonly string[] | null,
): Promise<void> {
  await sql`update identity.api_token set addresses = ${addresses}::cidr[]
    where person_id = ${personId} and revoked_at is null`.execute(tx);
}

export async function revokeToken(
  tx: Tx,
  personId: string,
  id: string,
  now: Date,
): Promise<{ name: string } | undefined> {
  const r = await sql<{ name: string }>`update identity.api_token set revoked_at = ${now}
    where person_id = ${personId} and id = ${id} and revoked_at is null returning name`.execute(tx);
  return r.rows[0];
}
