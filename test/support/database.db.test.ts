import { expect, it } from 'vitest';
import { ownerClient } from './ownerClient.ts';

const client = ownerClient();

it('gives a test a database of its own with the whole schema', async () => {
  const { rows } = await client.query('select count(*)::int as n from lantai.migration');
  expect(rows[0]?.n).toBeGreaterThan(0);
});

it('runs as an owner that is no superuser, as on a server kept by others', async () => {
  const { rows } = await client.query('select rolsuper from pg_roles where rolname = current_user');
  expect(rows).toEqual([{ rolsuper: false }]);
});

it('counts Chinese characters as letters, so that trigrams find them', async () => {
  const { rows } = await client.query("select '档案' ~ '^[[:alpha:]]+$' as letters");
  expect(rows).toEqual([{ letters: true }]);
});
