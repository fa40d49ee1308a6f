import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { archivesScope, sql } from '#kernel/db';
import { find } from '#modules/search';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { type ImportBench, importBench } from '../../../../test/support/imports.ts';
import type { ImportOptions } from './types.ts';

let house: SmallHouse;
let bench: ImportBench;
let archivist: Actor;

beforeAll(async () => {
  house = await smallHouse();
  bench = await importBench(house.db);
  archivist = house.person(ALL, house.county);
});
afterAll(async () => {
  await bench.close();
  await house.close();
});

async function begin(name: string, text: string, options: ImportOptions = {}): Promise<string> {
  const path = await bench.file(name, text);
  const id = await bench.imports.createFromFile(archivist, { archiveId: house.county, path, fileName: name });
  await bench.imports.setMapping(archivist, id, { options });
  return id;
}
async function bring(name: string, text: string, options: ImportOptions = {}) {
  const id = await begin(name, text, options);
  await bench.imports.workNow(archivist, id, 'run');
  return bench.imports.read(archivist, id);
}
async function look(name: string, text: string, options: ImportOptions = {}) {
  const id = await begin(name, text, options);
  await bench.imports.workNow(archivist, id, 'check');
  return bench.imports.read(archivist, id);
}
async function entry(where: string) {
  const r = await sql<
    Record<string, unknown>
  >`select id, title, creator, date_text as date, version, reference_code as code, description
    from holdings.unit where archive_id = ${house.county} and (reference_code = ${where} or title = ${where})`.execute(
    house.db.owner,
  );
  return r.rows[0];
}

const LIST =
  '档号,题名,责任者,日期,备注\nJ700-1-1-1,关于粮食统购的通知,,19530401,\nJ700-1-1-2,关于借粮的批复,县政府,19540105,残\n';
const AGAIN =
  '档号,题名,责任者,日期\nJ700-1-1-1,关于粮食统购统销的通知,县粮食局,19530401\nJ700-1-1-2,关于借粮的批复,县政府,19540105\nJ700-1-1-3,新件,,\n';

describe('a row about an entry that is held', () => {
  it('is returned, put over it, fills what is empty or is passed over, as was chosen; shown before it happens', async () => {
    await bring('第一次.csv', LIST);
    const kept = await look('a.csv', AGAIN);
    expect(kept.counts).toMatchObject({ accepted: 1, rejected: 1, unchanged: 1, updated: 0 });
    const skipped = await look('b.csv', AGAIN, { existing: 'skip' });
    expect(skipped.counts).toMatchObject({ accepted: 1, rejected: 0, skipped: 1, unchanged: 1 });
    expect(skipped.preview.rows).toMatchObject([{ does: 'skip', row: 2, code: 'J700-1-1-1', how: 'code' }]);
    const merged = await look('c.csv', AGAIN, { existing: 'merge' });
    expect(merged.counts).toMatchObject({ merged: 1, unchanged: 1, rejected: 0 });
    expect(merged.preview.rows[0]?.changes).toEqual([{ field: 'creator', before: '', after: '县粮食局' }]);
    const updated = await look('d.csv', AGAIN, { existing: 'update' });
    expect(updated.counts).toMatchObject({ accepted: 1, updated: 1, unchanged: 1, rejected: 0 });
    expect(updated.preview).toMatchObject({ fields: { title: 1, creator: 1 }, how: { code: 2 } });
    expect(updated.preview.rows[0]).toMatchObject({
      does: 'update',
      changes: [
        { field: 'title', before: '关于粮食统购的通知', after: '关于粮食统购统销的通知' },
        { field: 'creator', before: '', after: '县粮食局' },
      ],
    });
    expect(await entry('J700-1-1-1')).toMatchObject({ title: '关于粮食统购的通知', version: 1 });
  });

  it('put over it, leaves alone what the file has no column for; taken back, it is as it was, but for what others changed since', async () => {
    const done = await bring('e.csv', AGAIN, { existing: 'update' });
    expect(await entry('J700-1-1-1')).toMatchObject({ title: '关于粮食统购统销的通知', creator: '县粮食局' });
    expect(await entry('J700-1-1-2')).toMatchObject({ description: { note: '残' }, version: 1 });
    expect(await entry('J700-1-1-3')).toBeDefined();
    const one = await entry('J700-1-1-1');
    await house.holdings.correctUnit(archivist, String(one?.id), Number(one?.version), {
      creator: '县粮食局、供销社',
    });
    await bench.imports.workNow(archivist, done.id, 'takeBack', { reason: '试导' });
    const back = await bench.imports.read(archivist, done.id);
    expect(back.takenBack).toMatchObject({ removed: 1, kept: 0, left: 1 });
    expect(await entry('J700-1-1-1')).toMatchObject({
      title: '关于粮食统购的通知',
      creator: '县粮食局、供销社',
    });
    expect(await entry('J700-1-1-3')).toBeUndefined();
    const seen = await house.db.as(archivesScope([house.county]), (tx) => find(tx, { q: '统购统销' }));
    expect(seen.total).toBe(0);
  });

  it('is known by the number of another system, and may bring another code: the one before stays known', async () => {
    const columns = 'legacyId,parentId,identifier,title,levelOfDescription\n';
    await bring('atom.csv', `${columns}9001,,M7,磨坊,Fonds\n9002,9001,M7-1,账册,File\n`);
    await bring('atom2.csv', `${columns}9002,,M7-001,账册（改）,File\n`, {
      existing: 'update',
      defaultFonds: 'M7',
    });
    const unit = await entry('账册（改）');
    expect(unit).toMatchObject({ code: 'M7-001', description: { identifiers: '9002' } });
    const alias = await sql<{
      code: string;
    }>`select code from holdings.code_alias where unit_id = ${String(unit?.id)}`.execute(house.db.owner);
    expect(alias.rows).toEqual([{ code: 'M7-1' }]);
    const other = await look('other.csv', `${columns}9002,,,另一系统的九千零二,File\n`, {
      existing: 'update',
      defaultFonds: 'X1',
    });
    expect(other.counts).toMatchObject({ accepted: 1, updated: 0 });
  });

  it('and belongs under one held is placed there by its number, its code, or not at all', async () => {
    const columns = 'legacyId,parentId,title,levelOfDescription\n';
    const imp = await bring(
      'kinder.csv',
      `${columns}9101,9002,第一页,Item\n9102,M7-001,第二页,Item\n9103,nowhere,第三页,Item\n9104,9104,第四页,Item\n`,
      { defaultFonds: 'M7' },
    );
    expect(imp.counts).toMatchObject({ accepted: 2, rejected: 2 });
    expect(imp.problems.map((p) => p.code).sort()).toEqual(['parent.itself', 'parent.notFound']);
    const above = await sql<{
      above: string;
    }>`select p.title as above from holdings.unit u join holdings.unit p on p.id = u.parent_id
      where u.import_id = ${imp.id}`.execute(house.db.owner);
    expect(above.rows.map((r) => r.above)).toEqual(['账册（改）', '账册（改）']);
  });
});

describe('a row like an entry that is held', () => {
  const like =
    '题名,责任者,日期\n关于调整全县粮食收购价格的通知,县粮食局,19560301\n关于调整全县粮食收购价格的通知（第2号）,县粮食局,19560301\n关于调整全县生猪收购价格的通知,县商业局,19560301\n';
  it('is noted, passed over or fills what is empty, as was chosen; numbers, days and creators tell apart', async () => {
    await bring(
      '老账.csv',
      '档号,题名,责任者,日期\nJ701-2-1-1,關於調整全縣糧食收購價格的通知,縣糧食局,19560301\n',
      { defaultFonds: 'J701' },
    );
    const off = await look('x.csv', like, { defaultFonds: 'J701' });
    expect(off.counts).toMatchObject({ accepted: 3 });
    const told = await look('y.csv', like, { defaultFonds: 'J701', alike: 'tell' });
    expect(told.counts).toMatchObject({ accepted: 3, rejected: 0 });
    expect(told.problems.find((p) => p.code === 'entry.alike')).toMatchObject({ count: 1, rejecting: false });
    const passed = await look('z.csv', like, { defaultFonds: 'J701', alike: 'skip' });
    expect(passed.counts).toMatchObject({ accepted: 2, skipped: 1 });
    expect(passed.preview.rows).toMatchObject([{ does: 'skip', row: 2, how: 'alike', code: 'J701-2-1-1' }]);
    const elsewhere = await look('w.csv', like, { defaultFonds: 'J702', alike: 'skip' });
    expect(elsewhere.counts).toMatchObject({ accepted: 3, skipped: 0 });
  });
});
