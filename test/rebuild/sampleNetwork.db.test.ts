import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditActor, systemActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { Thread } from '#kernel/threads';
import { TEXT_JOB } from '#modules/digitisation';
import { seed } from '../../src/cli/demo/seed.ts';
import { beginState } from '../../src/cli/demo/state.ts';
import { importSheets } from '../../src/cli/demo/steps/catalogues.ts';
import { takeScansIn, writeTransfer } from '../../src/cli/demo/steps/scans.ts';
import { RECEIVER, transferSheets } from '../../src/cli/demo/transfer/documents.ts';
import { rebuildHouse } from '../../src/main/rebuilding.ts';
import { work } from '../../src/main/serve.ts';
import { cliHouse } from '../../src/main/service.ts';
import { dumpOf } from '../support/dumps.ts';
import { exportsOf, type Houses, housesOfOneRoot } from '../support/houses.ts';

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
    const signal = new AbortController().signal;
    const state = await beginState(join(houses.folder, 'first'));
    const seeding = cliHouse(house, actor);
    await seed({ house: seeding, state, signal, note: () => {} });
    const transfer = join(houses.folder, 'transfer');
    const path = join(transfer, '目录.xlsx');
    await importSheets(seeding, { archive: RECEIVER, path, sheets: transferSheets() }, signal);
    const thread = new Thread({ script: new URL('../../src/cli/demo/pages/thread.ts', import.meta.url) });
    await writeTransfer(thread, join(transfer, '原文'), signal);
    await thread.stop();
    await takeScansIn(seeding, join(transfer, '原文'), RECEIVER, signal);
    const held = await sql<{ id: string }>`select distinct unit_id as id from preservation.content`.execute(
      db.owner,
    );
    const read = house.jobKinds.find((k) => k.name === TEXT_JOB)!;
    for (const { id } of held.rows)
      await (read.run as (job: object) => Promise<unknown>)({
        id: newId(),
        data: { unitId: id },
        attempt: 1,
        signal,
        progress: () => {},
      });
    await house.preservation.saveTexts();
    await house.segments.flush();
    await house.jobs.stop();

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
