import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, scopeOf } from '#kernel/actor';
import { sql } from '#kernel/db';
import { find } from '#modules/search';
import { faultsOf, type Handovers, handovers, type Sent, someBytes } from '../support/handovers.ts';
import { type KeptHouse, keptHouse } from '../support/keptHouse.ts';

const WORKER = fileURLToPath(new URL('./transferWorker.ts', import.meta.url));
let kept: KeptHouse;
let over: Handovers;

beforeAll(async () => {
  kept = await keptHouse();
  over = await handovers(kept);
});
afterAll(() => kept.close());

const all: Sent[] = [];
const records = (n: number, count = 2): Sent[] => {
  const made = Array.from({ length: count }, (_, i) => ({
    code: `J019-WS·2023·D30-${String(n * 100 + i + 1).padStart(5, '0')}`,
    files: [{ name: '正文.txt', bytes: someBytes(300) }],
  }));
  all.push(...made);
  return made;
};
const stateOf = async (id: string) => (await kept.house.transfers.one(over.who.clerk, id)).state;
const goOn = (id: string) => kept.run('transfer', { id });
/** Goes on until a batch stands somewhere. */
async function until(id: string, wanted: string): Promise<void> {
  for (let i = 0; (await stateOf(id)) !== wanted; i++) {
    expect(i).toBeLessThan(20);
    await over.nextByHand(id);
    await goOn(id);
  }
}
const ALL = { decision: { accepts: 'all' as const, reason: '', leftOut: [] } };

/** Two people do something with the same batch at once, both having seen it as it stands. */
async function atOnce(id: string, acts: readonly [Actor, string, object?][]): Promise<unknown[]> {
  const { version } = await kept.house.transfers.one(over.who.clerk, id);
  const done = await Promise.allSettled(
    acts.map(([by, act, more]) => kept.house.transfers.act(by, id, { act: act as 'send', version, ...more })),
  );
  expect(done.filter((d) => d.status === 'fulfilled')).toHaveLength(1);
  return done.flatMap((d) => (d.status === 'rejected' ? [d.reason] : []));
}
const TOLD = { code: 'transfer.changed', message: expect.stringMatching(/^[A-Z].+\.$/) };

describe('two who do something with a batch at once', () => {
  it('register it: one has, the other is told', async () => {
    const { who } = over;
    const id = await over.begin(records(1));
    await until(id, 'received');
    expect(
      await atOnce(id, [
        [who.receiving, 'register'],
        [who.decider, 'register'],
      ]),
    ).toMatchObject([TOLD]);
    expect(await stateOf(id)).toBe('checking');
  });

  it('decide: accepted or returned, never both', async () => {
    const { who } = over;
    const id = await over.begin(records(2));
    await until(id, 'proposed');
    expect(
      await atOnce(id, [
        [who.decider, 'accept'],
        [who.decider, 'return', { reason: '题名不规范' }],
      ]),
    ).toMatchObject([TOLD]);
    const { moves } = await kept.house.transfers.read(who.clerk, id);
    expect(moves.filter((m) => m.act === 'accept' || m.act === 'return')).toHaveLength(1);
  });

  it('send it and take it back to be revised', async () => {
    const { who } = over;
    const id = await over.begin(records(3));
    await until(id, 'checked');
    expect(
      await atOnce(id, [
        [who.officer, 'send'],
        [who.clerk, 'revise'],
      ]),
    ).toMatchObject([TOLD]);
    expect(['sent', 'preparing']).toContain(await stateOf(id));
  });

  it('propose: one proposal stands', async () => {
    const { who } = over;
    const id = await over.begin(records(4));
    await until(id, 'reviewing');
    await over.answered(id);
    expect(
      await atOnce(id, [
        [who.receiving, 'propose', ALL],
        [who.decider, 'propose', ALL],
      ]),
    ).toMatchObject([TOLD]);
  });

  it('are processes of the system: the same step twice at once comes to the same', async () => {
    const id = await over.begin(records(5));
    for (let i = 0; (await stateOf(id)) !== 'accepted'; i++) {
      expect(i).toBeLessThan(20);
      await over.nextByHand(id);
      // A process that was taken for dead goes on beside the one that took over.
      await Promise.allSettled([goOn(id), goOn(id)]);
    }
    const { batch, moves } = await kept.house.transfers.read(over.who.clerk, id);
    expect(batch.failure).toBeNull();
    expect(moves.filter((m) => m.act === 'takeIn')).toHaveLength(1);
    const mine = all.filter((s) => s.code.includes('005'));
    expect((await faultsOf(kept, mine)).filter((f) => mine.some((s) => f.startsWith(s.code)))).toEqual([]);
  });
});

describe('a search index that can not be written', () => {
  it('keeps no transfer from being accepted; what came in is found once it is made good', async () => {
    const sent = records(6);
    await sql
      .raw(`create function search.broken() returns trigger language plpgsql as $$ begin raise 'the index is broken'; end $$;
        create trigger broken before insert or update on search.entry for each row execute function search.broken()`)
      .execute(kept.db.owner);
    const id = await over.begin(sent);
    await until(id, 'accepted');
    expect(await kept.house.transfers.one(over.who.clerk, id)).toMatchObject({ failure: null });
    const found = async () =>
      (
        await kept.db.as(scopeOf(kept.keeper), (tx) => find(tx, { q: `"${sent[0]!.code}号救济款发放"` }))
      ).hits.map((h) => h.referenceCode);
    expect(await found()).toEqual([]);
    await expect(kept.house.catchUpIndex()).rejects.toThrow('the index is broken');
    await sql.raw('drop trigger broken on search.entry').execute(kept.db.owner);
    expect(await kept.house.catchUpIndex()).toBeGreaterThanOrEqual(sent.length);
    expect(await found()).toEqual([sent[0]!.code]);
    expect(await kept.house.catchUpIndex()).toBe(0);
  });
});

describe('a database that goes away in the middle and comes back', () => {
  it('keeps no batch from being accepted once, and the worker goes on by itself', {
    timeout: 300_000,
  }, async () => {
    const sent = [records(7, 4), records(8, 4)];
    const ids: string[] = [];
    for (const [i, s] of sent.entries()) ids.push(await over.begin(s, i === 1 ? 'folder' : 'zip'));
    const worker = spawn(process.execPath, [WORKER, kept.config.dataDir, kept.db.url], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    try {
      let cuts = 0;
      let open = [...ids];
      // A worker that is only starting may end where there is no database: it has to be at work first.
      let isAtWork = false;
      let nextCut = 0;
      for (let i = 0; open.length > 0; i++) {
        expect(i).toBeLessThan(2_000);
        if (isAtWork && i >= nextCut && cuts < 2) {
          await goneFor(500);
          cuts++;
          nextCut = i + 25;
          await retried();
        }
        await pause(100);
        const still: string[] = [];
        for (const id of open) {
          const state = await over.nextByHand(id).catch(gone);
          isAtWork ||= state === 'checked' || state === 'sent' || state === 'received';
          if (state !== 'accepted') still.push(id);
        }
        open = still;
        expect(worker.exitCode, 'the worker goes on').toBeNull();
      }
      expect(cuts).toBeGreaterThan(0);
      for (const id of ids) {
        const { moves } = await kept.house.transfers.read(over.who.clerk, id);
        expect(moves.filter((m) => m.act === 'takeIn')).toHaveLength(1);
      }
      const codes = sent.flat().map((s) => s.code);
      expect((await faultsOf(kept, sent.flat())).filter((f) => codes.some((c) => f.startsWith(c)))).toEqual(
        [],
      );
    } finally {
      worker.kill('SIGKILL');
    }
  });
});

/** What a person meets whose request was under way: they do it again. */
function gone(e: unknown): string {
  if (e instanceof Error && 'code' in e && String(e.code).startsWith('transfer.')) throw e;
  return 'gone';
}

/** Every connection is cut and none is let in, as while the server starts again. */
async function goneFor(milliseconds: number): Promise<void> {
  const url = new URL(kept.db.url);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  try {
    await admin.query(`alter database ${name} allow_connections false`);
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = current_user',
      [name],
    );
    await pause(milliseconds);
  } finally {
    await admin.query(`alter database ${name} allow_connections true`);
    await admin.end();
  }
}

/** A minute later: the queue tries again what broke off. */
const retried = () =>
  sql`update pgboss.job set start_after = now() where state = 'retry'`
    .execute(kept.db.owner)
    .catch(() => undefined);
