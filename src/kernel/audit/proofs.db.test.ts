import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isConsistent, isIncluded, leafHash } from '../../../test/support/rfc9162.ts';
import { openTrail, type Trail } from '../../../test/support/trail.ts';
import { proveConsistency, proveEntry } from '../audit.ts';
import { sql } from '../db.ts';
import { checkpointPage } from './checkpoints.ts';

const SIZES = [1, 7, 8, 257, 300, 700];

describe.each(['sha256', 'sm3'] as const)('proofs of the trail under %s', (algorithm) => {
  let trail: Trail;
  const ids: string[] = [];

  beforeAll(async () => {
    trail = await openTrail({ algorithm });
    for (const size of SIZES) {
      ids.push(...(await trail.act(size - ids.length)));
      await trail.sign();
    }
  });
  afterAll(() => trail.close());

  it('show an entry to be in the tree of each checkpoint over it, to a verifier written from the RFC', async () => {
    await trail.db.system(async (tx) => {
      const places = [0, 1, 6, 7, 255, 256, 257, 299, 511, 512, 699];
      const position = new Map(
        (
          await sql<{
            id: string;
            position: number;
          }>`select entry_id as id, position from audit.leaf`.execute(tx)
        ).rows.map((r) => [r.position, r.id]),
      );
      for (const place of places) {
        for (const size of SIZES.filter((s) => s > place)) {
          const p = await proveEntry(tx, position.get(place)!, { size });
          expect(p.position).toBe(place);
          expect(leafHash(algorithm, p.entry!)).toBe(p.leafHash);
          const claim = { leaf: p.leafHash, index: place, size, path: p.path, root: p.checkpoint.root };
          expect(isIncluded(algorithm, claim)).toBe(true);
          const forged = leafHash(algorithm, p.entry!.replace('unit.corrected', 'unit.createdxx'));
          expect(isIncluded(algorithm, { ...claim, leaf: forged })).toBe(false);
          if (place > 0) expect(isIncluded(algorithm, { ...claim, index: place - 1 })).toBe(false);
        }
      }
    });
  });

  it('show each checkpoint to begin every later one', async () => {
    await trail.db.system(async (tx) => {
      for (const first of SIZES) {
        for (const second of SIZES.filter((s) => s >= first)) {
          const p = await proveConsistency(tx, first, second);
          const claim = { first, firstRoot: p.first.root, second, secondRoot: p.second.root, path: p.path };
          expect(isConsistent(algorithm, claim)).toBe(true);
          if (first === second) continue;
          expect(isConsistent(algorithm, { ...claim, firstRoot: p.second.root })).toBe(false);
        }
      }
    });
  });

  it('are refused for what is not there or not signed yet', async () => {
    const [late] = await trail.act(1);
    await trail.db.system(async (tx) => {
      await expect(proveEntry(tx, late!)).rejects.toMatchObject({ code: 'audit.notSigned' });
      await expect(proveEntry(tx, ids[0]!, { size: 6 })).rejects.toMatchObject({
        code: 'audit.checkpointNotFound',
      });
      await expect(proveEntry(tx, '0190b5a0-0000-7000-8000-00000000dead')).rejects.toMatchObject({
        code: 'audit.notFound',
      });
      await expect(proveConsistency(tx, 300, 7)).rejects.toMatchObject({ code: 'audit.checkpointNotFound' });
    });
  });

  it('can be made of a tree that grew before nodes were stored', async () => {
    await trail.db.system(async (tx) => {
      await sql`delete from audit.node`.execute(tx);
      const p = await proveEntry(tx, ids[3]!, { size: 700 });
      expect(
        isIncluded(algorithm, {
          leaf: p.leafHash,
          index: p.position,
          size: 700,
          path: p.path,
          root: p.checkpoint.root,
        }),
      ).toBe(true);
    });
  });

  it('stand on checkpoints that are listed newest first, each naming the one before', async () => {
    await trail.db.system(async (tx) => {
      const page = await checkpointPage(tx, { limit: 3 });
      expect(page.map((c) => c.size)).toEqual([700, 300, 257]);
      expect((await checkpointPage(tx, { below: 257, limit: 9 })).map((c) => c.size)).toEqual([8, 7, 1]);
      expect(page[0]!.statement).toMatch(/"previous":"[0-9a-f]{64}"/);
    });
  });
});
