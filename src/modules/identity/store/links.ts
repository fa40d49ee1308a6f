import { sql, type Tx } from '#kernel/db';

export interface PasswordLink {
  personId: string;
  /** The second factor is lost as well. */
  clearsFactors: boolean;
}

/** One link a person: an older one stops working. */
export async function insertPasswordLink(
  tx: Tx,
  digest: Buffer,
  link: PasswordLink & { expiresAt: Date },
): Promise<void> {
  await sql`delete from identity.password_link where person_id = ${link.personId}`.execute(tx);
  await sql`insert into identity.password_link (token_digest, person_id, clears_factors, expires_at)
    values (${digest}, ${link.personId}, ${link.clearsFactors}, ${link.expiresAt})`.execute(tx);
}

/** Uses a link up. Undefined when it is not valid. */
export async function takePasswordLink(tx: Tx, digest: Buffer, now: Date): Promise<PasswordLink | undefined> {
  const r = await sql<PasswordLink>`delete from identity.password_link
    where token_digest = ${digest} and expires_at > ${now}
    returning person_id as "personId", clears_factors as "clearsFactors"`.execute(tx);
  return r.rows[0];
}
