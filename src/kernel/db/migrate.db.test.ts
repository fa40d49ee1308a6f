import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { type Migration, migrate } from './migrate.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

const script = (name: string, sql: string, again: boolean): Migration => ({
  name,
  again,
  sql,
  digest: createHash('sha256').update(sql).digest('hex'),
});

it('runs functions again when their text has changed, after the tables, and refuses changed tables', async () => {
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  const done = (await client.query('select name, digest from lantai.migration')).rows as Migration[];
  const before = done.map((m) => ({ ...m, sql: '', again: false }));
  const two = (answer: number) =>
    script(
      '9001_answer',
      `create or replace function public.answer() returns int language sql as 'select ${answer} + count(*)::int from public.thing'`,
      true,
    );
  const table = script('9002_thing', 'create table public.thing (n int)', false);
  const answer = async () => (await client.query('select public.answer() as n')).rows[0].n;

  expect(await migrate(fresh.url, [...before, two(1), table])).toEqual(['9002_thing', '9001_answer']);
  expect(await answer()).toBe(1);
  expect(await migrate(fresh.url, [...before, two(1), table])).toEqual([]);
  expect(await migrate(fresh.url, [...before, two(2), table])).toEqual(['9001_answer']);
  expect(await answer()).toBe(2);
  const changed = script('9002_thing', 'create table public.thing (n bigint)', false);
  await expect(migrate(fresh.url, [...before, two(2), changed])).rejects.toMatchObject({
    code: 'migration.changed',
  });
  await client.end();
});
