import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { openPackage, readPackage } from '#modules/preservation';
import { incomingText } from '../support/incoming.ts';
import { type KeptHouse, keptHouse } from '../support/keptHouse.ts';
import { oldObject } from '../support/oldObject.ts';

const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 3);
/** Versions pile up with the rounds, and every round reads them all: new entries now and then. */
const ROUNDS_AN_ENTRY = 20;
/** The last run is not killed. */
const LAST = 1000;
const WRITER = fileURLToPath(new URL('./packageWriter.ts', import.meta.url));
let kept: KeptHouse;

beforeAll(async () => {
  kept = await keptHouse();
});
afterAll(() => kept.close());

/** Entries whose files come in, and some whose objects are of the layout before. */
async function entries(batch: number): Promise<{ fresh: string[]; old: string[] }> {
  const { house, db } = kept;
  const fresh: string[] = [];
  const old: string[] = [];
  for (let i = 0; i < 12; i++) {
    const id = await house.holdings.createUnit(kept.keeper, {
      fondsId: kept.fonds,
      title: '题名',
      referenceCode: `J019-2003-D30-${String(batch * 100 + i + 1).padStart(4, '0')}`,
    });
    if (i < 4) {
      fresh.push(id);
      continue;
    }
    old.push(id);
    const files = [await incomingText(join(kept.folder, 'old', id), 'a.txt', `old ${id}`)];
    await oldObject({ db, preservation: house.preservation }, { id, archiveId: kept.archive }, files);
  }
  return { fresh, old };
}

/** Runs the writer, and kills it at some moment. @returns what it acknowledged */
async function write(round: number, fresh: readonly string[]): Promise<string[]> {
  const dataFolder = kept.house.config.dataDir;
  const args = [WRITER, kept.db.url, dataFolder, kept.archive, String(round), ...fresh];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  let out = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      if (out.includes('ready\n')) resolve();
    });
  });
  await Promise.race([ready, ended]);
  if (round < LAST) {
    await pause(Math.random() * 2500);
    expect(child.exitCode, 'the writer runs until it is killed').toBeNull();
    child.kill('SIGKILL');
  }
  await ended;
  if (round === LAST) expect(child.exitCode).toBe(0);
  return out.split('\n').slice(1, -1);
}

describe('objects killed at any moment of taking in, saving texts and renewing', () => {
  it('lose nothing that was acknowledged, and are never half there', {
    timeout: 600_000 + ROUNDS * 30_000,
  }, async () => {
    for (let from = 0; from < ROUNDS; from += ROUNDS_AN_ENTRY) await batchOf(from);
  });
});

async function batchOf(from: number): Promise<void> {
  const { fresh, old } = await entries(from / ROUNDS_AN_ENTRY);
  const { repository } = kept.house.preservation;
  const acknowledged = new Map<string, Set<string>>(fresh.map((id) => [id, new Set()]));
  const rounds = Array.from({ length: Math.min(ROUNDS_AN_ENTRY, ROUNDS - from) }, (_, i) => from + i);
  for (const round of [...rounds, LAST]) {
    for (const line of await write(round, fresh)) {
      const [what, id = '', name = ''] = line.split(' ');
      if (what === 'held') acknowledged.get(id)!.add(name);
    }
    for (const id of [...fresh, ...old]) {
      const objectId = `urn:uuid:${id}`;
      if (!(await repository.exists(objectId))) {
        expect([...(acknowledged.get(id) ?? [])]).toEqual([]);
        continue;
      }
      await repository.recover(objectId);
      expect(await repository.verify(objectId), objectId).toEqual([]);
      const names = new Set<string>();
      for await (const file of (await readPackage(repository, objectId)).files()) names.add(file.name);
      for (const name of acknowledged.get(id) ?? ['a.txt']) expect(names).toContain(name);
    }
  }
  // All is done now: catalogue and objects say the same, and nothing waits.
  for (const id of [...fresh, ...old]) {
    const object = (await openPackage(repository, `urn:uuid:${id}`))!;
    expect(object.format).toBe(1);
    const inObject: string[] = [];
    for await (const { sha512 } of object.files()) inObject.push(sha512);
    const { rows } = await sql<{ sha512: string }>`select sha512 from preservation.content
        where unit_id = ${id} order by ordinal`.execute(kept.db.owner);
    expect(rows.map((r) => r.sha512)).toEqual(inObject);
    const entered =
      await sql`select head, inventory_digest, files::int, bytes::int, package from preservation.object
        where unit_id = ${id}`.execute(kept.db.owner);
    const { head, inventoryDigest, files, bytes } = await repository.measure(`urn:uuid:${id}`);
    expect(entered.rows).toEqual([{ head, inventory_digest: inventoryDigest, files, bytes, package: 1 }]);
    const events = new Set<string>();
    for await (const e of object.events()) events.add(e.id);
    const told = await sql<{ id: string }>`select id from preservation.event
        where object_id = ${`urn:uuid:${id}`}`.execute(kept.db.owner);
    expect(new Set(told.rows.map((e) => e.id))).toEqual(events);
  }
  for (const id of fresh) {
    const texts: number[] = [];
    for await (const { pageNo } of (await readPackage(repository, `urn:uuid:${id}`)).texts())
      texts.push(pageNo);
    const { rows } = await sql<{
      n: number;
    }>`select page_count as n from holdings.unit where id = ${id}`.execute(kept.db.owner);
    expect(texts).toHaveLength(rows[0]!.n);
  }
  for (const table of ['intent', 'text_due'])
    expect((await sql`select from ${sql.raw(`preservation.${table}`)}`.execute(kept.db.owner)).rows).toEqual(
      [],
    );
}
