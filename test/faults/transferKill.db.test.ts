import { type ChildProcess, spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFile } from '#formats/certificate';
import { scopeOf } from '#kernel/actor';
import { sql } from '#kernel/db';
import { find } from '#modules/search';
import { TRANSFER_JOB } from '#modules/transfer';
import { faultsOf, type Handovers, handovers, type Sent, someBytes } from '../support/handovers.ts';
import { type KeptHouse, keptHouse } from '../support/keptHouse.ts';

const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 1);
/** 200 where it is run for long. */
const TRANSFERS = 2 * ROUNDS;
/** On their way at once. */
const AT_ONCE = 10;
/** Milliseconds a worker lives at most from its first moment of work; after one that came to nothing, from the next one's first move. */
const LIFE = ROUNDS > 5 ? 3_000 : 1_500;
const WORKER = fileURLToPath(new URL('./transferWorker.ts', import.meta.url));
let kept: KeptHouse;
let over: Handovers;
let boss: PgBoss;
/** Ended with the test, however that ends. */
const running = new Set<ChildProcess>();

beforeAll(async () => {
  kept = await keptHouse();
  over = await handovers(kept);
  boss = new PgBoss({
    ...{ connectionString: kept.db.url, schema: 'pgboss', max: 1 },
    ...{ supervise: false, schedule: false, migrate: false, monitorIntervalSeconds: 1 },
  });
  await boss.start();
});
afterAll(async () => {
  for (const worker of running) worker.removeAllListeners('close').kill('SIGKILL');
  await boss.stop();
  await kept.close();
});

/** Records of a batch: small ones, and in every third batch one that takes a while to read and to write. */
function recordsOf(n: number): Sent[] {
  return [1, 2, 3].map((i) => ({
    code: `J019-WS·2023·D30-${String(n * 10 + i).padStart(5, '0')}`,
    files: [
      { name: '正文.txt', bytes: someBytes(200 + i) },
      { name: '附件.txt', bytes: someBytes(n % 3 === 0 && i === 2 ? 2_000_000 : 50) },
    ],
  }));
}

async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [WORKER, kept.config.dataDir, kept.db.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      if (data.toString().includes('ready')) resolve();
    });
    child.on('close', (code) => reject(new Error(`the worker ended by itself with ${code}`)));
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  expect(child.exitCode, 'the worker runs until it is killed').toBeNull();
  child.removeAllListeners('close');
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  child.kill('SIGKILL');
  await ended;
}

/** A minute goes by: the queue notices who gave no sign of life, and pauses between tries are over. */
async function aMinuteLater(): Promise<void> {
  await sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '1 minute' where state = 'active'`.execute(
    kept.db.owner,
  );
  await sql`update pgboss.queue set monitor_on = monitor_on - interval '1 minute'`.execute(kept.db.owner);
  await boss.supervise(TRANSFER_JOB);
  await sql`update pgboss.job set start_after = now() where state = 'retry'`.execute(kept.db.owner);
}

/** Whoever has to do something with a batch does it. @returns those that are not accepted yet */
async function peopleGoOn(ids: readonly string[]): Promise<string[]> {
  const open: string[] = [];
  for (const id of ids) {
    const state = await over.nextByHand(id);
    if (state !== 'accepted') open.push(id);
    expect(['returned', 'withdrawn', 'blocked', 'removed']).not.toContain(state);
  }
  return open;
}

/** Steps a worker has taken up, as the queue knows. */
async function stepsAtWork(): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from pgboss.job
    where name = ${TRANSFER_JOB} and state = 'active'`.execute(kept.db.owner);
  return found.rows[0]!.n;
}

const whereTheyStand = async (open: readonly string[]) =>
  (
    await sql`select number, state, failure from transfer.batch where id = any(${[...open]}::uuid[])
      order by number`.execute(kept.db.owner)
  ).rows;

describe('a worker killed at random moments while batches go from the agency to the archive', () => {
  it('loses nothing and doubles nothing: each batch is accepted once, its files are held byte for byte', {
    timeout: 300_000 + TRANSFERS * 60_000,
  }, async () => {
    const all: { id: string; sent: Sent[] }[] = [];
    let open: string[] = [];
    let kills = 0;
    let wasInVain = false;
    let interrupted = 0;
    // Where chance struck no step in the middle, another batch is sent, and the worker struck as soon as it is at work.
    const wanted = () => (interrupted === 0 && open.length === 0 ? all.length + 1 : TRANSFERS);
    while (all.length < wanted() || open.length > 0) {
      while (all.length < wanted() && open.length < AT_ONCE) {
        const n = all.length + 1;
        const sent = recordsOf(n);
        const id = await over.begin(sent, n % 4 === 0 ? 'folder' : 'zip');
        all.push({ id, sent });
        open.push(id);
      }
      const worker = await startWorker();
      running.add(worker);
      const before = JSON.stringify(await whereTheyStand(open));
      let end = performance.now() + Math.random() * LIFE;
      while (performance.now() < end) {
        open = await peopleGoOn(open);
        if (interrupted === 0 && all.length > TRANSFERS && (await stepsAtWork()) > 0) break;
        await pause(Math.min(30, Math.max(0, end - performance.now())));
        if (wasInVain && JSON.stringify(await whereTheyStand(open)) === before)
          end = performance.now() + Math.random() * LIFE;
      }
      await kill(worker);
      running.delete(worker);
      kills++;
      const now = await whereTheyStand(open);
      wasInVain = JSON.stringify(now) === before;
      if (kills > 30 + 10 * TRANSFERS) expect(now).toEqual([]);
      if ((await stepsAtWork()) > 0) interrupted++;
      await aMinuteLater();
      // As every hour: what the queue has given up is taken up again.
      if (kills % 5 === 0) await kept.house.transfers.resume();
      open = await peopleGoOn(open);
    }
    process.stdout.write(
      `${all.length} transfers: the worker killed ${kills} times, ${interrupted} of them in the middle of a step\n`,
    );
    expect(interrupted).toBeGreaterThan(0);
    await kept.house.preservation.writing.settle(-1);
    await kept.house.transfers.resume();
    expect(
      await faultsOf(
        kept,
        all.flatMap((b) => b.sent),
      ),
    ).toEqual([]);
    await papersAreSound(all);
    await searchFinds(all.flatMap((b) => b.sent));
    await nothingIsLeft();
  });
});

/** Entries a package has above its records. */
const CLASSES = 1;

/** Signed once, by both, genuine. */
async function papersAreSound(all: readonly { id: string; sent: readonly Sent[] }[]): Promise<void> {
  const trust = [
    await kept.house.keyring.trustBundle(kept.db.owner, kept.archive),
    await kept.house.keyring.trustBundle(kept.db.owner, over.agencyId),
  ];
  for (const { id, sent } of all) {
    const { batch, moves } = await kept.house.transfers.read(over.who.clerk, id);
    expect(batch).toMatchObject({ state: 'accepted', failure: null, entries: sent.length + CLASSES });
    for (const act of ['precheckPassed', 'receive', 'checkDone', 'takeIn'])
      expect(
        moves.filter((m) => m.act === act),
        act,
      ).toHaveLength(1);
    for (const paper of ['agencyRegister', 'register', 'receipt'] as const) {
      const { text } = await kept.house.transfers.paper(over.who.clerk, id, paper);
      const now = kept.house.clock.now();
      expect(await verifyFile(Buffer.from(text), { trust, now })).toMatchObject({ verdict: 'genuine' });
    }
    const receipt = JSON.parse((await kept.house.transfers.paper(over.who.clerk, id, 'receipt')).text);
    expect(receipt.payload.entries).toBe(sent.length + CLASSES);
  }
}

async function searchFinds(sent: readonly Sent[]): Promise<void> {
  for (const { code } of sent) {
    const { hits } = await kept.db.as(scopeOf(kept.keeper), (tx) => find(tx, { q: `"${code}号救济款发放"` }));
    expect(hits.map((h) => h.referenceCode)).toEqual([code]);
  }
}

async function nothingIsLeft(): Promise<void> {
  const { dataDir } = kept.config;
  for (const side of ['outgoing', 'quarantine'])
    expect(await readdir(join(dataDir, 'transfer', side)), side).toEqual([]);
  expect(await readdir(kept.house.staging.folder), 'uploads').toEqual([]);
  const waiting = await sql`select from preservation.intent`.execute(kept.db.owner);
  expect(waiting.rows).toEqual([]);
}
