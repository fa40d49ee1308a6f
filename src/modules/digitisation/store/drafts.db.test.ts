import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archivesScope } from '#kernel/db';
import { newId } from '#kernel/ids';
import { type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { scanDraftsOf } from './drafts.ts';
import { insertScanImport, type ScanImportState, setScanState, writeScanFiles } from './scanImports.ts';

let house: SmallHouse;
beforeAll(async () => {
  house = await smallHouse();
});
afterAll(() => house.close());

const DAY = 24 * 3_600_000;
const now = new Date('2025-06-01T00:00:00Z');

async function begun(personId: string, state: ScanImportState, daysAgo = 0): Promise<string> {
  const id = newId();
  await house.db.system(async (tx) => {
    await insertScanImport(tx, {
      id, archiveId: house.county, source: '2 uploads', rule: null, createdBy: personId, createdByName: '某甲',
      createdAt: new Date(now.getTime() - daysAgo * DAY),
    }); // biome-ignore format: a row of fields
    await setScanState(tx, id, state);
    const file = { source: Buffer.from('a'), name: Buffer.from('a'), bytes: 1, unitId: null, pageNo: null };
    await writeScanFiles(tx, id, house.county, [
      { ...file, seq: 1, path: '二〇〇三年/0002.jpg', state: 'unmatched' },
      { ...file, seq: 0, path: '二〇〇三年/0001.jpg', state: 'unmatched' },
    ]);
  });
  return id;
}

describe('scan imports left on their way', () => {
  it('are those of the person that wait for a decision, newest first, the long forgotten left out', async () => {
    const [me, other] = [newId(), newId()];
    const failed = await begun(me, 'failed', 2);
    const matched = await begun(me, 'matched', 1);
    for (const state of ['draft', 'matching', 'running', 'done'] as const) await begun(me, state);
    await begun(me, 'matched', 90);
    await begun(other, 'matched');
    const found = await house.db.as(archivesScope([house.county]), (tx) =>
      scanDraftsOf(tx, { personId: me, since: new Date(now.getTime() - 60 * DAY), limit: 10 }),
    );
    expect(found.map((d) => [d.id, d.state, d.firstPath])).toEqual([
      [matched, 'matched', '二〇〇三年/0001.jpg'],
      [failed, 'failed', '二〇〇三年/0001.jpg'],
    ]);
    const elsewhere = await house.db.as(archivesScope([house.neighbour]), (tx) =>
      scanDraftsOf(tx, { personId: me, since: new Date(0), limit: 10 }),
    );
    expect(elsewhere).toEqual([]);
  });
});
