import { join } from 'node:path';
import { systemActor } from '#kernel/actor';
import { type Database, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { Thread } from '#kernel/threads';
import { TEXT_JOB } from '#modules/digitisation';
import { seed } from '../../src/cli/demo/seed.ts';
import { beginState } from '../../src/cli/demo/state.ts';
import { importSheets } from '../../src/cli/demo/steps/catalogues.ts';
import { takeScansIn, writeTransfer } from '../../src/cli/demo/steps/scans.ts';
import { RECEIVER, transferSheets } from '../../src/cli/demo/transfer/documents.ts';
import { cliHouse } from '../../src/main/service.ts';
import type { House } from '../../src/main/wire.ts';

/** Fills a house that works with the sample network, scans and texts included. @param folder for what is written meanwhile */
export async function fillSampleNetwork(house: House, db: Database, folder: string): Promise<void> {
  const signal = new AbortController().signal;
  const state = await beginState(join(folder, 'state'));
  const seeding = cliHouse(house, systemActor('test'));
  await seed({ house: seeding, state, signal, note: () => {} });
  const transfer = join(folder, 'transfer');
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
}
