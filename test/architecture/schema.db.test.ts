import { describe, expect, it } from 'vitest';
import { ownerClient } from '../support/ownerClient.ts';

const client = ownerClient();

/** Tables the application's role has no rights on at all; only the system reads them. */
const SYSTEM_ONLY = ['lantai', 'identity', 'audit', 'search', 'holdings', 'examination', 'printing'];

describe('the schema', () => {
  it('puts row-level security on every table the application can touch', async () => {
    const { rows } = await client.query<{ name: string }>(`
      select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')
        and not c.relrowsecurity
        and (has_table_privilege('lantai_app', c.oid, 'select') or has_table_privilege('lantai_app', c.oid, 'insert')
          or has_table_privilege('lantai_app', c.oid, 'update') or has_table_privilege('lantai_app', c.oid, 'delete'))
      order by 1`);
    // Insert alone: an entry's mark that it waits for its place.
    expect(rows.map((r) => r.name)).toEqual(['audit.unplaced']);
  });

  it('gives no rights to everybody and leaves no table outside its schemas', async () => {
    const { rows } = await client.query<{ schema: string }>(`
      select distinct n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1`);
    const known = [
      ...SYSTEM_ONLY,
      'authorities',
      'checks',
      'preservation',
      'digitisation',
      'access',
      'backup',
      'filing',
      'intake',
      'transfer',
      'classified',
      'guidance',
      'fondsfile',
      'accessions',
      'deposit',
      'federation',
      'pgboss',
    ];
    expect(rows.map((r) => r.schema).filter((s) => !known.includes(s))).toEqual([]);
  });

  it('gives the application a role that can neither log in nor go round the policies', async () => {
    const { rows } = await client.query(
      `select rolcanlogin, rolbypassrls, rolsuper, rolcreaterole from pg_roles where rolname = 'lantai_app'`,
    );
    expect(rows).toEqual([
      { rolcanlogin: false, rolbypassrls: false, rolsuper: false, rolcreaterole: false },
    ]);
  });
});
