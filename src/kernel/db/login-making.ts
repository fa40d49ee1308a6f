import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/**
 * Makes the login, or gives the one there its password and rights.
 *
 * @returns why it could not, in words for the person; undefined when done
 */
export async function allowLogin(
  owner: pg.Client,
  { name, password }: { name: string; password: string },
  role: string,
): Promise<string | undefined> {
  const login = pg.escapeIdentifier(name);
  const verifier = pg.escapeLiteral(scramVerifier(password));
  try {
    const there = await owner.query('select from pg_roles where rolname = $1', [name]);
    if (there.rowCount === 0)
      await patiently(
        owner,
        `create role ${login} login inherit nosuperuser nobypassrls nocreatedb nocreaterole`,
      );
    await patiently(owner, `alter role ${login} login inherit password ${verifier}`);
    await patiently(owner, `alter role ${login} reset all`);
    await patiently(owner, `grant ${role} to ${login}`);
    return undefined;
  } catch (e) {
    if (codeOf(e) === '42501') return `the owner may not make the login ${name}`;
    throw e;
  }
}

/** Takes from everybody the making of tables, temporary ones too, in Lantai's database: the owner needs no leave for it. */
export async function closeToOthers(owner: pg.Client, name: string): Promise<void> {
  const { rows } = await owner.query<{ database: string; temp: boolean; schema: boolean }>(
    `select current_database() as database, has_database_privilege($1, current_database(), 'temp') as temp,
       to_regnamespace('public') is not null and has_schema_privilege($1, 'public', 'create') as schema`,
    [name],
  );
  const { database, temp, schema } = rows[0]!;
  // Where the owner of the tables is not the owner of the database this is not for it to say.
  if (temp)
    await owner
      .query(`revoke temporary, create on database ${pg.escapeIdentifier(database)} from public`)
      .catch(() => {});
  if (schema) await owner.query('revoke create on schema public from public').catch(() => {});
}

/** What PostgreSQL keeps in the place of a password (SCRAM-SHA-256, RFC 7677), so that the password is in no log. */
export function scramVerifier(password: string, salt = randomBytes(16), rounds = 4096): string {
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256');
  const keyed = (word: string) => createHmac('sha256', salted).update(word).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`;
}

/** Two processes may come to this at once: what the other has made is made, what it is changing is tried again. */
async function patiently(owner: pg.Client, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await owner.query(statement);
      return;
    } catch (e) {
      if (['42710', '23505'].includes(codeOf(e) ?? '')) return;
      if (codeOf(e) !== 'XX000' || attempt === 20) throw e;
      await pause(10 * attempt);
    }
  }
}

const codeOf = (e: unknown) => (e instanceof pg.DatabaseError ? e.code : undefined);
