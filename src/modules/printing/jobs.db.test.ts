import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL } from '../../../test/support/house.ts';
import { FORM_KINDS, type Form } from './domain/forms.ts';
import { type PrintHouse, printHouse } from './testing.ts';

let h: PrintHouse;
beforeAll(async () => {
  h = await printHouse();
});
afterAll(() => h.close());

const settings = (form: Form, changes: object) => Object.assign({}, FORM_KINDS[form].settings, changes);

describe('a printing job', () => {
  it('is the person’s own: for anybody else it does not exist', async () => {
    const { order } = await h.made(h.wanted('itemList'));
    const other = h.house.person(ALL, h.house.county);
    const { one, file, cancel, remove } = h.printing;
    for (const ask of [one, file, cancel, remove])
      await expect(ask(other, order.id)).rejects.toMatchObject({ code: 'printing.notFound' });
    expect((await h.printing.list(other, { cursor: undefined, limit: 10 })).items).toEqual([]);
  });

  it('prints no more than the posts it was asked for with read', async () => {
    const photos = Object.assign({}, h.archivist, {
      posts: [
        {
          archiveId: h.house.county,
          role: 'archivist',
          capabilities: new Set(ALL),
          categories: new Set(['ZP']),
          fonds: null,
        },
      ],
    });
    const { order } = await h.made(h.wanted('itemList'), photos);
    expect(order).toMatchObject({ state: 'failed', failure: 'printing.nothing' });
  });

  it('says that nothing of the kind was chosen', async () => {
    const { order } = await h.made(h.wanted('fileCover', { choice: { kind: 'units', ids: [h.items[0]!] } }));
    expect(order).toMatchObject({ state: 'failed', failure: 'printing.nothing' });
  });

  it('is cancelled, begins anew when its process was killed, and ends after some days', async () => {
    const id = await h.printing.order(h.archivist, h.wanted('itemList'));
    await h.printing.cancel(h.archivist, id);
    await h.run(id);
    expect((await h.printing.one(h.archivist, id)).state).toBe('cancelled');
    await expect(h.printing.cancel(h.archivist, id)).rejects.toMatchObject({ code: 'printing.wrongState' });

    const again = await h.printing.order(h.archivist, h.wanted('itemList'));
    const killed = new AbortController();
    killed.abort(new Error('the process stops'));
    await expect(h.run(again, killed.signal)).rejects.toThrow();
    expect((await h.printing.one(h.archivist, again)).state).toBe('running');
    await h.run(again);
    expect(await h.printing.one(h.archivist, again)).toMatchObject({ state: 'done', done: 14 });
    const file = join(h.deps.folder, again, 'file.pdf');
    await access(file);

    await writeFile(join(h.deps.folder, again, 'part.pdf'), 'x');
    h.clock.set('2026-03-09T02:00:00Z');
    expect(await h.printing.removeOverdue()).toBeGreaterThan(0);
    await expect(access(file)).rejects.toThrow();
    await expect(h.printing.one(h.archivist, again)).rejects.toMatchObject({ code: 'printing.notFound' });
    h.clock.set('2026-03-01T02:00:00Z');
  });

  it('shows its first pages before', async () => {
    const { pages, missing } = await h.printing.preview(h.archivist, h.wanted('itemList'));
    expect(pages).toHaveLength(2);
    const { width, height } = await sharp(pages[0]!.jpeg).metadata();
    expect(width / height).toBeCloseTo(297 / 210, 1);
    expect(missing).toHaveLength(1);
  });
});

describe('print settings', () => {
  it('are kept for an archive and a form, and go back to those as shipped', async () => {
    const own = settings('itemList', { fontSize: 12, title: '文书档案目录' });
    await h.printing.keepSettings(h.archivist, h.house.county, 'itemList', own);
    const of = async () =>
      (await h.printing.settings(h.archivist, h.house.county)).find((s) => s.form === 'itemList')!;
    expect(await of()).toMatchObject({
      settings: { fontSize: 12, title: '文书档案目录' },
      own: { by: '王某' },
    });
    await h.printing.dropSettings(h.archivist, h.house.county, 'itemList');
    expect(await of()).toMatchObject({ settings: { fontSize: 10 }, own: null });
    const clerk = h.house.person(['holdings.read', 'content.export'], h.house.county);
    await expect(h.printing.keepSettings(clerk, h.house.county, 'itemList', own)).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
  });

  it('are refused where nothing could be read', async () => {
    const refused = (form: Form, changes: object) =>
      expect(h.printing.order(h.archivist, h.wanted(form, { settings: settings(form, changes) }))).rejects;
    await refused('itemList', { margins: { top: 100, bottom: 100, left: 20, right: 20 } }).toMatchObject({
      code: 'printing.margins',
    });
    await refused('itemList', { columns: [] }).toMatchObject({ code: 'printing.columns' });
    await refused('itemList', { columns: [{ key: 'pageNo', width: 9 }] }).toMatchObject({
      code: 'printing.columns',
    });
    await refused('itemList', {
      columns: [
        { key: 'n', width: 1 },
        { key: 'title', width: 400 },
      ],
    }).toMatchObject({
      code: 'printing.typeTooLarge',
    });
  });
});
