import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { archivesScope, type Database, openDatabase, PUBLIC, type Scope, SYSTEM, sql } from '../db.ts';
import { newId } from '../ids.ts';

let fresh: FreshDatabase;
let db: Database;
const [county, city, bureau, school] = [newId(), newId(), newId(), newId()];

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 2 });
  await sql`create table lantai.deal (archive_id uuid, agency_id uuid, name text)`.execute(db.owner);
  await sql`insert into lantai.deal values (${county}, ${bureau}, 'bureau'), (${county}, ${school}, 'school'),
    (${city}, ${newId()}, 'of the city')`.execute(db.owner);
  await sql`alter table lantai.deal enable row level security`.execute(db.owner);
  await sql`create policy reach on lantai.deal using ((select lantai.sees_all())
    or agency_id = any ((select lantai.filing_agencies())::uuid[])
    or archive_id = any ((select lantai.filing_archives())::uuid[]))`.execute(db.owner);
  await sql`grant select on lantai.deal to lantai_app`.execute(db.owner);
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

const seen = (scope: Scope): Promise<string[]> =>
  db.as(scope, async (tx) =>
    (await sql<{ name: string }>`select name from lantai.deal order by name`.execute(tx)).rows.map(
      (r) => r.name,
    ),
  );

it('shows rows of an agency to the agency, of an archive to those who work with all its agencies, and to nobody else', async () => {
  expect(await seen({ ...PUBLIC, filing: { archives: [], agencies: [bureau] } })).toEqual(['bureau']);
  expect(await seen(archivesScope([county]))).toEqual(['bureau', 'school']);
  expect(await seen(SYSTEM)).toHaveLength(3);
  expect(await seen(PUBLIC)).toEqual([]);
});

it('believes no claim that the program did not seal', async () => {
  const claimed = await db.as(PUBLIC, async (tx) => {
    const reach = JSON.stringify({ filing: { archives: `{${county}}`, agencies: `{${school}}` } });
    await sql`select set_config('lantai.reach', ${reach}, true)`.execute(tx);
    return (await sql`select 1 from lantai.deal`.execute(tx)).rows;
  });
  expect(claimed).toEqual([]);
});
