import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge } from '#formats/judging';
import { systemActor } from '#kernel/actor';
import { createDigestPool } from '#kernel/checksums';
import { isRefusal } from '#kernel/errors';
import type { Archive } from '#modules/holdings';
import { PACKAGE_KIND_NAMES, type PackageKindName } from '#modules/packages';
import { work } from '../../src/main/serve.ts';
import type { House } from '../../src/main/wire.ts';
import { holdingsOf } from '../support/furnishedHouse.ts';
import { exportsOf, type Houses, housesOfOneRoot } from '../support/houses.ts';
import { fillSampleNetwork } from '../support/sampleNetwork.ts';

const system = systemActor('test');
const pool = createDigestPool(1);
let houses: Houses;
let first: Awaited<ReturnType<Houses['open']>>;
let archives: Archive[];
let before: { exports: Map<string, string>; holdings: Map<string, unknown> };

/** Descriptions, rights, places, digests and bytes of everything, by the code of its archive. */
async function everything({ house, db }: typeof first): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const { id, code } of await house.holdings.archives())
    found.set(code, await holdingsOf({ house, db, archive: id }));
  return found;
}

beforeAll(async () => {
  houses = await housesOfOneRoot();
  first = await houses.open('first');
  await work(first.house);
  await fillSampleNetwork(first.house, first.db, houses.folder);
  await first.house.jobs.stop();
  archives = await first.house.holdings.archives();
  before = { exports: await exportsOf(first.house), holdings: await everything(first) };
  expect(before.exports.size).toBeGreaterThan(20);
}, 900_000);
afterAll(async () => {
  await houses.close();
  await pool.close();
});

async function foundArchives(house: House): Promise<void> {
  const ids = new Map<string, string>();
  for (const { id, parentId, code, name, nameHant, nameEn, level } of archives)
    ids.set(
      id,
      await house.holdings.addArchive(system, {
        ...{
          parentId: parentId === null ? null : (ids.get(parentId) ?? null),
          code,
          name,
          nameHant,
          nameEn,
          level,
        },
      }),
    );
}

/** An archive without a single record has nothing that these kinds could hold. */
async function exported(code: string, kind: PackageKindName, target: string): Promise<PackageKindName> {
  try {
    await first.house.packages.export(system, { id: code, kind, target });
    return kind;
  } catch (e) {
    if (!isRefusal(e) || !e.code.endsWith('.unwritable')) throw e;
    await first.house.packages.export(system, { id: code, kind: 'bag', target });
    return 'bag';
  }
}

describe.each(PACKAGE_KIND_NAMES)('the sample network, all of it, by packages of the kind %s', (kind) => {
  it.each(['', '.zip'])(
    'leaves, and comes into an empty install as it was (%s)',
    {
      timeout: 1_800_000,
    },
    async (ending) => {
      const name = `${kind}${ending}`;
      const second = await houses.open(name, `storage-${name}`);
      await foundArchives(second.house);
      let records = 0;
      for (const { code } of archives) {
        const target = join(houses.folder, `${code}-${name}`);
        const as = await exported(code, kind, target);
        if (as === kind) records++;
        const judged = await judge(target, pool);
        expect(judged.findings.filter((f) => f.severity === 'error')).toEqual([]);
        const done = await second.house.packages.ingest(system, { path: target, archive: code });
        expect([code, done.accepted, done.findings.filter((f) => f.severity === 'error')]).toEqual([
          ...[code, true, []],
        ]);
        await rm(target, { recursive: true });
      }
      expect(records).toBeGreaterThan(0);
      expect(Object.fromEntries(await exportsOf(second.house))).toEqual(Object.fromEntries(before.exports));
      for (const [code, holdings] of await everything(second))
        expect([code, holdings]).toEqual([code, before.holdings.get(code)]);
    },
  );
});
