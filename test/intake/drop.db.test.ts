import { mkdir, readdir, readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { handoverZip } from '../../src/modules/transfer/testing/handover.ts';
import { type IntakeHouse, intakeHouse } from './house.ts';

let all: IntakeHouse;
let oa: Awaited<ReturnType<IntakeHouse['admitted']>>;
let folder: string;
beforeAll(async () => {
  all = await intakeHouse({ LANTAI_DROP_SECONDS: '2' });
  oa = await all.admitted({ drop: true });
  folder = join(all.folder, 'drop', '990111', oa.id);
  await all.house.intake.drop.look();
});
afterAll(() => all?.close());
beforeEach(() => all.db.owner && sql`delete from intake.drop_entry`.execute(all.db.owner));

const look = () => all.house.intake.drop.look();
const at = (...names: string[]) => join(folder, ...names);
const receipt = async (where: 'done' | 'refused', name: string) =>
  JSON.parse(await readFile(at(where, `${name}.receipt.json`), 'utf8'));
const json = (o: object) => JSON.stringify(o);

async function lay(name: string, files: Record<string, string>, ready = true): Promise<void> {
  await mkdir(at(name), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(at(name), path, '..'), { recursive: true });
    await writeFile(at(name, path), text);
  }
  if (ready) await writeFile(at(`${name}.ready`), '');
}
const record = (id: string, title: string, files: object[] = []) =>
  json({ id, metadata: { title, date: '2025-03-01', creator: '县民政局' }, files });
const left = async () => (await readdir(folder)).filter((n) => !['done', 'refused', '.taken'].includes(n));

describe('a drop folder', () => {
  it('gives a record with its files to the agency, and leaves a receipt alone', async () => {
    await lay('甲', {
      'record.json': record('d-1', '甲件', [{ path: '附/正文.txt', name: '正文.txt' }]),
      '附/正文.txt': '正文',
    });
    await look();
    const told = await receipt('done', '甲');
    expect(told).toMatchObject({ outcome: 'taken', id: 'd-1', kind: 'record', name: '甲' });
    const { record: r, files } = await all.house.filing.record(all.clerk.actor, told.recordId);
    expect([r.title, files.map((f) => f.name)]).toEqual(['甲件', ['正文.txt']]);
    expect(await left()).toEqual([]);
    expect(await readdir(at('.taken'))).toEqual([]);
    // The same once more, under another name: known by its id.
    await lay('甲2', { 'record.json': record('d-1', '甲件', [{ path: 'x', name: '正文.txt' }]), x: '正文' });
    await look();
    expect(await receipt('done', '甲2')).toMatchObject({ outcome: 'unchanged', recordId: told.recordId });
  });

  it('reads XML and single JSON files as well', async () => {
    await lay('x', {
      'record.xml': `<?xml version="1.0" encoding="UTF-8"?><record id="d-2" revision="4"><metadata><title>乙件</title><date>2025-04-01</date></metadata>
        <file name="a.txt" path="a.txt"/><part id="p" part="annex"><metadata><title>附件</title></metadata><file name="b.txt" path="b.txt"/></part>
        <event action="签发" at="2025-04-01" agent="尚局长"/></record>`,
      'a.txt': 'a',
      'b.txt': 'b',
    });
    await writeFile(
      at('d-3.json'),
      json({ metadata: { title: '丙件' }, files: [{ name: 'c.txt', content: 'Yw==' }] }),
    );
    await writeFile(at('d-3.json.ready'), '');
    await look();
    const told = await receipt('done', 'x');
    expect(told).toMatchObject({ outcome: 'taken', id: 'd-2' });
    expect((await all.house.filing.record(all.clerk.actor, told.recordId)).parts).toHaveLength(1);
    expect(await receipt('done', 'd-3.json')).toMatchObject({ outcome: 'taken', id: 'd-3' });
  });

  it('makes batches of packages, as they lie or with a description', async () => {
    await handoverZip(join(all.folder, 'p.zip'), [{ code: 'J012-WS·2023-Y-0001' }]);
    await rename(join(all.folder, 'p.zip'), at('移交2023.zip'));
    await writeFile(at('移交2023.zip.ready'), '');
    await lay('描述', {
      'package.json': json({ id: 'pk-2', title: '有描述的', content: '两件' }),
      'bag/data/a.txt': 'a',
      'bag/bagit.txt': 'x',
    });
    await look();
    const one = await receipt('done', '移交2023.zip');
    expect(one).toMatchObject({ outcome: 'taken', kind: 'package', id: '移交2023' });
    expect(await all.house.transfers.one(all.clerk.actor, one.batchId)).toMatchObject({
      state: 'preparing',
      packageName: '移交2023.zip',
    });
    const two = await receipt('done', '描述');
    expect(await all.house.transfers.one(all.clerk.actor, two.batchId)).toMatchObject({
      title: '有描述的',
      packageName: 'bag',
      files: 2,
    });
  });

  it('waits until an entry lies still where nothing says that it is whole', async () => {
    await lay('慢', { 'record.json': record('d-4', '慢件') }, false);
    await writeFile(at('半.zip.part'), 'x');
    await look();
    expect(await left()).toContain('慢');
    await writeFile(at('慢', 'more.txt'), 'x');
    await look();
    await new Promise((r) => setTimeout(r, 2_100));
    await writeFile(at('慢', 'record.json'), record('d-4', '慢件', [{ name: 'more.txt' }]));
    await look();
    expect(await left()).toContain('慢');
    await new Promise((r) => setTimeout(r, 2_100));
    await look();
    expect(await receipt('done', '慢')).toMatchObject({ outcome: 'taken' });
    expect(await left()).toEqual(['半.zip.part']);
  });

  it('refuses what can not be used, in words, and lays it beside', async () => {
    await lay('坏', { 'record.json': '{"metadata":' });
    await lay('空缺', { 'record.json': record('d-5', '缺', [{ name: 'none.txt' }]) });
    await lay('多余', { 'record.json': record('d-6', '多'), 'extra.txt': 'x' });
    await lay('逃', { 'record.json': record('d-7', '逃', [{ name: 'p', path: '../../../etc/passwd' }]) });
    await lay('链', { 'record.json': record('d-8', '链', [{ name: 'l' }]) }, false);
    await symlink('/etc/passwd', at('链', 'l'));
    await writeFile(at('链.ready'), '');
    await symlink('/etc', at('外链'));
    await writeFile(at('外链.ready'), '');
    await lay('炸', {
      'record.xml':
        '<!DOCTYPE a [<!ENTITY b "c">]><record id="&b;"><metadata><title>x</title></metadata></record>',
    });
    await look();
    for (const name of ['坏', '空缺', '多余', '逃', '链', '外链', '炸']) {
      const told = await receipt('refused', name);
      expect(told.outcome, name).toBe('refused');
      expect(told.detail.length, name).toBeGreaterThan(5);
    }
    expect((await receipt('refused', '链')).detail).toContain('l');
    expect(await readdir(at('refused'))).toEqual(expect.arrayContaining(['坏', '空缺', '链', '外链']));
    const lines = await sql<{
      n: number;
    }>`select count(*)::int as n from intake.arrival where way = 'drop' and outcome = 'refused'`.execute(
      all.db.owner,
    );
    expect(lines.rows[0]!.n).toBe(7);
  });

  it('keeps nothing of what bears a classification, and names it nowhere', async () => {
    await lay('【机密】名单', { 'record.json': record('d-9', '名单') });
    await lay('d-10', { 'record.json': record('d-10', '绝密★ 某事', [{ name: 'a.txt' }]), 'a.txt': 'a' });
    await look();
    const told = (await readdir(at('refused'))).filter((n) => /^[0-9a-f-]{36}\.receipt\.json$/.test(n));
    expect(told).toHaveLength(2);
    for (const name of told)
      expect(await readFile(at('refused', name), 'utf8')).not.toMatch(/机密|绝密|名单|某事|d-10|d-9/);
    expect(await readdir(at('.taken'))).toEqual([]);
    const rows = await sql<{
      line: string;
    }>`select row_to_json(d)::text as line from intake.drop_entry d`.execute(all.db.owner);
    for (const { line } of rows.rows) expect(line).not.toMatch(/机密|绝密|名单|某事|d-10|d-9/);
    const kept = await sql<{ n: number }>`select count(*)::int as n from classified.blocked`.execute(
      all.db.owner,
    );
    expect(kept.rows[0]!.n).toBe(2);
  });

  it('is taken once by two processes that watch it', async () => {
    const other = all.another();
    for (let i = 0; i < 6; i++) await lay(`两-${i}`, { 'record.json': record(`two-${i}`, `两 ${i}`) });
    await Promise.all([look(), other.drop.look()]);
    await Promise.all([look(), other.drop.look()]);
    const n = await sql<{
      n: number;
    }>`select count(*)::int as n from filing.record where sender_key like 'two-%'`.execute(all.db.owner);
    expect(n.rows[0]!.n).toBe(6);
    expect((await readdir(at('done'))).filter((f) => f.startsWith('两-'))).toHaveLength(6);
    expect(await left()).toEqual(['半.zip.part']);
    await utimes(folder, new Date(), new Date());
  });
});
