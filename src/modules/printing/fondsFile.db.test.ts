import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPdfText } from '#formats/pdf';
import { openSheets } from '#formats/sheets';
import type { Actor, Capability } from '#kernel/actor';
import type { FondsHeading } from '#kernel/fondsHeadings';
import { fondsParts } from './domain/fondsPapers.ts';
import { FORM_KINDS } from './domain/forms.ts';
import { type PrintHouse, printHouse } from './testing.ts';

let h: PrintHouse;
beforeAll(async () => {
  h = await printHouse();
  const add = (heading: FondsHeading, title: string, dated: string | null, author: string | null) =>
    h.fondsFiles.add(h.archivist, h.fonds.id, { heading, title, dated, author, body: null, uploadIds: [] });
  await add('introduction', '石桥县民政局全宗指南', '2019', '石桥县档案馆');
  await add('arrangement', '整理工作方案', '2024-03', '保管科');
  await add('arrangement', '立卷说明', '2023-11-05', null);
  await add('keeping', '库房温湿度记录', null, '保管科');
});
afterAll(() => h.close());

async function textOf(path: string): Promise<string[]> {
  const pages: string[] = [];
  for await (const { text } of readPdfText(path)) pages.push(text.replaceAll(/\s/g, ''));
  return pages;
}
function keeps(...capabilities: Capability[]): Actor {
  const made = h.house.person(['holdings.read', ...capabilities], h.house.county);
  h.people.set(made.id!, made);
  return made;
}

describe('the file of a fonds 全宗卷', () => {
  it('is printed as its cover and the catalogue of its papers, heading by heading, by their dates', async () => {
    const { path, order } = await h.made(h.wanted('fondsFile'), keeps());
    expect(order).toMatchObject({ state: 'done', pages: 2, done: 4 });
    const [cover, list] = await textOf(path);
    for (const words of ['全宗卷', 'J019', '石桥县民政局', '石桥县档案馆', '1950-2012'])
      expect(cover).toContain(words);
    const order_ = [
      '全宗卷目录',
      '1全宗介绍（1份）',
      '石桥县民政局全宗指南',
      '2收集',
      '3整理',
      '20231105',
      '202403',
      '4保管',
    ];
    const at = order_.map((words) => list!.indexOf(words));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at[0]).toBeGreaterThanOrEqual(0);
    for (const heading of ['鉴定', '统计', '利用', '信息化', '附件']) expect(list).toContain(heading);
  });

  it('is printed in traditional characters and in English', async () => {
    const hant = await h.made(h.wanted('fondsFile', { language: 'zh-TW' }));
    expect((await textOf(hant.path)).join('')).toContain('全宗卷目錄');
    const english = await h.made(h.wanted('fondsFile', { language: 'en' }));
    const words = (await textOf(english.path)).join('');
    for (const said of ['Fondsfile', '1Introduction(1)', 'Acquisition', 'Digitalwork'])
      expect(words).toContain(said);
  });

  it('is a workbook for those who take data out', async () => {
    const wanted = h.wanted('fondsFile', { format: 'xlsx' });
    await expect(h.printing.order(keeps(), wanted)).rejects.toMatchObject({ code: 'actor.forbidden' });
    const { path } = await h.made(wanted, keeps('content.export'));
    const book = await openSheets(path);
    const rows: string[][] = [];
    for await (const batch of book.sheets[0]!.rows()) for (const row of batch) rows.push(row.cells);
    await book.close();
    expect(rows[0]).toEqual(['全宗号', '类别', '序号', '责任者', '题名', '日期', '附件', '备注']);
    expect(rows.slice(1).map((r) => [r[1], r[2], r[4], r[5] ?? ''])).toEqual([
      ['全宗介绍', '1', '石桥县民政局全宗指南', '2019'],
      ['整理', '1', '立卷说明', '20231105'],
      ['整理', '2', '整理工作方案', '202403'],
      ['保管', '1', '库房温湿度记录', ''],
    ]);
  });

  it('is not for who has a post for a part of the archive', async () => {
    const clerk = keeps();
    const part = Object.assign({}, clerk, {
      posts: [
        {
          archiveId: h.house.county,
          role: 'custody',
          capabilities: new Set<Capability>(['holdings.read']),
          categories: new Set(['WS']),
          fonds: null,
        },
      ],
    });
    // Asked for with less than the person has: the paper has no more than was asked for with.
    expect((await h.made(h.wanted('fondsFile'), part)).order.failure).toBe('actor.forbidden');
    h.people.set(clerk.id!, part);
    expect((await h.made(h.wanted('fondsFile'), part)).order.failure).toBe('fonds.notFound');
  });

  it('goes on over as many pages as it takes, with long titles whole', async () => {
    const long = `关于${'石桥县民政局档案整理数字化与开放审核工作'.repeat(12)}的报告`;
    for (let i = 1; i <= 60; i++)
      await h.fondsFiles.add(h.archivist, h.fonds.id, {
        heading: 'use',
        title: i === 60 ? long : `利用统计表${i}`,
        dated: `20${String(i).padStart(2, '0')}`,
        author: null,
        body: null,
        uploadIds: [],
      });
    const settings = Object.assign({}, FORM_KINDS.fondsFile.settings, { cover: false });
    const { path, order } = await h.made(h.wanted('fondsFile', { settings }));
    expect(order.pages).toBeGreaterThan(2);
    expect(order.shortened).toBe(0);
    const pages = await textOf(path);
    expect(pages.join('').split('档案整理数字化').length - 1).toBe(12);
    for (const page of pages) expect(page).toContain('全宗卷目录');
  });

  it('has what the house noted among its papers by the day', () => {
    const line = { heading: 'acquisition', kind: 'handover', id: 'x', number: 'YJ-1', records: 3 } as const;
    const document = {
      id: 'd',
      heading: 'acquisition' as const,
      title: '移交目录',
      author: null,
      body: null,
      files: [],
    };
    const given = { archiveId: '', fondsId: '', version: 1, createdByName: '', updatedByName: '' };
    const at = new Date(0);
    const file = {
      documents: [
        Object.assign({ dated: '2024-05', createdAt: at, updatedAt: at }, document, given),
        Object.assign({ dated: null, createdAt: at, updatedAt: at }, document, given, { title: '无日期' }),
      ],
      lines: [Object.assign({ title: '2023年度', day: '2024-06-01' }, line)],
    };
    const papers = fondsParts(file, (l) => `接收移交 ${l.number}`).find(
      (p) => p.heading === 'acquisition',
    )!.papers;
    expect(papers.map((p) => [p.n, p.title, p.date, p.noted])).toEqual([
      [1, '移交目录', '202405', false],
      [2, '接收移交 YJ-1', '20240601', true],
      [3, '无日期', '', false],
    ]);
  });
});
