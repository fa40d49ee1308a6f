import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationFolders } from '../../../src/main/migrations.ts';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { databaseUrl, dropDatabase } from '../../../test/support/databaseNames.ts';
import { archivesScope, type Database, openDatabase, PUBLIC, SYSTEM, sql } from '../db.ts';
import { newId } from '../ids.ts';
import { derivedLogin, prepareLogin } from './login.ts';
import { migrate, readMigrations } from './migrate.ts';

let fresh: FreshDatabase;
let db: Database;
let login: string;

beforeAll(async () => {
  fresh = await freshDatabase();
  const prepared = await prepareLogin(fresh.url);
  if (prepared.kind !== 'own') throw new Error('the owner of the test server may not make roles');
  login = prepared.name;
  db = openDatabase({ url: fresh.url, appUrl: prepared.url, max: 3 });
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

/** What a statement smuggled into an application's transaction gives. */
const smuggled = (statement: string, scope = SYSTEM) => db.as(scope, (tx) => sql.raw(statement).execute(tx));

describe('a transaction of the application', () => {
  it('is logged in as a role that is nothing but the application', async () => {
    const { rows } = await db.as(PUBLIC, (tx) =>
      sql<{ who: string; as: string }>`select session_user::text as who, current_user::text as "as"`.execute(
        tx,
      ),
    );
    expect(rows).toEqual([{ who: login, as: login }]);
    const owner = await sql<{ who: string }>`select session_user::text as who`.execute(db.owner);
    expect(owner.rows[0]!.who).not.toBe(login);
    expect(login).toBe(`${owner.rows[0]!.who}_web`);
  });

  it.each([
    ['takes the owner’s role', 'set role $owner'],
    ['takes the owner’s role for the transaction', 'set local role $owner'],
    ['becomes the owner by a setting', "select set_config('role', '$owner', true)"],
    ['logs in anew as the owner', 'set session authorization $owner'],
    ['becomes the superuser', 'set role postgres'],
    ['is given the owner’s role', `grant $owner to current_user`],
    ['is given leave to go round the policies', 'alter role current_user bypassrls'],
    ['is made a superuser', 'alter role current_user superuser'],
    ['changes the owner’s password', "alter role $owner password 'x'"],
    ['makes a role', 'create role smuggler'],
    ['makes a table', 'create table public.smuggled (a int)'],
    ['makes a table among the records', 'create table holdings.smuggled (a int)'],
    ['makes a temporary table', 'create temporary table smuggled (a int)'],
    ['makes a schema', 'create schema smuggled'],
    ['makes a function', 'create function lantai.smuggled() returns int language sql as $$ select 1 $$'],
    [
      'changes a function',
      'create or replace function lantai.sees_all() returns boolean language sql as $$ select true $$',
    ],
    ['changes a table', 'alter table holdings.unit disable row level security'],
    ['drops a policy', 'drop policy scope on holdings.unit'],
    ['drops a trigger', 'drop trigger entry_append_only on audit.entry'],
    ['runs a program', "copy (select 1) to program 'true'"],
    ['runs a program that writes', "copy lantai.job (title) from program 'echo x'"],
    ['writes a file', "copy (select 1) to '/tmp/smuggled'"],
    ['reads a file', "select pg_read_file('/etc/hostname')"],
    ['reads the passwords of the roles', 'select rolpassword from pg_authid'],
    ['reads accounts', 'select * from identity.person'],
    ['reads sessions', 'select * from identity.session'],
    ['reads signing keys', 'select * from lantai.key_set'],
    ['replaces a key of personal data', "update lantai.data_key set sealed = ''"],
    ['deletes a key of personal data', 'delete from lantai.data_key'],
    ['reads the index', 'select title from search.entry'],
    ['reads the words of pages', 'select folded from search.page'],
    ['writes the index', 'delete from search.entry'],
    ['changes the trail', "update audit.entry set act = 'x'"],
    ['deletes from the trail', 'delete from audit.entry'],
    ['loads a library', "load 'plpgsql'"],
    ['makes an extension', 'create extension pg_trgm'],
    ['sets what only the server may', "set session_preload_libraries = 'x'"],
    [
      'ends the owner’s connections',
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = '$owner'",
    ],
  ])('never %s', async (_what, statement) => {
    const owner = decodeURIComponent(new URL(fresh.url).username);
    await expect(smuggled(statement.replaceAll('$owner', () => owner))).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('is still nobody else after SQL that ended it', async () => {
    const owner = decodeURIComponent(new URL(fresh.url).username);
    await expect(smuggled(`commit; reset role; set role ${owner}`)).rejects.toMatchObject({ code: '42501' });
  });

  it('stays who it is when the role is reset, in this transaction and the next of the connection', async () => {
    for (const statement of [
      'reset role',
      'set role none',
      'reset session authorization',
      'reset all',
      'discard temp',
    ]) {
      const { rows } = await db.as(PUBLIC, async (tx) => {
        await sql.raw(statement).execute(tx);
        return sql<{ who: string }>`select current_user::text as who`.execute(tx);
      });
      expect(rows).toEqual([{ who: login }]);
    }
  });

  it('reads nothing with row security off, rather than everything', async () => {
    await db.system((tx) =>
      sql`insert into lantai.job (id, kind, title) values (${newId()}, 'test', 'of no archive')`.execute(tx),
    );
    await expect(
      db.as(PUBLIC, async (tx) => {
        await sql`set local row_security = off`.execute(tx);
        return sql`select * from lantai.job`.execute(tx);
      }),
    ).rejects.toThrow(/row-level security/);
    expect((await smuggled('select * from lantai.job', PUBLIC)).rows).toEqual([]);
  });

  it('hears and gives notice', async () => {
    const client = await db.connect();
    const heard = new Promise((resolve) => client.once('notification', (n) => resolve(n.payload)));
    await client.query('listen lantai_test');
    await smuggled("notify lantai_test, 'done'");
    expect(await heard).toBe('done');
    client.release(true);
  });

  it('sees keys of personal data of its archives alone, and adds to those alone', async () => {
    const [mine, theirs] = [newId(), newId()];
    const key = (
      archive: string,
    ) => sql`insert into lantai.data_key (id, archive_id, purpose, cipher, sealed, created_at)
      values (${newId()}, ${archive}, 'test', 'aes-256-gcm', 'x', now())`;
    await db.system((tx) => key(theirs).execute(tx));
    await db.as(archivesScope([mine]), (tx) => key(mine).execute(tx));
    await expect(db.as(archivesScope([mine]), (tx) => key(theirs).execute(tx))).rejects.toThrow(
      /row-level security/,
    );
    const seen = await db.as(archivesScope([mine]), (tx) =>
      sql<{ id: string }>`select archive_id as id from lantai.data_key`.execute(tx),
    );
    expect(seen.rows).toEqual([{ id: mine }]);
    // Whoever works in a part of an archive alone handles applicants there too.
    const exists = { ...archivesScope([]).exists, places: [theirs] };
    const inPart = await db.as({ exists, content: exists }, (tx) =>
      sql<{ id: string }>`select archive_id as id from lantai.data_key`.execute(tx),
    );
    expect(inPart.rows).toEqual([{ id: theirs }]);
  });

  it('works beside the owner’s connections, and both end when the database is closed', async () => {
    const mark = `closing-${newId().slice(-8)}`;
    const marked = (address: string) => `${address}?application_name=${mark}`;
    const open = openDatabase({ url: marked(fresh.url), appUrl: marked(db.appUrl!), max: 1 });
    const connections = async () =>
      (
        await sql<{
          n: number;
        }>`select count(*)::int as n from pg_stat_activity where application_name = ${mark}`.execute(db.owner)
      ).rows[0]!.n;
    // With one connection each, the one waits for the other only if they share a pool.
    await open.as(PUBLIC, () => open.system(async () => expect(await connections()).toBe(2)));
    await open.close();
    await expect.poll(connections).toBe(0);
  });
});

describe('the login', () => {
  it('owns nothing and is a member of the application’s role alone', async () => {
    const owned = await sql`select classid::regclass, objid from pg_shdepend
      where refclassid = 'pg_authid'::regclass and deptype = 'o'
        and refobjid = (select oid from pg_roles where rolname = ${login})`.execute(db.owner);
    expect(owned.rows).toEqual([]);
    const member = await sql<{ role: string }>`select roleid::regrole::text as role from pg_auth_members
      where member = (select oid from pg_roles where rolname = ${login})`.execute(db.owner);
    expect(member.rows).toEqual([{ role: 'lantai_app' }]);
    const above = await sql`select roleid::regrole::text as role from pg_auth_members
      where member = 'lantai_app'::regrole`.execute(db.owner);
    expect(above.rows).toEqual([]);
    const may =
      await sql`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin
      from pg_roles where rolname = ${login}`.execute(db.owner);
    expect(may.rows).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
        rolcanlogin: true,
      },
    ]);
  });

  it('has a password drawn from the owner’s, told by nothing else', () => {
    const one = derivedLogin('postgresql://ow%40ner:p%2Fw@localhost:5432/x?sslmode=require')!;
    expect(one).toMatchObject({ name: 'ow@ner_web', password: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(one.url).toBe(`postgresql://ow%40ner_web:${one.password}@localhost:5432/x?sslmode=require`);
    expect(derivedLogin('postgresql://owner:other@localhost/x')?.password).not.toBe(
      derivedLogin('postgresql://owner:p@localhost/x')?.password,
    );
    expect(derivedLogin('postgresql://owner@localhost/x')).toBeUndefined();
    expect(
      Buffer.byteLength(derivedLogin(`postgresql://${'档'.repeat(21)}:p@localhost/x`)!.name),
    ).toBeLessThan(64);
  });
});

describe('a PostgreSQL kept by others', () => {
  const keeper = `keeper_${randomBytes(4).toString('hex')}`;
  const given = `${keeper}_given`;
  let url: string;
  let admin: pg.Client;
  const home = fileURLToPath(new URL('../../..', import.meta.url));

  beforeAll(async () => {
    admin = new pg.Client({ connectionString: fresh.url });
    await admin.connect();
    await admin.query(`create role ${keeper} login createrole password 'pine-harbour'`);
    await admin.query(`grant ${keeper} to current_user`);
    await admin.query(`create database ${keeper} owner ${keeper}`);
    const address = new URL(databaseUrl(fresh.url, keeper));
    address.username = keeper;
    address.password = 'pine-harbour';
    url = address.href;
    await migrate(url, await readMigrations(migrationFolders(home)));
  });
  afterAll(async () => {
    await dropDatabase(fresh.url, keeper);
    for (const role of [`${keeper}_web`, given, keeper]) {
      await admin.query(`grant ${role} to current_user`).catch(() => {});
      await admin.query(`drop role if exists ${role}`).catch(() => {});
    }
    await admin.end();
  });
  const loginUrl = () => {
    const address = new URL(url);
    address.username = given;
    address.password = 'willow-gate';
    return address.href;
  };
  const who = async (appUrl: string | undefined) => {
    const open = openDatabase({ url, appUrl, max: 2 });
    try {
      const r = await open.as(PUBLIC, (tx) =>
        sql<{
          session: string;
          current: string;
        }>`select session_user::text as session, current_user::text as current
          from holdings.unit right join (select 1) x on true limit 1`.execute(tx),
      );
      return r.rows[0];
    } finally {
      await open.close();
    }
  };

  it('whose owner may not make roles is worked with as before, and says why', async () => {
    await admin.query(`grant lantai_app to ${keeper}`);
    await admin.query(`alter role ${keeper} nocreaterole`);
    expect(await prepareLogin(url)).toEqual({
      kind: 'none',
      reason: `the owner may not make the login ${keeper}_web`,
    });
    expect(await who(undefined)).toEqual({ session: keeper, current: 'lantai_app' });
  });

  it('takes the login an administrator gives, and says what is missing', async () => {
    await admin.query(`create role ${given} login password 'willow-gate'`);
    await expect(prepareLogin(url, loginUrl())).rejects.toThrow(`grant lantai_app to "${given}"`);
    await admin.query(`grant lantai_app to ${given}`);
    expect(await prepareLogin(url, loginUrl())).toEqual({ kind: 'given', name: given, url: loginUrl() });
    expect(await who(loginUrl())).toEqual({ session: given, current: given });
  });

  it('refuses a login that can do more, leads elsewhere or does not let in', async () => {
    await expect(prepareLogin(url, url)).rejects.toMatchObject({ code: 'database.appLogin' });
    await admin.query(`grant ${keeper} to ${given}`);
    await expect(prepareLogin(url, loginUrl())).rejects.toThrow(`member of ${keeper}`);
    await admin.query(`revoke ${keeper} from ${given}`);
    await admin.query(`alter role ${given} createdb`);
    await expect(prepareLogin(url, loginUrl())).rejects.toThrow('createdb');
    await admin.query(`alter role ${given} nocreatedb`);
    await expect(
      prepareLogin(url, databaseUrl(loginUrl(), new URL(fresh.url).pathname.slice(1))),
    ).rejects.toThrow('different databases');
    await expect(prepareLogin(url, loginUrl().replace('willow', 'birch'))).rejects.toThrow(/password/);
  });

  it('whose owner may make roles gets its login, by many processes at once', async () => {
    await admin.query(`alter role ${keeper} createrole`);
    // Whoever may make roles still needs a say over the application's role, which another owner of this server made.
    await admin.query(`grant lantai_app to ${keeper} with admin option`);
    const all = await Promise.all(Array.from({ length: 8 }, () => prepareLogin(url)));
    const expected = { kind: 'own', name: `${keeper}_web`, url: derivedLogin(url)!.url };
    expect(all).toEqual(Array.from({ length: 8 }, () => expected));
    expect(await who(derivedLogin(url)!.url)).toEqual({ session: `${keeper}_web`, current: `${keeper}_web` });
  });

  it('mends a login whose password or settings somebody changed', async () => {
    const client = new pg.Client({ connectionString: derivedLogin(url)!.url });
    await client.connect();
    await client.query(`alter role current_user set search_path = pg_temp`);
    await client.query(`alter role current_user password 'taken'`);
    await client.end();
    expect((await prepareLogin(url)).kind).toBe('own');
    const again = new pg.Client({ connectionString: derivedLogin(url)!.url });
    await again.connect();
    expect((await again.query('show search_path')).rows[0].search_path).toContain('public');
    await again.end();
  });

  it('keeps the login when the owner may no longer make roles', async () => {
    await admin.query(`alter role ${keeper} nocreaterole`);
    expect((await prepareLogin(url)).kind).toBe('own');
  });
});
