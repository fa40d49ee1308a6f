import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge } from '#formats/judging';
import { createDigestPool } from '#kernel/checksums';
import {
  acts,
  furnishedHouse,
  holdingsOf,
  inEmptyHouse,
  system,
} from '../../../test/support/furnishedHouse.ts';
import { PACKAGE_KIND_NAMES } from './index.ts';

const pool = createDigestPool(1);
let from: Awaited<ReturnType<typeof furnishedHouse>>;
beforeAll(async () => {
  from = await furnishedHouse();
});
afterAll(async () => {
  await from.close();
  await pool.close();
});

describe.each(PACKAGE_KIND_NAMES)('packages of the kind %s', (kind) => {
  it('carry everything: exported, taken into an empty house, the same holdings; in any wrapper, and once alone', async () => {
    await inEmptyHouse(async (to) => {
      for (const [i, name] of ['whole', 'whole.zip', 'whole.tar'].entries()) {
        const target = join(from.out, `${kind}-${name}`);
        const exported = await from.house.packages.export(system, { id: '990111', kind, target });
        expect(exported).toMatchObject({ entries: 6, files: 2, leftOut: 0, withoutContent: 0 });
        const judged = await judge(target, pool);
        expect(judged.findings.filter((f) => f.severity === 'error')).toEqual([]);
        expect(judged.kind).toBe(kind === 'dip' ? 'eark' : kind);
        const taken = await to.house.packages.ingest(system, { path: target, archive: '990111' });
        const fresh = i === 0 ? { newEntries: 6, newFiles: 2 } : { newEntries: 0, newFiles: 0 };
        expect(taken.findings.filter((f) => f.severity === 'error')).toEqual([]);
        expect(taken).toMatchObject({ kind, accepted: true, entries: 6, files: 2, ...fresh });
        expect(await holdingsOf(to)).toEqual(await holdingsOf(from));
      }
      expect(await acts(to)).toContain('package.ingested');
      const versions = to.house.preservation.repository.listVersions;
      for (const { object_id: id } of (await holdingsOf(to)).rows)
        if (typeof id === 'string') expect(await versions(id)).toHaveLength(1);
    });
  });
});
