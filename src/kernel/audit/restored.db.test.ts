import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { memoryCopy } from '../../../test/support/trail.ts';
import { createAuditTrail, createSequencer, lastRestore, settleRestoration, verifyAudit } from '../audit.ts';
import { fixedClock } from '../clock.ts';
import { type Database, openDatabase } from '../db.ts';
import { newId } from '../ids.ts';
import { createKeyring } from '../keyring.ts';
import { silentLog } from '../log.ts';
import { newMasterKey } from '../signing/sealing.ts';

const clock = fixedClock('2026-03-01T02:00:00Z');
const audit = createAuditTrail(clock, newId, 'sha256');
const keyring = createKeyring({
  clock,
  masterKey: newMasterKey(),
  statementAlgorithm: 'ed25519',
  pdfAlgorithm: 'p256',
});
const BACK = { backup: '20260301T020000Z-abc', takenAt: '2026-03-01T02:00:00Z' };
const LANTAI = { id: null, name: 'lantai' };

let fresh: FreshDatabase;
let db: Database;
let lines: string[];
beforeEach(async () => {
  fresh = await freshDatabase();
  db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 3 });
  lines = [];
});
afterEach(async () => {
  await db.close();
  await fresh.drop();
});

const verify = () => verifyAudit({ db, clock, keyring, copies: [memoryCopy(lines)] });
const settle = (back: Parameters<typeof settleRestoration>[2] = BACK) =>
  settleRestoration({ db, clock, keyring, audit, copies: [memoryCopy(lines)] }, LANTAI, back);

/** So many acts, placed and signed for. */
async function days(...acts: number[]): Promise<void> {
  const copies = [memoryCopy(lines)];
  const sequencer = createSequencer({ db, clock, log: silentLog, keyring, algorithm: 'sha256', copies });
  for (const n of acts) {
    const target = { type: 'unit', id: 'u' };
    for (let i = 0; i < n; i++)
      await db.system((tx) =>
        audit.append(tx, { actor: LANTAI, archiveId: null, act: 'unit.corrected', target, detail: {} }),
      );
    await sequencer.place();
    await sequencer.checkpoint();
  }
}

/** Remembers the trail as a backup does. @returns brings it back */
async function backup(): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  const { rows } = await client.query<{ size: number }>('select size, hashes from audit.frontier');
  const frontier = rows[0];
  return async () => {
    for (const t of ['entry', 'leaf', 'checkpoint'])
      await client.query(`alter table audit.${t} disable trigger user`);
    await client.query('create temp table gone as select entry_id from audit.leaf where position >= $1', [
      frontier?.size,
    ]);
    await client.query('delete from audit.leaf where position >= $1', [frontier?.size]);
    await client.query('delete from audit.entry where id in (select entry_id from gone)');
    await client.query('delete from audit.checkpoint where size > $1', [frontier?.size]);
    await client.query('update audit.frontier set size = $1, hashes = $2', Object.values(frontier ?? {}));
    await client.end();
  };
}

describe('a trail that a backup took back', () => {
  it('is whole, and says how much of it is lost, as long as a restore was signed for', async () => {
    await days(3);
    const bringBack = await backup();
    await days(2, 2);
    await bringBack();
    expect((await verify()).findings.map((f) => f.code)).toContain('audit.truncated');

    expect(await lastRestore(db.owner)).toBeUndefined();
    expect(await settle()).toEqual({ size: 3, signed: true, settled: true });
    expect(await lastRestore(db.owner)).toMatchObject({ ...BACK, entries: 4 });
    const after = await verify();
    expect(after).toMatchObject({ valid: true, checkpoints: 1 });
    expect(after.findings).toMatchObject([{ code: 'audit.restored', severity: 'warning' }]);
    expect(after.findings[0]?.message).toContain('4 entries');
    expect(await settle(), 'signed for already').toMatchObject({ signed: false });

    await days(5);
    expect(await verify()).toMatchObject({ valid: true, entries: 3 + 1 + 5, checkpoints: 2 });
    expect(lines.length, 'the second place goes on').toBe(4);
    expect(await settle(), 'nothing is further than we are').toMatchObject({ signed: false });
  });

  it('may have been taken back twice, behind the first time too', async () => {
    await days(3);
    const first = await backup();
    await days(2);
    await first();
    await settle();
    await days(1);
    const second = await backup();
    await days(6);
    await second();
    await settle();
    await days(4);
    const verdict = await verify();
    expect(verdict).toMatchObject({ valid: true });
    expect(verdict.findings.map((f) => f.code)).toEqual(['audit.restored', 'audit.restored']);
  });

  it('is cut all the same where its end is cut after the restore', async () => {
    await days(3);
    const bringBack = await backup();
    await days(4);
    await bringBack();
    await settle();
    await days(1);
    const cut = await backup();
    await days(3);
    await cut();
    expect((await verify()).findings.map((f) => f.code)).toContain('audit.truncated');
  });

  it('is not excused by an entry that this installation did not sign', async () => {
    await days(3);
    const bringBack = await backup();
    await days(4);
    await bringBack();
    await db.system((tx) =>
      audit.append(tx, {
        actor: LANTAI,
        archiveId: null,
        act: 'audit.restored',
        target: { type: 'audit', id: '3' },
        detail: { statement: '{"type":"lantai/trail-restored","payload":{"size":3}}' },
      }),
    );
    const { valid, findings } = await verify();
    expect(valid).toBe(false);
    expect(findings.map((f) => f.code)).toEqual(
      expect.arrayContaining(['audit.restored', 'audit.truncated']),
    );
  });

  it('is signed for later where a second place was out of reach at first', async () => {
    await days(3);
    const bringBack = await backup();
    await days(4);
    await bringBack();
    const away = lines;
    lines = [];
    const first = await settle();
    expect(first).toEqual({ size: 3, signed: false, settled: false });
    await days(2);
    lines = away;
    expect(await settle({ ...BACK, size: first.size })).toEqual({ size: 3, signed: true, settled: true });
    await days(1);
    expect(await verify()).toMatchObject({ valid: true, findings: [{ code: 'audit.restored' }] });
  });

  it('needs no word of it where no second place went further', async () => {
    await days(3);
    expect(await settle()).toMatchObject({ signed: false, settled: true });
    expect(await verify()).toMatchObject({ valid: true, entries: 3, findings: [] });
  });
});
