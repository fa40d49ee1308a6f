import { createHmac } from 'node:crypto';
import pg from 'pg';
import { messageOf, Refusal } from '../errors.ts';
import { allowLogin, closeToOthers } from './login-making.ts';
import { giveSealKey, sealKey } from './seal.ts';

/** The role whose rights row-level security is written for; migrations make it. */
export const APP_ROLE = 'lantai_app';

/** How the application's transactions are told from the owner's. */
export type AppLogin =
  /** By a login of their own, which is a member of `lantai_app` and of nothing else. */
  | { kind: 'own' | 'given'; name: string; url: string }
  /** By `set local role` alone, which SQL of the session could take back. */
  | { kind: 'none'; reason: string };

/**
 * The login that goes with an owner: named after it, its password drawn from the owner's. So every process that has the
 * owner's address has the same one, nothing is kept anywhere, and the login's password tells nothing of the owner's.
 *
 * @returns undefined where the address has no password to draw from
 */
export function derivedLogin(ownerUrl: string): { name: string; password: string; url: string } | undefined {
  const url = new URL(ownerUrl);
  if (!url.password) return undefined;
  const owner = decodeURIComponent(url.username);
  const name = `${Buffer.from(owner)
    .subarray(0, 50)
    .toString('utf8')
    .replace(/\ufffd+$/, '')}_web`;
  const password = createHmac('sha256', decodeURIComponent(url.password))
    .update(`lantai application login\n${owner}\n${name}`)
    .digest('hex');
  url.username = encodeURIComponent(name);
  url.password = password;
  return { name, password, url: url.href };
}

/**
 * Makes sure of the login of the application's transactions, as far as the owner may: the one given, else the derived one,
 * made or given its password anew where that is needed; and that the database has the key its transactions are sealed with.
 * Several processes may come to it at once. The migrations have run before.
 *
 * @param given LANTAI_DATABASE_APP_URL
 * @throws Refusal `database.appLogin` when a login there is can do more than the application may, or the one given
 * can not be used
 */
export async function prepareLogin(ownerUrl: string, given?: string): Promise<AppLogin> {
  return withClient(ownerUrl, async (owner) => {
    const login = await loginOf(owner, ownerUrl, given);
    if (login.kind === 'none') return login;
    const key = sealKey(ownerUrl, login.url);
    if (!key)
      return {
        kind: 'none',
        reason: 'neither LANTAI_DATABASE_URL nor LANTAI_DATABASE_APP_URL has a password',
      };
    await giveSealKey(owner, key);
    return login;
  });
}

async function loginOf(owner: pg.Client, ownerUrl: string, given: string | undefined): Promise<AppLogin> {
  if (given) return givenLogin(owner, given);
  const derived = derivedLogin(ownerUrl);
  if (!derived) return { kind: 'none', reason: 'LANTAI_DATABASE_URL has no password' };
  const login = { kind: 'own' as const, name: derived.name, url: derived.url };
  const first = await tryLogin(derived.url);
  if (!('refused' in first) && first.member && !first.settings) {
    await closeToOthers(owner, derived.name);
    return fitting(login, first, await placeOf(owner));
  }
  const trouble = await allowLogin(owner, derived, APP_ROLE);
  const found = await tryLogin(derived.url);
  if ('refused' in found) return { kind: 'none', reason: trouble ?? found.refused };
  if (!found.member) return { kind: 'none', reason: trouble ?? `${derived.name} is no ${APP_ROLE}` };
  await closeToOthers(owner, derived.name);
  return fitting(login, found, await placeOf(owner));
}

async function givenLogin(owner: pg.Client, url: string): Promise<AppLogin> {
  let found = await tryLogin(url);
  if (!('refused' in found) && !found.member) {
    // On the first start the role was made just now.
    await owner.query(`grant ${APP_ROLE} to ${pg.escapeIdentifier(found.name)}`).catch(() => {});
    found = await tryLogin(url);
  }
  if ('refused' in found)
    throw refusal(`LANTAI_DATABASE_APP_URL can not be used: ${found.refused}.`, found.refused);
  const { name } = found;
  if (!found.member)
    throw refusal(
      `The login ${name} of LANTAI_DATABASE_APP_URL is not a member of ${APP_ROLE}. Run as an administrator of the database: grant ${APP_ROLE} to ${pg.escapeIdentifier(name)}`,
    );
  return fitting({ kind: 'given', name, url }, found, await placeOf(owner));
}

interface Found {
  name: string;
  member: boolean;
  /** Whether it has settings of its own, which only it can have made. */
  settings: boolean;
  /** What it can do that it should not. */
  excess: string[];
  place: string;
}

const PLACE = `current_database() || ' since ' || pg_postmaster_start_time()::text`;

async function placeOf(owner: pg.Client): Promise<string> {
  return (await owner.query<{ place: string }>(`select ${PLACE} as place`)).rows[0]!.place;
}

/** What a login is and may; or why it is refused. */
async function tryLogin(url: string): Promise<Found | { refused: string }> {
  try {
    return await withClient(url, async (client) => {
      const { rows } = await client.query<Omit<Found, 'excess'> & { can: string[]; roles: string[] }>(
        `select r.rolname as name, r.rolconfig is not null as settings, ${PLACE} as place,
           coalesce(pg_has_role(r.oid, (select oid from pg_roles where rolname = $1), 'usage'), false) as member,
           array_remove(array[case when rolsuper then 'superuser' end, case when rolbypassrls then 'bypassrls' end,
             case when rolcreaterole then 'createrole' end, case when rolcreatedb then 'createdb' end,
             case when rolreplication then 'replication' end], null) as can,
           array(select o.rolname::text from pg_roles o where o.oid <> r.oid and o.rolname <> $1
             and pg_has_role(r.oid, o.oid, 'member') order by 1) as roles
         from pg_roles r where r.rolname = session_user`,
        [APP_ROLE],
      );
      const { can, roles, ...found } = rows[0]!;
      return { ...found, excess: [...can, ...roles.map((role) => `member of ${role}`)] };
    });
  } catch (e) {
    // Refused (28…) or not let into the database. What passes, such as a server that is slow, must not cost the login.
    if (e instanceof pg.DatabaseError && /^(28|42501)/.test(e.code ?? '')) return { refused: messageOf(e) };
    throw e;
  }
}

function fitting(login: Exclude<AppLogin, { kind: 'none' }>, found: Found, place: string): AppLogin {
  if (found.excess.length > 0)
    throw refusal(
      `The database login ${login.name} can do more than the application may (${found.excess.join(', ')}). Take that from it, or name another in LANTAI_DATABASE_APP_URL.`,
    );
  if (found.place !== place)
    throw refusal('LANTAI_DATABASE_APP_URL and LANTAI_DATABASE_URL lead to different databases.');
  return login;
}

const refusal = (sentence: string, cause?: string) =>
  new Refusal('database.appLogin', sentence, cause ? { cause } : {});

async function withClient<T>(url: string, fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'lantai',
    connectionTimeoutMillis: 15_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return await fn(client);
  } finally {
    await client.end().catch(() => {});
  }
}
