import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { incomingText } from '../../../test/support/incoming.ts';
import { type ScanningHouse, scanningHouse } from '../../../test/support/scanning.ts';
import { eventsOf } from './store/events.ts';
import { beginIntents, type ObjectOwner, objectById } from './store/objects.ts';

let s: ScanningHouse;
beforeAll(async () => {
  s = await scanningHouse();
});
afterAll(() => s.close());

const owner = (): ObjectOwner => ({
  objectId: `urn:lantai:certificates:${newId()}`,
  kind: 'certificates',
  archiveId: s.house.county,
  unitId: null,
});
const version = (text: string) => ({
  files: [{ logicalPath: 'a.txt', source: { bytes: Buffer.from(text) } }],
  message: 'test',
  user: { name: 'test', address: 'urn:test' },
  created: new Date('2026-03-01T00:00:00Z'),
});
const intents = async () =>
  (await sql<{ object_id: string }>`select object_id from preservation.intent`.execute(s.house.db.owner))
    .rows;

describe('writing objects', () => {
  it('says first what it is about to write, and forgets that when the object is entered', async () => {
    const object = owner();
    const [outcome] = await s.preservation.writing.put([{ ...object, next: version('one') }]);
    if (!outcome || 'error' in outcome) throw outcome?.error;
    expect(await intents()).toEqual([{ object_id: object.objectId }]);
    await s.preservation.writing.enter(s.house.db.owner, object, outcome.result);
    expect(await intents()).toEqual([]);
    const entered = await objectById(s.house.db.owner, object.objectId);
    const measured = await s.preservation.repository.measure(object.objectId);
    expect(entered).toMatchObject({ ...measured, head: 'v1', files: 1, bytes: 3 });
  });

  it('adds what a further version brought, and counts anew where a version in between was not entered', async () => {
    const object = owner();
    const { put, enter } = s.preservation.writing;
    for (const text of ['one', 'second', 'third!!']) {
      const [outcome] = await put([{ ...object, next: version(text) }]);
      if (!outcome || 'error' in outcome) throw outcome?.error;
      if (text !== 'second') await enter(s.house.db.owner, object, outcome.result);
    }
    const entered = await objectById(s.house.db.owner, object.objectId);
    expect(entered).toMatchObject({ head: 'v3', files: 3, bytes: 16 });
    expect(entered).toMatchObject(await s.preservation.repository.measure(object.objectId));
  });

  it('enters what a killed writer wrote, and forgets what it never wrote', async () => {
    const written = owner();
    const unwritten = owner();
    await s.preservation.writing.put([{ ...written, next: version('one') }]);
    await beginIntents(s.house.db.owner, [unwritten]);
    expect(await s.preservation.writing.settle(3600)).toEqual([]);
    expect(await s.preservation.writing.settle(-1)).toEqual([written]);
    expect(await intents()).toEqual([]);
    expect(await objectById(s.house.db.owner, written.objectId)).toMatchObject({ head: 'v1', bytes: 3 });
    expect(await objectById(s.house.db.owner, unwritten.objectId)).toBeUndefined();
  });

  it('keeps an event for content taken in', async () => {
    const id = await s.addUnit('J019-2003-D30-0001');
    const held = {
      id,
      archiveId: s.house.county,
      files: [await incomingText(join(s.folder, 'in'), 'a.txt', 'a')],
    };
    const [outcome] = await s.preservation.hold({ id: null, name: 'test' }, [held], async () => {});
    expect(outcome?.status).toBe('held');
    const events = await eventsOf(s.house.db.owner, `urn:uuid:${id}`, { limit: 10 });
    expect(events.at(-1)).toMatchObject({ type: 'ingestion', outcome: 'success', actorName: 'test' });
  });
});
