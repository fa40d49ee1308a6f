import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { archivesScope, type Database, openDatabase, sql } from '../db.ts';
import { newId } from '../ids.ts';
import { createJobs, type Jobs } from '../jobs.ts';
import { silentLog } from '../log.ts';

let fresh: FreshDatabase;
let db: Database;
let jobs: Jobs;
const archive = newId();

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 3 });
  jobs = createJobs(db, silentLog, newId);
  await jobs.prepare(['count']);
});
afterAll(async () => {
  await jobs.stop();
  await db.close();
  await fresh.drop();
});

const waiting = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from pgboss.job where name = 'count'`.execute(db.owner))
    .rows[0]!.n;
const enqueue = (fail = false) =>
  db.as(archivesScope([archive]), async (tx) => {
    await jobs.enqueue(tx, 'count', { upTo: 3 }, { archiveId: archive, title: 'counting' });
    if (fail) throw new Error('the change failed');
  });

it('a job is enqueued in the transaction of the application, and not where that fails', async () => {
  await enqueue();
  expect(await waiting()).toBe(1);
  await expect(enqueue(true)).rejects.toThrow('the change failed');
  expect(await waiting()).toBe(1);
});

it('what waits can not be read, changed or taken away from there', async () => {
  for (const statement of [
    'select data from pgboss.job',
    'select data from pgboss.job_common',
    "update pgboss.job_common set data = '{}'",
    'delete from pgboss.job',
    'delete from pgboss.queue',
    "update pgboss.queue set table_name = 'x'",
    "insert into pgboss.schedule (name) values ('count')",
  ])
    await expect(
      db.as(archivesScope([archive]), (tx) => sql.raw(statement).execute(tx)),
      statement,
    ).rejects.toMatchObject({ code: '42501' });
  expect(await waiting()).toBe(1);
});

it('what an earlier version gave is taken back, by many processes at once', async () => {
  await sql`grant select, insert, update, delete on all tables in schema pgboss to lantai_app`.execute(
    db.owner,
  );
  const others = Array.from({ length: 4 }, () => createJobs(db, silentLog, newId));
  await Promise.all(others.map((other) => other.prepare(['count'])));
  await Promise.all(others.map((other) => other.stop()));
  await expect(
    db.as(archivesScope([archive]), (tx) => sql`delete from pgboss.job_common`.execute(tx)),
  ).rejects.toMatchObject({ code: '42501' });
  await enqueue();
  expect(await waiting()).toBe(2);
});
