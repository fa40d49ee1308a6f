import { type Sql, sql, type Tx } from '#kernel/db';
import type { AccountRow } from './accounts.ts';
import { accountById } from './accounts.ts';

export type Provider = 'oidc' | 'ldap';

/** Who somebody is in another house. */
export interface OutsideIdentity {
  provider: Provider;
  issuer: string;
  subject: string;
}

export async function personLinkedTo(db: Sql, i: OutsideIdentity): Promise<AccountRow | undefined> {
  const r = await sql<{ personId: string }>`select person_id as "personId" from identity.linked_identity
    where provider = ${i.provider} and issuer = ${i.issuer} and subject = ${i.subject}`.execute(db);
  return r.rows[0] && accountById(db, r.rows[0].personId);
}

/** Links an identity. False when it is linked already, to whomever. */
export async function insertLink(tx: Tx, i: OutsideIdentity, personId: string, now: Date): Promise<boolean> {
  const r = await sql`insert into identity.linked_identity (provider, issuer, subject, person_id, linked_at)
    values (${i.provider}, ${i.issuer}, ${i.subject}, ${personId}, ${now}) on conflict do nothing`.execute(
    tx,
  );
  return Number(r.numAffectedRows) === 1;
}

export async function linksOf(db: Sql, personId: string): Promise<(OutsideIdentity & { linkedAt: Date })[]> {
  const r = await sql<
    OutsideIdentity & { linkedAt: Date }
  >`select provider, issuer, subject, linked_at as "linkedAt"
    from identity.linked_identity where person_id = ${personId} order by provider, linked_at limit 50`.execute(
    db,
  );
  return r.rows;
}

export async function deleteLinks(tx: Tx, personId: string, provider: Provider): Promise<OutsideIdentity[]> {
  const r = await sql<OutsideIdentity>`delete from identity.linked_identity
    where person_id = ${personId} and provider = ${provider} returning provider, issuer, subject`.execute(tx);
  return r.rows;
}
