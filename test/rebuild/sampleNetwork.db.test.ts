import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditActor, systemActor } from '#kernel/actor';
import { newId } from '#kernel/ids';
import { rebuildHouse } from '../../src/main/rebuilding.ts';
import { work } from '../../src/main/serve.ts';
import { dumpOf } from '../support/dumps.ts';
import { exportsOf, type Houses, housesOfOneRoot } from '../support/houses.ts';
import { fillSampleNetwork } from '../support/sampleNetwork.ts';

let houses: Houses;
beforeAll(async () => {
  houses = await housesOfOneRoot();
});
afterAll(() => houses.close());

describe('the sample network', () => {
  it('comes back from its storage root alone: every export, every table, to the last byte', {
    timeout: 600_000,
  }, async () => {
    const { house, db } = await houses.open('first');
    await work(house);
    const actor = systemActor('test');
    await fillSampleNetwork(house, db, houses.folder);
    // Certified copies are made and the trail is signed meanwhile, with keys whose certificates become objects.
    await expect.poll(() => house.jobs.pending(['issue-certificate']), { timeout: 180_000 }).toBe(0);
    await house.jobs.stop();
    await house.sequencer.stop();
    await house.preservation.saveTexts();
    await house.segments.flush();

    const before = { exports: await exportsOf(house), tables: await dumpOf(db) };
    expect(before.exports.size).toBeGreaterThan(20);
    expect(before.tables.get('holdings.unit')!.length).toBeGreaterThan(3_000);
    expect(before.tables.get('digitisation.page_text')!.length).toBeGreaterThan(10);

    const second = await houses.open('second');
    const done = await rebuildHouse(
      { ...second.house, newId },
      { actor: auditActor(actor), acceptLoss: false },
    );
    expect(done.troubles.first).toEqual([]);
    const after = { exports: await exportsOf(second.house), tables: await dumpOf(second.db) };
    expect(Object.fromEntries(after.exports)).toEqual(Object.fromEntries(before.exports));
    for (const [table, lines] of before.tables)
      expect([table, after.tables.get(table)]).toEqual([table, lines]);
  });
});
