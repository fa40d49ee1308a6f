import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { type Database, openDatabase, sql } from '../db.ts';
import { newId } from '../ids.ts';
import { createJobs, type Jobs } from '../jobs.ts';
import { silentLog } from '../log.ts';

let fresh: FreshDatabase;
let db: Database;
let jobs: Jobs;

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase({ url: fresh.url, max: 3 });
  jobs = createJobs(db, silentLog, newId);
  await jobs.prepare(['count']);
});
afterAll(async () => {
  await jobs.stop();
  await db.close();
  await fresh.drop();
});

it('a job whose every process was killed is told to have failed, others go on', async () => {
  const [given, waiting] = await db.system(async (tx) => [
    await jobs.enqueue(tx, 'count', {}),
    await jobs.enqueue(tx, 'count', {}),
  ]);
  await sql`update lantai.job set state = 'running' where id = ${given}`.execute(db.owner);
  await sql`update pgboss.job set state = 'failed' where data ->> 'jobId' = ${given}`.execute(db.owner);
  expect(await jobs.endForgotten()).toBe(1);
  expect(await jobs.endForgotten()).toBe(0);
  await db.system(async (tx) => {
    expect(await jobs.find(tx, given!)).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(/ended/),
    });
    expect(await jobs.find(tx, waiting!)).toMatchObject({ state: 'queued' });
  });
});

it('the queue tries a job as often as its kind says, else five times', async () => {
  const ids = await db.system(async (tx) => [
    await jobs.enqueue(tx, 'count', {}),
    await jobs.enqueue(tx, 'count', {}, { attempts: 8 }),
  ]);
  const { rows } = await sql<{ n: number }>`select retry_limit + 1 as n from pgboss.job
    where data ->> 'jobId' = any(${ids}::text[]) order by retry_limit`.execute(db.owner);
  expect(rows.map((r) => r.n)).toEqual([5, 8]);
});
