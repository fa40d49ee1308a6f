import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { incomingText } from '../../../../test/support/incoming.ts';
import { type ScanningHouse, scanningHouse } from '../../../../test/support/scanning.ts';
import { eventsOf } from '../store/events.ts';
import { readPackage } from './read.ts';

let s: ScanningHouse;
beforeAll(async () => {
  s = await scanningHouse();
});
afterAll(() => s.close());

const CLERK = { id: null, name: 'test' };
let number = 0;
async function heldUnit(...texts: string[]): Promise<string> {
  const id = await s.addUnit(`J019-2005-D30-${String(++number).padStart(4, '0')}`);
  const files = await Promise.all(
    texts.map((t, i) => incomingText(join(s.folder, 'in'), `${number}-${i}.txt`, t)),
  );
  await s.preservation.hold(CLERK, [{ id, archiveId: s.house.county, files }], async () => {});
  return id;
}
const opened = (id: string) => readPackage(s.preservation.repository, `urn:uuid:${id}`);
async function texts(id: string) {
  const found = [];
  for await (const t of (await opened(id)).texts()) found.push(t);
  return found;
}
const owner = () => s.house.db.owner;

describe('texts in their objects', () => {
  it('are saved once a unit is read, many units at a time, and read back as they were', async () => {
    const [a, b] = [await heldUnit('石桥县', '民政局'), await heldUnit('登记')];
    for (const unitId of [a, b]) await s.run('read-text', { unitId });
    expect(await s.preservation.saveTexts()).toBe(2);
    expect(await texts(a)).toMatchObject([
      {
        ordinal: 1,
        filePage: 1,
        pageNo: 1,
        page: { text: '石桥县', state: 'ready', origin: 'layer', engine: 'file' },
      },
      { ordinal: 2, filePage: 1, pageNo: 2, page: { text: '民政局', source: 'content/0002.txt' } },
    ]);
    const { rows } =
      await sql`select state, origin, engine, confidence, rotation, width, height, text, lines, nameless,
      read_at as "readAt" from digitisation.page_text where unit_id = ${b}`.execute(owner());
    const [{ page }] = (await texts(b)) as [Awaited<ReturnType<typeof texts>>[number]];
    expect(page).toEqual({ ...(rows[0] as object), source: 'content/0001.txt', filePage: 1, notDrawn: null });
    const { object, head, events } = await opened(a);
    expect(head).toBe('v2');
    expect(object.files().map((f) => f.logicalPath)).toContain('text/0002/00001.txt');
    const types = [];
    for await (const e of events()) types.push(e.type);
    expect(types.at(-1)).toBe('extraction');
  });

  it('are not saved while pages are still being read, and not before their time', async () => {
    const id = await heldUnit('甲');
    await s.house.db.system((tx) => s.preservation.noteText(tx, { id, archiveId: s.house.county }));
    expect(await s.preservation.saveTexts()).toBe(0);
    await s.house.db.system((tx) => s.preservation.noteTextDone(tx, id));
    expect(await s.preservation.saveTexts()).toBe(0);
    const { rows } = await sql`select from preservation.text_due`.execute(owner());
    expect(rows).toEqual([]);
  });

  it('make a further version only where a page was read with another result', async () => {
    const id = await heldUnit('甲', '乙');
    await s.run('read-text', { unitId: id });
    await s.preservation.saveTexts();
    const again = async (change: string) => {
      await sql`update digitisation.page_text set read_at = now(), text = text || ${change}
        where unit_id = ${id} and page_no = 2`.execute(owner());
      await s.house.db.system(async (tx) => {
        await s.preservation.noteText(tx, { id, archiveId: s.house.county });
        await s.preservation.noteTextDone(tx, id);
      });
      return s.preservation.saveTexts();
    };
    expect(await again('')).toBe(0);
    expect((await opened(id)).head).toBe('v2');
    expect(await again('丙')).toBe(1);
    const { object } = await opened(id);
    expect(object.head).toBe('v3');
    const places = new Map(object.files().map((f) => [f.logicalPath, f.contentPath]));
    expect(places.get('text/0001/00001.alto.xml')).toMatch(/^v2\//);
    expect(places.get('text/0002/00001.alto.xml')).toMatch(/^v3\//);
    expect((await texts(id)).map((t) => t.page.text)).toEqual(['甲', '乙丙']);
  });

  it('that a killed run saved and did not enter are entered by the next, with what happened', async () => {
    const id = await heldUnit('己');
    await s.run('read-text', { unitId: id });
    const due = await sql`select * from preservation.text_due where unit_id = ${id}`.execute(owner());
    expect(due.rows).toHaveLength(1);
    await s.preservation.saveTexts();
    const state = async () => ({
      object: (
        await sql`select head, inventory_digest, files, bytes, package from preservation.object where unit_id = ${id}`.execute(
          owner(),
        )
      ).rows,
      events: await eventsOf(owner(), `urn:uuid:${id}`, { limit: 20 }),
    });
    const after = await state();
    expect(after.object).toMatchObject([{ head: 'v2', package: 1 }]);
    await sql`update preservation.object set head = 'v1', inventory_digest = 'x', files = 1, bytes = 1 where unit_id = ${id}`.execute(
      owner(),
    );
    await sql`delete from preservation.event where object_id = ${`urn:uuid:${id}`} and type = 'extraction'`.execute(
      owner(),
    );
    await s.house.db.system(async (tx) => {
      await s.preservation.noteText(tx, { id, archiveId: s.house.county });
      await s.preservation.noteTextDone(tx, id);
    });
    expect(await s.preservation.saveTexts()).toBe(0);
    expect(await state()).toEqual(after);
  });

  it('of a damaged object keep no others waiting, and are not forgotten', async () => {
    const [bad, good] = [await heldUnit('丁'), await heldUnit('戊')];
    for (const unitId of [bad, good]) await s.run('read-text', { unitId });
    const path = s.preservation.repository.pathOf(`urn:uuid:${bad}`);
    await appendFile(join(s.folder, 'storage', path, 'inventory.json'), ' ');
    expect(await s.preservation.saveTexts()).toBe(1);
    expect((await opened(good)).head).toBe('v2');
    const { rows } =
      await sql`select unit_id, failures, due_at > now() as later from preservation.text_due`.execute(
        owner(),
      );
    expect(rows).toEqual([{ unit_id: bad, failures: 1, later: true }]);
  });
});
