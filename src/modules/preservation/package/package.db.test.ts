import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { incomingText } from '../../../../test/support/incoming.ts';
import { type ScanningHouse, scanningHouse } from '../../../../test/support/scanning.ts';
import { contentOf } from '../store/content.ts';
import { eventsOf } from '../store/events.ts';
import { openPackage, readPackage } from './read.ts';
import type { IncomingFile } from './records.ts';

let s: ScanningHouse;
beforeAll(async () => {
  s = await scanningHouse();
});
afterAll(() => s.close());

const CLERK = { id: null, name: '王某' };
let number = 0;
const unit = () => s.addUnit(`J019-2004-D30-${String(++number).padStart(4, '0')}`);
const text = (name: string, of = name) => incomingText(join(s.folder, 'in'), name, of);
async function hold(id: string, ...files: IncomingFile[]) {
  const [outcome] = await s.preservation.hold(
    CLERK,
    [{ id, archiveId: s.house.county, files }],
    async () => {},
  );
  if (outcome?.status === 'failed') throw outcome.error;
  return outcome!;
}
const opened = (id: string) => readPackage(s.preservation.repository, `urn:uuid:${id}`);
const paths = async (id: string) => (await opened(id)).object.files().map((f) => f.logicalPath);
async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of list) found.push(one);
  return found;
}
const rowOf = async (id: string) =>
  (
    await s.house.db.system(async (tx) => {
      await sql`set local timezone = 'UTC'`.execute(tx);
      return sql<{
        row: Record<string, unknown>;
      }>`select to_jsonb(u) - 'under_id' - 'gaps' - 'identifiers' as row from holdings.unit u
        where id = ${id}`.execute(tx);
    })
  ).rows[0]!.row;

describe('what an object holds', () => {
  it('is content, the row of the catalogue, records, PREMIS and checks', async () => {
    const id = await unit();
    const before = await rowOf(id);
    expect(await hold(id, await text('一.txt'), await text('b.txt'))).toMatchObject({
      status: 'held',
      newFiles: 2,
      pageCount: 2,
    });
    expect((await paths(id)).sort()).toEqual([
      'checks/v1-intake-00001.json',
      'content/0001.txt',
      'content/0002.txt',
      'metadata/description.json',
      'metadata/files/00001.json',
      'metadata/object.json',
      'metadata/premis/entity.xml',
      'metadata/premis/events-v1.xml',
      'metadata/premis/files-00001.xml',
    ]);
    const { about, files } = await opened(id);
    expect(about).toMatchObject({
      format: 'lantai package',
      version: 1,
      unit: id,
      files: 2,
      pages: 2,
      parts: 1,
    });
    expect(about?.row).toEqual({ ...before, object_id: `urn:uuid:${id}`, page_count: 2 });
    expect(await all(files())).toMatchObject([
      { ordinal: 1, path: 'content/0001.txt', name: '一.txt', technical: { format: 'plain text' } },
      { ordinal: 2, path: 'content/0002.txt', name: 'b.txt', pages: [{ width: null, height: null }] },
    ]);
  });

  it('tells the same events as the catalogue', async () => {
    const id = await unit();
    await hold(id, await text('c.txt'));
    const inObject = await all((await opened(id)).events());
    expect(inObject.map((e) => e.type)).toEqual([
      'message digest calculation',
      'format identification',
      'validation',
      'ingestion',
    ]);
    expect(inObject[0]).toMatchObject({ actorName: '王某', archiveId: s.house.county });
    const entered = await eventsOf(s.house.db.owner, `urn:uuid:${id}`, { limit: 20 });
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect(inObject.sort(byId)).toEqual(entered.sort(byId));
  });

  it('goes on in a further version, with what is new alone, and without what it holds already', async () => {
    const id = await unit();
    await hold(id, await text('d.txt'));
    expect(await hold(id, await text('d.txt'))).toEqual({ status: 'known' });
    expect(await hold(id, await text('d.txt'), await text('e.txt'))).toMatchObject({
      newFiles: 1,
      pageCount: 2,
    });
    const object = await opened(id);
    expect(object.head).toBe('v2');
    expect(await paths(id)).toContain('metadata/premis/events-v1.xml');
    expect(await all(object.files())).toMatchObject([{ name: 'd.txt' }, { name: 'e.txt' }]);
    expect((await contentOf(s.house.db.owner, id)).map((c) => c.contentPath)).toEqual([
      'v1/content/content/0001.txt',
      'v2/content/content/0002.txt',
    ]);
  });

  it('keeps names that are no text, byte for byte', async () => {
    const id = await unit();
    const gbk = Buffer.from([0xb5, 0xb5, 0xb0, 0xb8, 0x2e, 0x74, 0x78, 0x74]);
    await hold(id, { ...(await text('x.txt')), name: '????.txt', nameBytes: gbk });
    const [record] = await all((await opened(id)).files());
    expect(Buffer.from(record!.nameBytes!, 'base64')).toEqual(gbk);
  });

  it('comes in parts of a thousand files, of which an addition writes the last alone', async () => {
    const id = await unit();
    const some = async function* (from: number, to: number) {
      for (let i = from; i <= to; i++) yield await text(`p${i}.txt`);
    };
    const take = (from: number, to: number) =>
      s.preservation.hold(CLERK, [{ id, archiveId: s.house.county, files: some(from, to) }], async () => {});
    expect(await take(1, 2001)).toMatchObject([{ status: 'held', newFiles: 2001 }]);
    expect(await take(1500, 2002)).toMatchObject([{ status: 'held', newFiles: 1, pageCount: 2002 }]);
    const object = await opened(id);
    expect(object.about).toMatchObject({ files: 2002, parts: 3 });
    const places = new Map(object.object.files().map((f) => [f.logicalPath, f.contentPath]));
    expect(places.get('metadata/files/00002.json')).toBe('v1/content/metadata/files/00002.json');
    expect(places.get('metadata/premis/files-00003.xml')).toBe('v2/content/metadata/premis/files-00003.xml');
    expect(places.has('checks/v1-intake-00003.json')).toBe(true);
    const records = await all(object.files());
    expect(records.map((r) => r.ordinal)).toEqual(Array.from({ length: 2002 }, (_, i) => i + 1));
    expect((await contentOf(s.house.db.owner, id)).map((c) => c.sha512)).toEqual(
      records.map((r) => r.sha512),
    );
  });

  it('is entered from the object where a killed run wrote it and came no further', async () => {
    const id = await unit();
    const objectId = `urn:uuid:${id}`;
    const files = [await text('g.txt'), await text('h.txt')];
    await hold(id, ...files);
    const events = await eventsOf(s.house.db.owner, objectId, { limit: 20 });
    const rows = await contentOf(s.house.db.owner, id);
    for (const table of ['content', 'page'])
      await sql`delete from ${sql.raw(`preservation.${table}`)} where unit_id = ${id}`.execute(
        s.house.db.owner,
      );
    for (const table of ['object', 'event'])
      await sql`delete from ${sql.raw(`preservation.${table}`)} where object_id = ${objectId}`.execute(
        s.house.db.owner,
      );
    expect(await hold(id, ...files)).toMatchObject({ status: 'held', newFiles: 0, pageCount: 2 });
    expect((await opened(id)).head).toBe('v1');
    expect(await eventsOf(s.house.db.owner, objectId, { limit: 20 })).toEqual(events);
    expect(await contentOf(s.house.db.owner, id)).toEqual(rows.map((r) => ({ ...r, contentPath: null })));
    expect(await hold(id, ...files)).toEqual({ status: 'known' });
  });

  it('is nothing where nothing is held, and nothing comes of an empty list', async () => {
    const id = await unit();
    expect(await hold(id)).toEqual({ status: 'known' });
    expect(await openPackage(s.preservation.repository, `urn:uuid:${id}`)).toBeNull();
  });

  it('keeps reports that others hand in, and the event they tell of', async () => {
    const id = await unit();
    await hold(id, await text('i.txt'));
    const report = {
      unit: { id, archiveId: s.house.county },
      name: 'four-nature',
      parts: [{ findings: [] }],
      deed: { type: 'validation', detail: { report: 'four-nature' } },
    };
    expect(await s.preservation.keepReports(CLERK, [report])).toEqual([undefined]);
    expect(await paths(id)).toContain('checks/v2-four-nature-00001.json');
    const events = await all((await opened(id)).events());
    expect(events.at(-1)).toMatchObject({ type: 'validation', detail: { report: 'four-nature' } });
    await expect(s.preservation.keepReports(CLERK, [{ ...report, name: '../x' }])).rejects.toMatchObject({
      code: 'report.badName',
    });
  });
});
