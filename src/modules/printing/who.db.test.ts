import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPdfText } from '#formats/pdf';
import { openSheets } from '#formats/sheets';
import type { Actor, Capability } from '#kernel/actor';
import { sql } from '#kernel/db';
import type { Wanted } from './commands/order.ts';
import type { Form } from './domain/forms.ts';
import { type PrintHouse, printHouse } from './testing.ts';

/** What the role of those who keep the records has of these. */
const CUSTODY: readonly Capability[] = ['holdings.read', 'content.read', 'master.read', 'holdings.write'];
const TODAY = '2026-03-01';

let h: PrintHouse;
const ids: Record<string, string> = {};
beforeAll(async () => {
  h = await printHouse();
  const make = async (title: string, category: string) => {
    const unit = { fondsId: h.fonds.id, level: 'item' as const, title, category };
    ids[title] = await h.house.holdings.createUnit(h.archivist, unit);
  };
  await make('会计总账', 'KU');
  await make('已开放的会计凭证', 'KU');
  await make('封存的来信', 'WS');
  const { owner } = h.house.db;
  await sql`update holdings.unit set access_status = 'open' where id = ${ids.已开放的会计凭证}`.execute(
    owner,
  );
  await sql`update holdings.unit set embargo_until = '2030-01-01' where id = ${ids.封存的来信}`.execute(
    owner,
  );
});
afterAll(() => h.close());

function person(capabilities: readonly Capability[]): Actor {
  const made = Object.assign(h.house.person(capabilities, h.house.county), { today: TODAY });
  h.people.set(made.id!, made);
  return made;
}
/** Somebody whose only post is for one category. */
function limited(category: string, capabilities: readonly Capability[] = CUSTODY): Actor {
  const post = {
    archiveId: h.house.county,
    role: 'custody',
    capabilities: new Set(capabilities),
    fonds: null,
  };
  return Object.assign(person(capabilities), { posts: [{ ...post, categories: new Set([category]) }] });
}
async function paper(wanted: Wanted, actor: Actor): Promise<string> {
  const { order, path } = await h.made(wanted, actor);
  expect([wanted.form, order.state, order.failure]).toEqual([wanted.form, 'done', null]);
  let text = '';
  for await (const page of readPdfText(path)) text += page.text;
  return text.replaceAll(/\s/g, '');
}
async function workbook(wanted: Wanted, actor: Actor): Promise<string> {
  const { path } = await h.made(Object.assign(wanted, { format: 'xlsx' as const }), actor);
  const book = await openSheets(path);
  let text = '';
  for await (const batch of book.sheets[0]!.rows()) for (const row of batch) text += row.cells.join(' ');
  await book.close();
  return text;
}
const withdraw = (actor: Actor, left: readonly Capability[]) =>
  h.people.set(
    actor.id!,
    Object.assign({}, actor, { rights: new Map([[h.house.county, new Set(left)]]), posts: undefined }),
  );

describe('who keeps the records', () => {
  it('prints the papers of volumes and boxes', async () => {
    const keeper = person(CUSTODY);
    expect(await paper(h.wanted('fileList'), keeper)).toContain('关于发放一九六二年春荒救济粮的请示');
    expect(await paper(h.wanted('boxSpine'), keeper)).toContain('办公室');
    expect(await paper(h.wanted('labels'), keeper)).toContain('J019-001-012');
    expect((await h.printing.preview(keeper, h.wanted('fileNote'))).pages).toHaveLength(1);
    expect((await h.printing.settings(keeper, h.house.county)).length).toBeGreaterThan(0);
  });

  it('takes no workbook', async () => {
    const order = h.printing.order(person(CUSTODY), h.wanted('fileList', { format: 'xlsx' }));
    await expect(order).rejects.toMatchObject({
      code: 'actor.forbidden',
      detail: { capability: 'content.export' },
    });
  });

  it('of another archive does not learn that there is one', async () => {
    const other = h.house.person(CUSTODY, h.house.neighbour);
    await expect(h.printing.order(other, h.wanted('fileList'))).rejects.toMatchObject({
      code: 'archive.notFound',
    });
  });
});

describe('on paper stands what its person reads', () => {
  const everything: Form[] = ['findingAid', 'itemList', 'labels', 'stamp'];

  it('and nothing that is closed to them', async () => {
    const keeper = person(CUSTODY);
    const clerk = limited('WS');
    expect(await paper(h.wanted('findingAid'), keeper)).toContain('会计总账');
    for (const form of everything) expect(await paper(h.wanted(form), clerk)).not.toContain('会计总账');
    expect(await paper(h.wanted('findingAid'), clerk)).toContain('已开放的会计凭证');
    const chosen = h.wanted('itemList', { choice: { kind: 'units', ids: [ids.会计总账!] } });
    expect((await h.made(chosen, clerk)).order).toMatchObject({
      state: 'failed',
      failure: 'printing.nothing',
    });
    // Nor is it told that something is missing.
    expect((await h.made(h.wanted('findingAid'), clerk)).order.leftOut).toBe(0);
  });

  it('with what they have leave for, as long as they have it', async () => {
    const clerk = limited('WS', [...CUSTODY, 'grants.manage']);
    const keeper = Object.assign(person([...CUSTODY, 'grants.manage']), { today: TODAY });
    const leave = await h.house.holdings.proposeLeave(keeper, {
      unitId: ids.会计总账!,
      person: { id: clerk.id!, name: clerk.name },
      gives: ['description'],
      reason: '查证',
      basis: '介绍信',
      from: TODAY,
      until: '2026-03-31',
    });
    const second = person(['holdings.read', 'grants.manage']);
    await h.house.holdings.decideLeave(second, leave, 'approved', null);
    const grants = await h.house.holdings.leaveOf(clerk.id!, TODAY);
    const granted = Object.assign({}, clerk, { grants });
    h.people.set(clerk.id!, granted);
    expect(await paper(h.wanted('itemList'), granted)).toContain('会计总账');
    h.people.set(clerk.id!, clerk);
    expect(await paper(h.wanted('itemList'), granted)).not.toContain('会计总账');
  });

  it('an embargo leaves its description on paper, and out of a workbook', async () => {
    const editor = person([...CUSTODY, 'content.export']);
    expect(await paper(h.wanted('itemList'), editor)).toContain('封存的来信');
    const rows = await workbook(h.wanted('itemList'), editor);
    expect(rows).toContain('会计总账');
    expect(rows).not.toContain('封存的来信');
  });

  it('and no page numbers are made up where a volume is not seen whole', async () => {
    const { owner } = h.house.db;
    await sql`update holdings.unit set category = 'KU' where id = ${h.items[1]}`.execute(owner);
    const list = await paper(h.wanted('fileSet'), limited('WS'));
    expect(list).not.toContain('关于同意发放春荒救济粮的批复');
    expect(list).toContain('本卷共5件');
    for (const pages of ['46页', '1-3', '4-17']) expect(list).not.toContain(pages);
    expect(await paper(h.wanted('fileSet'), person(CUSTODY))).toContain('6-19');
    await sql`update holdings.unit set category = 'WS' where id = ${h.items[1]}`.execute(owner);
  });
});

describe('a right taken away before the job runs', () => {
  it('refuses the paper of who reads no more, and the workbook of who takes nothing out any more', async () => {
    const reader = person(CUSTODY);
    withdraw(reader, []);
    expect((await h.made(h.wanted('fileList'), reader)).order).toMatchObject({
      state: 'failed',
      failure: 'actor.forbidden',
    });
    const editor = person([...CUSTODY, 'content.export']);
    withdraw(editor, CUSTODY);
    expect((await h.made(h.wanted('fileList'), editor)).order.state).toBe('done');
    expect((await h.made(h.wanted('fileList', { format: 'xlsx' }), editor)).order).toMatchObject({
      state: 'failed',
      failure: 'actor.forbidden',
    });
  });

  it('keeps a finished workbook from being fetched', async () => {
    const editor = person([...CUSTODY, 'content.export']);
    const { order } = await h.made(h.wanted('fileList', { format: 'xlsx' }), editor);
    const { content } = await h.printing.file(editor, order.id);
    content.destroy();
    const now = Object.assign({}, editor, { rights: new Map([[h.house.county, new Set(CUSTODY)]]) });
    await expect(h.printing.file(now, order.id)).rejects.toMatchObject({ code: 'actor.forbidden' });
    const gone = Object.assign({}, editor, { rights: new Map() });
    await expect(h.printing.file(gone, order.id)).rejects.toMatchObject({ code: 'printing.notFound' });
  });
});
