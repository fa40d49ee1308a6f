import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { memoryCopy } from '../../../test/support/trail.ts';
import { createAuditTrail, createSequencer, entryBytes, verifyAudit } from '../audit.ts';
import { fixedClock } from '../clock.ts';
import { type Database, openDatabase, sql } from '../db.ts';
import { newId } from '../ids.ts';
import { createKeyring } from '../keyring.ts';
import { silentLog } from '../log.ts';
import { newMasterKey } from '../signing/sealing.ts';

let fresh: FreshDatabase;
let db: Database;
let published: string[];
const clock = fixedClock('2026-03-01T02:00:00Z');
const audit = createAuditTrail(clock, newId, 'sha256');
const keyring = createKeyring({
  clock,
  masterKey: newMasterKey(),
  statementAlgorithm: 'ed25519',
  pdfAlgorithm: 'p256',
});

beforeEach(async () => {
  fresh = await freshDatabase();
  db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 3 });
  published = [];
  clock.set('2026-03-01T02:00:00Z');
});
afterEach(async () => {
  await db.close();
  await fresh.drop();
});

const sequencer = (checkpointEveryMs?: number) =>
  createSequencer({
    ...(checkpointEveryMs ? { checkpointEveryMs } : {}),
    db,
    clock,
    log: silentLog,
    keyring,
    algorithm: 'sha256',
    copies: [memoryCopy(published)],
  });

const verify = () => verifyAudit({ db, clock, keyring, copies: [memoryCopy(published)] });

async function act(n: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < n; i++) {
    ids.push(
      await db.system((tx) =>
        audit.append(tx, {
          actor: { id: null, name: '王某' },
          archiveId: null,
          act: 'unit.corrected',
          target: { type: 'unit', id: `u${i}` },
          detail: { before: { title: '旧' }, after: { title: `新${i}`, pages: i, flag: true } },
        }),
      ),
    );
  }
  return ids;
}

/** Changes the stored trail as somebody with the database in hand would: triggers off. */
async function tamper(statement: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  try {
    for (const t of ['entry', 'leaf', 'checkpoint'])
      await client.query(`alter table audit.${t} disable trigger user`);
    await client.query(statement, values);
  } finally {
    await client.end();
  }
}

async function whole(n = 7): Promise<string[]> {
  const ids = await act(n);
  const s = sequencer();
  expect(await s.place()).toBe(n);
  await s.checkpoint();
  return ids;
}

describe('the audit trail', () => {
  it('is whole also where a checkpoint is signed while it is being verified', async () => {
    await whole();
    const meanwhile: ReturnType<typeof memoryCopy> = {
      ...memoryCopy(published),
      async lines() {
        await whole(3);
        return memoryCopy(published).lines();
      },
    };
    const verdict = await verifyAudit({ db, clock, keyring, copies: [meanwhile] });
    expect(published).toHaveLength(2);
    expect(verdict).toMatchObject({ valid: true, entries: 7, findings: [] });
  });

  it('is whole as written, with every entry placed and the head signed in two places', async () => {
    await whole();
    await act(2);
    expect(published).toHaveLength(1);
    expect(await verify()).toMatchObject({
      valid: true,
      entries: 7,
      checkpoints: 1,
      unplaced: 2,
      findings: [],
    });
  });

  it('is signed as often as is set, by itself', async () => {
    const often = sequencer(1_000);
    often.start();
    try {
      for (const checkpoints of [1, 2]) {
        await act(1);
        await expect.poll(() => published.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(checkpoints);
      }
    } finally {
      await often.stop();
    }
    expect(await verify()).toMatchObject({ valid: true, entries: 2 });
  });

  it('stays whole when the digest setting is changed after it has begun', async () => {
    await whole(3);
    await act(2);
    const sm3 = createSequencer({
      db,
      clock,
      log: silentLog,
      keyring,
      algorithm: 'sm3',
      copies: [memoryCopy(published)],
    });
    expect(await sm3.place()).toBe(2);
    await sm3.checkpoint();
    expect(await verify()).toMatchObject({ valid: true, entries: 5, checkpoints: 2 });
  });

  it('can not be changed through SQL, by the owner either', async () => {
    await whole(2);
    for (const s of [
      'update audit.entry set act = $$x$$',
      'delete from audit.leaf',
      'truncate audit.checkpoint',
    ]) {
      const client = new pg.Client({ connectionString: fresh.url });
      await client.connect();
      await expect(client.query(s)).rejects.toThrow(/append-only/);
      await client.end();
    }
  });

  it('names the entry that was changed', async () => {
    const ids = await whole();
    await tamper(`update audit.entry set detail = jsonb_set(detail, '{after,title}', '"改"') where id = $1`, [
      ids[3],
    ]);
    const verdict = await verify();
    expect(verdict.valid).toBe(false);
    expect(verdict.findings[0]).toMatchObject({ code: 'audit.changed', path: `entry ${ids[3]} at place 3` });
  });

  it('notices an entry changed together with its leaf', async () => {
    const ids = await whole();
    await tamper(`update audit.leaf set leaf_hash = sha256('x') where entry_id = $1`, [ids[2]]);
    expect((await verify()).findings[0]?.code).toBe('audit.changed');
  });

  it('names the entry that is missing', async () => {
    const ids = await whole();
    await tamper('delete from audit.entry where id = $1', [ids[5]]);
    expect((await verify()).findings[0]).toMatchObject({
      code: 'audit.missing',
      path: `entry ${ids[5]} at place 5`,
    });
  });

  it('notices that the end was cut off, by the signed checkpoint', async () => {
    const ids = await whole();
    await tamper('delete from audit.leaf where position >= 5');
    await tamper('delete from audit.entry where id = any($1)', [ids.slice(5)]);
    expect((await verify()).findings.map((f) => f.code)).toContain('audit.truncated');
  });

  it('notices a cut end and a removed checkpoint by the copy in the second place', async () => {
    const ids = await whole();
    await tamper('delete from audit.checkpoint');
    await tamper('delete from audit.leaf where position >= 5');
    await tamper('delete from audit.entry where id = any($1)', [ids.slice(5)]);
    expect((await verify()).findings.map((f) => f.code)).toContain('audit.truncated');
  });

  it('notices a checkpoint somebody else signed', async () => {
    await whole();
    await tamper(`update audit.checkpoint set statement = replace(statement, '"size":7', '"size":6')`);
    expect((await verify()).findings[0]?.code).toBe('audit.checkpoint');
  });

  it('names an entry that waits too long for its place', async () => {
    const [id] = await act(1);
    clock.set('2026-03-01T02:05:00Z');
    expect((await verify()).findings[0]).toMatchObject({ code: 'audit.unplaced', path: `entry ${id}` });
  });

  it('keeps the hashes of entries from before there were circumstances', () => {
    const entry = {
      id: '0190b5a0-0000-7000-8000-000000000001',
      at: new Date('2026-03-01T02:00:00Z'),
      actor: { id: null, name: '王某' },
      archiveId: null,
      act: 'unit.corrected',
      target: { type: 'unit', id: 'u0' },
      detail: { b: 1, a: '旧' },
    };
    expect(entryBytes(entry).toString()).toBe(
      '{"act":"unit.corrected","actor":{"id":null,"name":"王某"},"archiveId":null,"at":"2026-03-01T02:00:00.000Z",' +
        '"detail":{"a":"旧","b":1},"id":"0190b5a0-0000-7000-8000-000000000001","target":{"id":"u0","type":"unit"}}',
    );
  });

  it('holds circumstances, of the act or of the request around it, and notices when they are changed', async () => {
    const act = {
      actor: { id: null, name: 'x' },
      archiveId: null,
      act: 'a.b',
      target: { type: 't', id: '1' },
    };
    const id = await audit.within({ address: '192.0.2.7', purpose: 'around' }, () =>
      db.system((tx) =>
        audit.append(tx, { ...act, purpose: 'own', result: 'refused', rule: { id: 'r', version: '2' } }),
      ),
    );
    const s = sequencer();
    await s.place();
    await s.checkpoint();
    const row = await sql`select purpose, address, result, rule from audit.entry where id = ${id}`.execute(
      db.owner,
    );
    expect(row.rows).toEqual([
      { purpose: 'own', address: '192.0.2.7', result: 'refused', rule: { id: 'r', version: '2' } },
    ]);
    expect((await verify()).valid).toBe(true);
    for (const change of [
      `purpose = null`,
      `address = '192.0.2.8'`,
      `result = 'done'`,
      `rule = '{"id":"r","version":"3"}'`,
    ]) {
      await tamper(`update audit.entry set ${change}`);
      expect((await verify()).findings[0]?.code).toBe('audit.changed');
      await tamper(
        `update audit.entry set purpose = 'own', address = '192.0.2.7', result = 'refused', rule = '{"id":"r","version":"2"}'`,
      );
      expect((await verify()).valid).toBe(true);
    }
  });

  it('can be written whatever the words are', async () => {
    const hostile = 'a\u0000b\ud800c';
    await db.system((tx) =>
      audit.append(tx, {
        actor: { id: null, name: hostile },
        archiveId: null,
        act: 'a.b',
        target: { type: 't', id: hostile },
        detail: { [hostile]: [hostile, { x: hostile }], n: [1e21, -0, 0.1] },
        purpose: hostile,
      }),
    );
    await sequencer().place();
    expect(await verify()).toMatchObject({ valid: true, entries: 1 });
  });

  it('does not happen when the act fails', async () => {
    await expect(
      db.system(async (tx) => {
        await audit.append(tx, {
          actor: { id: null, name: 'x' },
          archiveId: null,
          act: 'a',
          target: { type: 't', id: '1' },
        });
        throw new Error('the act failed');
      }),
    ).rejects.toThrow('the act failed');
    expect(await sequencer().place()).toBe(0);
  });
});

it('signs with a key set made for it, however long the making takes and whose second it falls in', async () => {
  let at = Date.parse('2026-03-01T02:00:00.900Z');
  const busy = {
    now: () => {
      at += 700;
      return new Date(at);
    },
  };
  const keys = createKeyring({
    clock: busy,
    masterKey: newMasterKey(),
    statementAlgorithm: 'ed25519',
    pdfAlgorithm: 'p256',
  });
  await act(3);
  const s = createSequencer({
    db,
    clock: busy,
    log: silentLog,
    keyring: keys,
    algorithm: 'sha256',
    copies: [],
  });
  await s.place();
  await s.checkpoint();
  // Another machine whose clock is behind signs with the same set, and makes none of its own.
  const behind = { now: () => new Date(at - 60_000) };
  await act(1);
  const other = createSequencer({
    db,
    clock: behind,
    log: silentLog,
    keyring: keys,
    algorithm: 'sha256',
    copies: [],
  });
  await other.place();
  await other.checkpoint();
  const made = await sql<{ n: number }>`select count(*)::int as n from lantai.key_set`.execute(db.owner);
  expect(made.rows[0]!.n).toBe(1);
  expect(await verifyAudit({ db, clock: busy, keyring: keys, copies: [] })).toMatchObject({
    valid: true,
    checkpoints: 2,
  });
});
