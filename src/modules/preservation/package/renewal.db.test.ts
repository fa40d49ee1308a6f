import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { incomingText } from '../../../../test/support/incoming.ts';
import { oldObject } from '../../../../test/support/oldObject.ts';
import { type ScanningHouse, scanningHouse } from '../../../../test/support/scanning.ts';
import { contentOf } from '../store/content.ts';
import { readPackage } from './read.ts';

let s: ScanningHouse;
beforeAll(async () => {
  s = await scanningHouse();
});
afterAll(() => s.close());

const CLERK = { id: null, name: 'test' };
let number = 0;

async function oldUnit(...names: string[]): Promise<string> {
  const id = await s.addUnit(`J019-2006-D30-${String(++number).padStart(4, '0')}`);
  const files = await Promise.all(
    names.map((name) => incomingText(join(s.folder, 'in'), name, `${name} ${number}`)),
  );
  const { preservation, house } = s;
  await oldObject({ db: house.db, preservation }, { id, archiveId: house.county }, files);
  return id;
}
const opened = (id: string) => readPackage(s.preservation.repository, `urn:uuid:${id}`);
async function names(id: string) {
  const found: string[] = [];
  for await (const f of (await opened(id)).files()) found.push(f.name);
  return found;
}
async function renew(signal = new AbortController().signal) {
  const seen: unknown[] = [];
  const job = { id: newId(), data: {}, attempt: 1, signal, progress: (p: unknown) => seen.push(p) };
  return { result: await s.preservation.renewal.run(job), seen };
}
const left = async () =>
  (
    await sql<{ n: number }>`select count(*)::int as n from preservation.object
    where kind = 'unit' and package is null`.execute(s.house.db.owner)
  ).rows[0]!.n;

describe('objects of the layout before', () => {
  it('can be read', async () => {
    const id = await oldUnit('a.txt', 'b.txt');
    const object = await opened(id);
    expect(object).toMatchObject({ format: 0, about: null, head: 'v1' });
    const files = [];
    for await (const f of object.files()) files.push(f);
    expect(files).toMatchObject([
      { ordinal: 1, name: 'a.txt', heldAt: '2025-05-06T07:08:09.000Z' },
      { ordinal: 2, name: 'b.txt' },
    ]);
  });

  it('get the present layout in a further version, with texts, and lose nothing', async () => {
    const ids = [await oldUnit('c.txt', 'd.txt'), await oldUnit('e.txt')];
    await s.run('read-text', { unitId: ids[0] });
    await sql`delete from preservation.text_due`.execute(s.house.db.owner);
    const before = await Promise.all(ids.map((id) => contentOf(s.house.db.owner, id)));
    const { result, seen } = await renew();
    expect(result).toEqual({ renewed: 3, known: 0, failed: 0 });
    expect(seen.at(-1)).toMatchObject({ done: 3, total: 3 });
    expect(await left()).toBe(0);
    const object = await opened(ids[0]!);
    expect(object).toMatchObject({ format: 1, head: 'v2', about: { files: 2, pages: 2 } });
    const paths = object.object.files().map((f) => f.logicalPath);
    expect(paths).not.toContain('metadata/files.json');
    expect(object.object.files('v1').map((f) => f.logicalPath)).toContain('metadata/files.json');
    expect(await names(ids[0]!)).toEqual(['c.txt', 'd.txt']);
    const texts = [];
    for await (const t of object.texts()) texts.push(t.page.text);
    expect(texts).toEqual(['c.txt 2', 'd.txt 2']);
    const events = [];
    for await (const e of object.events()) events.push(e.type);
    expect(events).toEqual(['metadata modification']);
    expect(await s.preservation.repository.verify(`urn:uuid:${ids[0]}`)).toEqual([]);
    expect(await Promise.all(ids.map((id) => contentOf(s.house.db.owner, id)))).toEqual(before);
    expect((await renew()).result).toEqual({ renewed: 0, known: 0, failed: 0 });
  });

  it('are renewed on the way when files are added', async () => {
    const id = await oldUnit('f.txt');
    const more = await incomingText(join(s.folder, 'in'), 'g.txt', 'g');
    const unit = { id, archiveId: s.house.county, files: [more] };
    expect(await s.preservation.hold(CLERK, [unit], async () => {})).toMatchObject([
      { status: 'held', newFiles: 1, pageCount: 2 },
    ]);
    expect(await opened(id)).toMatchObject({ format: 1, about: { files: 2 } });
    expect(await names(id)).toEqual(['f.txt', 'g.txt']);
    expect(await left()).toBe(0);
  });

  it('of a run that was killed are taken up by the next, also where a version was written and not entered', async () => {
    const ids = [await oldUnit('h.txt'), await oldUnit('i.txt')];
    const stopped = new AbortController();
    stopped.abort(new Error('killed'));
    await expect(renew(stopped.signal)).rejects.toThrow('killed');
    expect(await left()).toBe(2);
    const before =
      await sql`select * from preservation.object where object_id = ${`urn:uuid:${ids[0]}`}`.execute(
        s.house.db.owner,
      );
    expect(before.rows).toHaveLength(1);
    await renew();
    // As if the transaction that enters it had never been.
    await sql`update preservation.object set package = null where object_id = ${`urn:uuid:${ids[0]}`}`.execute(
      s.house.db.owner,
    );
    expect((await renew()).result).toEqual({ renewed: 0, known: 1, failed: 0 });
    expect((await opened(ids[0]!)).head).toBe('v2');
  });

  it('that somebody is writing are tried again after a while', async () => {
    const id = await oldUnit('k.txt');
    const { main, repository } = s.preservation;
    const lock = await main.store.lock(repository.pathOf(`urn:uuid:${id}`));
    const renewing = renew();
    await pause(1_000);
    expect((await opened(id)).format).toBe(0);
    await lock.release();
    expect((await renewing).result).toEqual({ renewed: 1, known: 0, failed: 0 });
    expect((await opened(id)).format).toBe(1);
  });

  it('that are missing are counted, and stop nothing', async () => {
    const gone = newId();
    await sql`insert into preservation.object (object_id, kind, archive_id, unit_id, entered_at, changed_at)
      values (${`urn:uuid:${gone}`}, 'unit', ${s.house.county}, ${gone}, now(), now())`.execute(
      s.house.db.owner,
    );
    const id = await oldUnit('j.txt');
    expect((await renew()).result).toEqual({ renewed: 1, known: 0, failed: 1 });
    expect((await opened(id)).format).toBe(1);
  });
});
