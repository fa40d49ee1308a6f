import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isIncluded } from '../../../test/support/rfc9162.ts';
import { openTrail, type Trail } from '../../../test/support/trail.ts';
import { planPruning, proveEntry, pruneAudit } from '../audit.ts';
import { sql } from '../db.ts';
import { monthsBefore } from './retention.ts';

const SYSTEM = { id: null, name: 'lantai' };
let trail: Trail;
let reads: string[];
let history: string[];

beforeAll(async () => {
  trail = await openTrail();
  reads = await trail.act(5, 'unit.read');
  history = await trail.act(4, 'unit.corrected');
  await trail.sign();
  trail.clock.set('2025-10-01T02:00:00Z');
  await trail.act(3, 'unit.read');
  await trail.sign();
  trail.clock.set('2026-03-01T02:00:00Z');
});
afterAll(() => trail.close());

const entries = async () =>
  (await sql<{ id: string }>`select id from audit.entry`.execute(trail.db.owner)).rows.map((r) => r.id);

describe('the retention of entries', () => {
  it('is six months at least', async () => {
    await expect(pruneAudit(trail, SYSTEM, 5)).rejects.toMatchObject({ code: 'audit.keepLonger' });
    expect(await entries()).toHaveLength(12);
  });

  it('says beforehand what would go and what stays, and changes nothing', async () => {
    const { acts } = await planPruning(trail, 6);
    expect(acts).toEqual([
      { act: 'unit.corrected', go: 0, stay: 4, because: 'history' },
      { act: 'unit.read', go: 5, stay: 3, because: 'young' },
    ]);
    expect(await entries()).toHaveLength(12);
    await expect(planPruning(trail, 5)).rejects.toMatchObject({ code: 'audit.keepLonger' });
  });

  it('takes out what is of use and old, keeps history, and keeps the tree provable', async () => {
    const { removed } = await pruneAudit(trail, SYSTEM, 6, '年度清理');
    expect(removed).toBe(5);
    const left = await entries();
    expect(left).not.toEqual(expect.arrayContaining([reads[0]]));
    expect(left).toEqual(expect.arrayContaining(history));
    await trail.sign();
    expect(await trail.verify()).toMatchObject({ valid: true, findings: [], pruned: 5 });
    const p = await trail.db.system((tx) => proveEntry(tx, reads[2]!));
    expect(p.entry).toBeUndefined();
    const { size, root } = p.checkpoint;
    expect(isIncluded('sha256', { leaf: p.leafHash, index: p.position, size, path: p.path, root })).toBe(
      true,
    );
  });

  it('is itself an entry, and happens again only when there is something more', async () => {
    const told = await sql<{
      detail: { removed: number };
      purpose: string;
    }>`select detail, purpose from audit.entry
      where act = 'audit.pruned'`.execute(trail.db.owner);
    expect(told.rows[0]?.purpose).toBe('年度清理');
    expect(told.rows.map((r) => r.detail.removed)).toEqual([5]);
    expect((await pruneAudit(trail, SYSTEM, 6)).removed).toBe(0);
    trail.clock.set('2026-05-01T02:00:00Z');
    expect((await pruneAudit(trail, SYSTEM, 6)).removed).toBe(3);
    await trail.sign();
    expect(await trail.verify()).toMatchObject({ valid: true, findings: [], pruned: 8 });
  });

  it('counts months by the calendar', () => {
    expect(monthsBefore(new Date('2026-08-31T10:00:00Z'), 6).toISOString()).toBe('2026-02-28T10:00:00.000Z');
    expect(monthsBefore(new Date('2026-03-01T00:00:00Z'), 14).toISOString()).toBe('2025-01-01T00:00:00.000Z');
  });
});
