import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HANDOVER_2012, handoverFiles } from '#formats/handover';
import { createTreeWriter, type WrittenWrapper } from '#formats/tree';
import { holdingsOf, inEmptyHouse, system } from '../../../test/support/furnishedHouse.ts';

let out: string;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'lantai-foreign-'));
});
afterAll(() => rm(out, { recursive: true }));

const record = (name: string, text: string) => ({
  name,
  bytes: Buffer.byteLength(text),
  open: async () =>
    (async function* () {
      yield Buffer.from(text);
    })(),
});
const item = (code: string, more: Record<string, string> = {}, folder = 'J077/WS/2023') => ({
  values: {
    档号: code,
    责任者: '某局',
    题名: `题名 ${code}`,
    日期: '20230305',
    保管期限: '永久',
    密级: '公开',
    ...more,
  },
  folder,
  metadata: { 文件编号: '某发〔2023〕1号', 稿本: '正本', 电子文件号: 'E-1' },
  files: [record('正文.txt', `正文 ${code}`), record('附件.txt', '附件')],
});
const NOTE = { 移交单位: '某局', 内容描述: '2023年度文书档案', 软硬件环境: '任意' };

/** With a catalogue of volumes, whose items stand apart. */
async function written(name: string, wrapper: WrittenWrapper): Promise<string> {
  const path = join(out, name);
  const items = () => [
    item('J077-WS·2023·Y-0001'),
    item('J077-1-0001', { 页数: '2' }, 'J077/J077-1'),
    item('J077-WS·2023·D30-0001', { 保管期限: '30年', 备注: '两份' }),
    item('J077-1-0002', {}, 'J077/J077-1'),
  ];
  const writer = await createTreeWriter(path, { wrapper });
  const root = wrapper === 'folder' ? '' : 'p/';
  for await (const file of handoverFiles({ note: NOTE, items, digest: 'sm3' }))
    await writer.add({ ...file, path: `${root}${file.path}` });
  const volume = '<顺序号>1</顺序号><档号>J077-1</档号><题名>案卷一</题名>';
  await writer.add({
    path: `${root}案卷目录.XML`,
    bytes: Buffer.byteLength(`<案卷目录><案卷>${volume}</案卷></案卷目录>`),
    content: `<案卷目录><案卷>${volume}</案卷></案卷目录>`,
  });
  await writer.finish();
  return path;
}

describe('a handover folder of another product', () => {
  it('comes in with volumes and items, columns and metadata in their fields, its papers kept', async () => {
    const order = { path: await written('handover.zip', 'zip'), archive: '990111' };
    await inEmptyHouse(async (to) => {
      const done = await to.house.packages.ingest(system, order);
      expect(done.findings.filter((f) => f.severity === 'error')).toEqual([]);
      expect(done).toMatchObject({ kind: 'handover', accepted: true, entries: 6, files: 16, newFiles: 16 });
      const { rows, bytes } = await holdingsOf(to);
      expect(new Set(rows.map((r) => `${r.fonds} ${r.fondsName}`))).toEqual(new Set(['J077 某局']));
      const coded = new Map(rows.map((r) => [r.reference_code, r]));
      expect(coded.get('J077-WS·2023·D30-0001')).toMatchObject({
        level: 'item',
        title: '题名 J077-WS·2023·D30-0001',
        retention: 'D30',
        creator: '某局',
        date_from: '2023-03-05',
        doc_no: '某发〔2023〕1号',
        parent_id: null,
        description: { note: '两份', draft: '正本', extra: { 电子文件号: 'E-1' } },
      });
      const volume = coded.get('J077-1');
      expect(volume).toMatchObject({ level: 'file', title: '案卷一', child_count: 2 });
      expect(coded.get('J077-1-0002')).toMatchObject({ parent_id: volume?.id });
      expect(coded.get('J077-1-0001')).toMatchObject({ pages: 2 });
      expect(Object.values(bytes)).toContain('正文 J077-1-0002');
      expect(rows.find((r) => r.title === '2023年度文书档案')?.content).toHaveLength(4);
      expect(await to.house.packages.ingest(system, order)).toMatchObject({
        accepted: true,
        newEntries: 0,
        newFiles: 0,
      });
    });
  });

  it('of the annex of 2012 comes in by the files its rows name, volumes above their items', async () => {
    const path = join(out, 'annex.tar');
    const { 保管期限: _term, ...values } = item('J077-KJ·A-1-001').values;
    const writer = await createTreeWriter(path, { wrapper: 'tar' });
    const files = handoverFiles({
      profile: HANDOVER_2012,
      encoding: 'gb18030',
      note: { ...NOTE, 载体编号: 'G-1', 保管单位: '某馆', 制作单位: '某局', 检查单位: '某馆' },
      volumes: () => [{ folder: 'KJ', values: { 档号: 'J077-KJ·A-1', 题名: '建筑卷' } }],
      items: () => [
        { ...item(''), values, volume: 'J077-KJ·A-1', folder: '' },
        { ...item('J077-WS·2023·Y-0009'), folder: 'WS' },
      ],
    });
    for await (const file of files) await writer.add({ ...file, path: `p/${file.path}` });
    await writer.finish();
    await inEmptyHouse(async (to) => {
      const done = await to.house.packages.ingest(system, { path, archive: '990111', fonds: 'J077' });
      expect(done.findings.filter((f) => f.severity === 'error')).toEqual([]);
      expect(done).toMatchObject({ kind: 'handover', accepted: true, entries: 4 });
      const { rows, bytes } = await holdingsOf(to);
      const coded = new Map(rows.map((r) => [r.reference_code, r]));
      const volume = coded.get('J077-KJ·A-1');
      expect(volume).toMatchObject({ level: 'file', title: '建筑卷', fonds: 'J077' });
      expect(coded.get('J077-KJ·A-1-001')).toMatchObject({ level: 'item', parent_id: volume?.id });
      expect(coded.get('J077-WS·2023·Y-0009')).toMatchObject({ parent_id: null, retention: 'Y' });
      expect(Object.values(bytes)).toContain('正文 J077-WS·2023·Y-0009');
    });
  });

  it('with a changed file or a secret record is refused, and nothing of it stays', async () => {
    const damaged = await written('damaged', 'folder');
    await writeFile(join(damaged, 'J077/J077-1/J077-1-0002/附件.txt'), '附件?');
    const secret = join(out, 'secret');
    const writer = await createTreeWriter(secret, { wrapper: 'folder' });
    for await (const file of handoverFiles({ note: NOTE, items: () => [item('J077-1', { 密级: '机密' })] }))
      await writer.add(file);
    await writer.finish();
    await inEmptyHouse(async (to) => {
      for (const [path, code] of [
        [damaged, 'handover.digest'],
        [secret, 'ingest.entry'],
      ] as const) {
        const done = await to.house.packages.ingest(system, { path, archive: '990111' });
        expect(done).toMatchObject({ kind: 'handover', accepted: false });
        expect(done.findings.map((f) => f.code)).toContain(code);
      }
      expect((await holdingsOf(to)).rows).toEqual([]);
    });
  });

  it('is judged without being taken in, each entry shown; and taken in without what is left out', async () => {
    const order = { path: await written('part.zip', 'zip'), archive: '990111' };
    const LEFT = 'J077-WS·2023·Y-0001';
    await inEmptyHouse(async (to) => {
      const seen: unknown[] = [];
      const { judged, close } = await to.house.packages.judge({
        ...order,
        look: (unit) => seen.push(unit.row.reference_code),
      });
      await close();
      expect(judged).toMatchObject({ valid: true, kind: 'handover', entries: 6, files: 16 });
      expect(seen).toContain(LEFT);
      expect(seen).toHaveLength(6);
      const done = await to.house.packages.ingest(system, { ...order, leftOut: new Set([LEFT, 'J077-1']) });
      expect(done).toMatchObject({ accepted: true, entries: 6 });
      const { rows } = await holdingsOf(to);
      const codes = rows.map((row) => row.reference_code).filter(Boolean);
      // What stands in the volume goes with it.
      expect(codes).toEqual(['J077-WS·2023·D30-0001']);
    });
  });
});
