import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBag } from '#formats/bagit';
import { writeEark } from '#formats/eark';
import { handoverFiles } from '#formats/handover';
import { createTreeWriter } from '#formats/tree';
import { systemActor } from '#kernel/actor';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';
import type { Declared, Slug } from './index.ts';

let kept: KeptHouse;
let out: string;

beforeAll(async () => {
  kept = await keptHouse();
  out = await mkdtemp(join(tmpdir(), 'lantai-declared-'));
}, 60_000);
afterAll(async () => {
  await kept.close();
  await rm(out, { recursive: true });
});

/** What the four natures say of one item of a package, and what its rule found. */
async function judged(path: string, slug: Slug, declared: readonly Declared[] = []) {
  const { checks } = kept.house;
  const { subject, kind, close } = await checks.packageSubject({
    path,
    title: 'package',
    fonds: 'J077',
    declared,
  });
  try {
    const { id } = await checks.run(
      systemActor('test'),
      {
        archiveId: kept.archive,
        about: 'package',
        aboutId: path,
        title: 'package',
        stage: 'YJ',
        profile: kind,
      },
      subject,
    );
    const { items } = await checks.report(systemActor('test'), id);
    const found = await checks.findings(systemActor('test'), { id, slug, cursor: undefined, limit: 100 });
    const { result } = items.find((i) => i.item.slug === slug)!;
    return {
      state: result?.state,
      memo: result?.memo ?? {},
      found: found.items.map((f) => ({ message: f.message, detail: f.detail })),
    };
  } finally {
    await close();
  }
}

const messages = ({ found }: Awaited<ReturnType<typeof judged>>) => found.map((f) => f.message);

async function bag(name: string, info: [string, string][]): Promise<string> {
  const path = join(out, name);
  const files = [1, 2].map((n) => ({ path: `件${n}/正文.txt`, content: `正文${n}`, bytes: 7 }));
  await writeBag(path, { wrapper: 'folder', name, date: new Date(0), info, files, tagFiles: [] });
  return path;
}

/** A handover folder of two items. @param spoil changes what a paper says, by its path */
async function handover(name: string, spoil: (path: string, text: string) => string = (_, t) => t) {
  const path = join(out, name);
  const items = [1, 2].map((n) => ({
    values: {
      档号: `J077-WS·2023·Y-000${n}`,
      责任者: '某局',
      题名: `通知${n}`,
      日期: '20230305',
      保管期限: '永久',
      密级: '公开',
    },
    folder: 'J077/WS/2023',
    metadata: { 文件编号: `某发〔2023〕${n}号` },
    files: [
      {
        name: '正文.txt',
        bytes: 7,
        open: async () =>
          (async function* () {
            yield Buffer.from(`正文${n}`);
          })(),
      },
    ],
  }));
  const note = { 移交单位: '某局', 内容描述: '2023年度文书档案', 软硬件环境: '任意' };
  const register = { 交接工作名称: '某局2023年度第1批', 移交载体类型规格: '在线' };
  const writer = await createTreeWriter(path, { wrapper: 'folder' });
  for await (const f of handoverFiles({ note, register, items: () => items, digest: 'sm3' }))
    await writer.add(f);
  await writer.finish();
  for (const paper of ['说明文件.TXT', '其他/电子档案移交与接收登记表.XML']) {
    const at = join(path, paper);
    await writeFile(at, spoil(paper, await readFile(at, 'utf8')));
  }
  return path;
}

describe('what a package declares of itself', () => {
  it('counts: records of a handover folder’s papers are compared with what lies there', {
    timeout: 60_000,
  }, async () => {
    const sound = await judged(await handover('sound'), 'count-total');
    expect(sound).toMatchObject({ state: 'passed', found: [] });
    expect(String(sound.memo.declared)).toContain('档案数量 2');
    const note = await handover('note', (_, t) => t.replace(/2\s*件/, '5件'));
    const wrong = await judged(note, 'count-total');
    expect(wrong.state).toBe('failed');
    expect(messages(wrong)).toEqual(['rule.handover.noteCount', 'rule.handover.registerCount']);
    // Of one thing it is told in one place.
    expect(messages(await judged(note, 'manifest-valid')).filter((m) => /Count$/.test(m))).toEqual([]);
  });

  it('is compared with the register of the handover too', { timeout: 60_000 }, async () => {
    const path = await handover('other-register');
    const register = { items: 3, source: '石民〔2023〕1', isRegister: true };
    const { state, found } = await judged(path, 'count-total', [register]);
    expect(state).toBe('failed');
    expect(found[0]).toMatchObject({
      message: 'check.finding.count',
      detail: { said: 3, there: 2, source: '石民〔2023〕1' },
    });
    const others = found.slice(1);
    expect(others.length).toBe(2);
    for (const f of others)
      expect(f).toMatchObject({
        message: 'check.finding.countRegister',
        detail: { said: 2, registered: 3, register: '石民〔2023〕1' },
      });
    expect((await judged(path, 'count-total', [{ ...register, items: 2 }])).state).toBe('passed');
  });

  it('counts: bytes of a register and of Payload-Oxum, and leaves Bag-Size to people', {
    timeout: 60_000,
  }, async () => {
    const volume = await handover('volume', (_, t) => t.replace('0.000', '7.000'));
    expect(messages(await judged(volume, 'bytes-total'))).toEqual(['rule.handover.registerVolume']);
    const sound = await judged(await bag('sound-bag', [['Bag-Size', '9.5 GB']]), 'bytes-total');
    expect(sound).toMatchObject({ state: 'passed', found: [] });
    expect(sound.memo.declared).toBe('Payload-Oxum 14');
  });

  it('counts: files of Payload-Oxum, and of the sender’s check', { timeout: 60_000 }, async () => {
    const path = await bag('files-bag', []);
    expect(await judged(path, 'pkg-content')).toMatchObject({ state: 'passed', memo: { there: 2 } });
    const sent = [{ files: 3, source: '石民〔2023〕1', isRegister: true }];
    expect((await judged(path, 'pkg-content', sent)).found).toMatchObject([
      { message: 'check.finding.files', detail: { said: 3, there: 2 } },
    ]);
    const info = join(path, 'bag-info.txt');
    await writeFile(info, (await readFile(info, 'utf8')).replace('14.2', '14.9'));
    expect(messages(await judged(path, 'pkg-content'))).toContain('rule.bag.oxumFiles');
    expect(messages(await judged(path, 'bytes-total'))).not.toContain('rule.bag.oxum');
  });

  it('counts: sizes and formats that METS says of files', { timeout: 60_000 }, async () => {
    const path = join(out, 'eark');
    const writer = await createTreeWriter(path, { wrapper: 'folder' });
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
    const data = [
      { path: 'a.bin', bytes: pdf.length, content: () => [pdf], mimeType: 'image/jpeg' },
      { path: 'b.bin', bytes: pdf.length, content: () => [pdf], mimeType: 'application/pdf' },
    ];
    await writeEark(
      writer,
      {
        id: 'eark',
        packageType: 'SIP',
        created: new Date('2025-03-04T05:06:07Z'),
        software: { name: 'Other', version: '1' },
        agents: [],
        representations: [{ name: 'rep1', data }],
      },
      out,
    );
    await writer.finish();
    const attrs = await judged(path, 'file-attrs');
    expect(attrs.found).toMatchObject([
      { message: 'check.finding.otherFormat', detail: { said: 'image/jpeg' } },
    ]);
    const { memo } = await judged(path, 'pkg-content');
    expect(String(memo.declared)).toMatch(/^METS \d+$/);
  });
});
