import jsQr from 'jsqr';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPdf, readPdfText } from '#formats/pdf';
import { openSheets } from '#formats/sheets';
import { FORM_KINDS, FORMS, type Form } from './domain/forms.ts';
import { type PrintHouse, printHouse } from './testing.ts';

let h: PrintHouse;
beforeAll(async () => {
  h = await printHouse();
});
afterAll(() => h.close());

const squeezed = (text: string) => text.replaceAll(/\s/g, '');
async function pagesOf(path: string): Promise<{ text: string; width: number; height: number }[]> {
  const pages = [];
  for await (const { text, width, height } of readPdfText(path))
    pages.push({ text: squeezed(text), width, height });
  return pages;
}
const settings = (form: Form, changes: object) => Object.assign({}, FORM_KINDS[form].settings, changes);
const MM = 72 / 25.4;

describe('every form', () => {
  it('is drawn with its fonts embedded as subsets', async () => {
    for (const form of FORMS) {
      const { order, bytes, path } = await h.made(h.wanted(form));
      expect([form, order.state, order.failure]).toEqual([form, 'done', null]);
      expect((await pagesOf(path)).length, form).toBe(order.pages);
      const raw = bytes.toString('latin1');
      const fonts = [...raw.matchAll(/\/FontName \/([^\s/]+)/g)].map((m) => m[1]!);
      expect(fonts.length, form).toBeGreaterThan(0);
      for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+NotoSerifSC-/);
      expect(raw.match(/\/FontFile2/g), form).toHaveLength(fonts.length);
      expect(bytes.length, form).toBeLessThan(400_000);
    }
  });
});

describe('the papers of a volume', () => {
  it('are its cover, the list of its documents and its note sheet, with the pages it has', async () => {
    const { path, order } = await h.made(h.wanted('fileSet'));
    const [cover, list, note] = await pagesOf(path);
    expect(order.pages).toBe(3);
    expect(cover!.text).toContain('自1962年1月3日至1962年12月20日');
    expect(cover!.text).toContain('本卷共5件46页');
    expect(cover!.text).toContain('《灾民安置办法》');
    expect(cover!.text).not.toContain('第1页');
    for (const words of ['卷内文件目录', '序号', '文号', '责任者', '题名', '日期', '页号', '备注'])
      expect(list!.text).toContain(words);
    expect(list!.text).toContain('19620112');
    // The page each begins on, from the pages of those before.
    for (const pages of ['1-3', '4-5', '6-19', '20', '21-46']) expect(list!.text).toContain(pages);
    expect(list!.text).toContain('第1页共1页');
    expect(note!.text).toContain('本卷共5件46页。');
    for (const words of ['立卷人', '检查人', '立卷时间']) expect(note!.text).toContain(words);
  });

  it('leave what is not known to be written by hand', async () => {
    const empty = await h.house.holdings.createUnit(h.archivist, {
      fondsId: h.fonds.id,
      level: 'file',
      title: '未编号案卷',
    });
    const { path } = await h.made(h.wanted('fileSet', { choice: { kind: 'unit', id: empty } }));
    const [cover, list, note] = await pagesOf(path);
    expect(cover!.text).toContain('自年月日至年月日');
    expect(cover!.text).toContain('本卷共件页');
    expect(list!.text).toContain('卷内文件目录');
    expect(note!.text).toContain('本卷情况说明立卷人');
  });
});

describe('the catalogue of filed documents', () => {
  it('is a cover and a list for each year, period and department, in the order of codes', async () => {
    const { path, order } = await h.made(
      h.wanted('itemList', {
        choice: {
          kind: 'filter',
          filter: { archiveId: h.house.county, fonds: h.fonds.id, year: 2011, level: 'item' },
        },
      }),
    );
    const pages = await pagesOf(path);
    expect(order).toMatchObject({ pages: 4, done: 9, total: 9 });
    expect(pages[0]!.text).toBe(
      '归档文件目录全宗号J019全宗名称石桥县民政局年度2011保管期限定期30年机构（问题）办公室',
    );
    expect(pages[1]!.text).toMatch(/J019-WS·2011·D30·BGS-0001.*BGS-0006/);
    expect(pages[1]!.text).toContain('序号档号文号责任者题名日期密级页数备注');
    expect(pages[3]!.text).toContain('优抚安置科');
    expect(pages[1]!.width).toBeCloseTo(297 * MM, 0);
  });

  it('repeats its headings, never parts a row, and numbers its pages', async () => {
    const wide = settings('itemList', {
      perClass: false,
      cover: false,
      rowHeight: 40,
      header: { left: '{fondsName}', center: '', right: '{date}' },
    });
    const { path } = await h.made(h.wanted('itemList', { settings: wide }));
    const pages = await pagesOf(path);
    expect(pages.length).toBeGreaterThan(3);
    for (const [i, page] of pages.entries()) {
      expect(page.text).toContain('序号档号文号');
      expect(page.text).toContain(`第${i + 1}页共${pages.length}页`);
      expect(page.text).toContain('20260301');
    }
    const long = squeezed(`关于${'转发地区行政公署民政处'.repeat(8)}救灾工作会议纪要的通知`);
    expect(pages.filter((p) => p.text.includes(long))).toHaveLength(1);
  });

  it('tells of a character the type has not, and where, and prints its number', async () => {
    const { path, order } = await h.made(h.wanted('itemList'));
    expect(order.missing).toEqual([{ character: '𠮷', count: 1, places: ['J019-001-012-005'] }]);
    expect((await pagesOf(path)).map((p) => p.text).join('')).toContain('〔U+20BB7〕家村灾民安置名册');
  });

  it('is a workbook too, with the numbers as numbers', async () => {
    const { path } = await h.made(h.wanted('itemList', { format: 'xlsx' }));
    const rows = await workbook(path);
    expect(rows[0]).toEqual([
      '全宗号',
      '序号',
      '档号',
      '文号',
      '责任者',
      '题名',
      '日期',
      '密级',
      '页数',
      '备注',
    ]);
    expect(rows).toHaveLength(15);
    expect(rows[5]).toMatchObject({ 2: 'J019-001-012-005', 5: '𠮷家村灾民安置名册', 8: '26' });
  });

  it('is a workbook for each list', async () => {
    const heads: Partial<Record<Form, string>> = {
      fileList: 'J019-001-012',
      fileCatalogue: 'J019',
      findingAid: '类',
      boxSpine: 'J019',
      labels: 'J019-001-012',
    };
    for (const [form, first] of Object.entries(heads)) {
      const { path } = await h.made(h.wanted(form as Form, { format: 'xlsx' }));
      const rows = await workbook(path);
      expect(rows.length, form).toBeGreaterThan(1);
      expect(
        rows.slice(1).map((r) => r[0]),
        form,
      ).toContain(first);
    }
  });
});

async function workbook(path: string): Promise<string[][]> {
  const book = await openSheets(path);
  const rows: string[][] = [];
  for await (const batch of book.sheets[0]!.rows()) for (const row of batch) rows.push(row.cells);
  await book.close();
  return rows;
}

describe('the papers of a box', () => {
  it('are spines in their true size, one for each box', async () => {
    for (const thickness of [20, 30, 40, 50] as const) {
      const { path, order } = await h.made(
        h.wanted('boxSpine', { settings: settings('boxSpine', { thickness, trueSize: true }) }),
      );
      const pages = await pagesOf(path);
      expect(order.pages).toBe(5);
      for (const page of pages) {
        expect(page.width).toBeCloseTo(thickness * MM, 1);
        expect(page.height).toBeCloseTo(310 * MM, 1);
      }
      const texts = pages.map((p) => p.text);
      expect(texts[2]).toContain('0001—0003');
      for (const words of ['全宗号J019', '年度2011', '机构（问题）', '起止件号', '盒号'])
        expect(texts[2]).toContain(words);
      // Vertical, character by character.
      expect(texts[4]).toContain('优抚安置科');
    }
  });

  it('are cut out of A3 along lines 310 mm long, a thickness apart', async () => {
    const { path } = await h.made(
      h.wanted('boxSpine', { settings: settings('boxSpine', { thickness: 40 }) }),
    );
    const pdf = await openPdf(path);
    const dpi = 127;
    const { data } = await pdf.render(1, { dpi, format: 'png' });
    await pdf.close();
    const { data: grey, info } = await sharp(data).greyscale().raw().toBuffer({ resolveWithObject: true });
    const dark = (x: number, y: number) => grey[y * info.width + x]! < 170;
    const mm = dpi / 25.4;
    // Columns of which the box' whole height is dark are the lines to cut along.
    const lines: number[] = [];
    for (let x = 0; x < info.width; x++) {
      let n = 0;
      for (let y = 0; y < info.height; y++) if (dark(x, y)) n++;
      if (n > 300 * mm) {
        expect(Math.abs(n / mm - 310)).toBeLessThan(0.8);
        if (lines.length === 0 || x - lines.at(-1)! > 3) lines.push(x);
      }
    }
    expect(lines.length).toBe(6);
    for (let i = 1; i < lines.length; i++)
      expect(Math.abs((lines[i]! - lines[i - 1]!) / mm - 40)).toBeLessThan(0.5);
  });

  it('are refused on paper they do not fit on', async () => {
    const small = settings('boxSpine', { paper: 'A4' });
    await expect(
      h.printing.order(h.archivist, h.wanted('boxSpine', { settings: small })),
    ).rejects.toMatchObject({
      code: 'printing.paperTooSmall',
    });
  });

  it('have a face of 310 by 220 mm, and a note sheet that counts what is known', async () => {
    const face = await h.made(h.wanted('boxFace'));
    const [page] = await pagesOf(face.path);
    expect(page!.width).toBeCloseTo(220 * MM, 1);
    expect(page!.height).toBeCloseTo(310 * MM, 1);
    expect(page!.text).toContain('石桥县民政局');
    const note = await pagesOf((await h.made(h.wanted('boxNote'))).path);
    const texts = note.map((p) => p.text);
    expect(texts.find((t) => t.includes('盒号：1'))).toContain('本盒共3件12页。');
    // The pages of one are not known: none are stated.
    expect(texts.find((t) => t.includes('盒号：2'))).toContain('本盒共3件。');
  });
});

describe('labels', () => {
  it('have a code a reader of QR codes reads, and bars wide enough to be read', async () => {
    const { path, order } = await h.made(
      h.wanted('labels', { choice: { kind: 'units', ids: [h.items[0]!] } }),
    );
    expect(order.unbarred).toBe(0);
    const pdf = await openPdf(path);
    const { data } = await pdf.render(1, { dpi: 200, format: 'png' });
    await pdf.close();
    const { data: pixels, info } = await sharp(data)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const found = jsQr.default(new Uint8ClampedArray(pixels), info.width, info.height);
    expect(found?.data).toBe(`https://dag.example.cn/console/units/${h.items[0]}`);
  });

  it('tell where a code has no bars', async () => {
    const narrow = settings('labels', {
      labels: { columns: 4, rows: 8, width: 45, height: 30, gapX: 2, gapY: 0 },
    });
    const { order } = await h.made(h.wanted('labels', { settings: narrow }));
    expect(order.unbarred).toBeGreaterThan(5);
    const wide = settings('labels', {
      labels: { columns: 5, rows: 8, width: 45, height: 30, gapX: 2, gapY: 0 },
    });
    await expect(h.printing.order(h.archivist, h.wanted('labels', { settings: wide }))).rejects.toMatchObject(
      {
        code: 'printing.labelGrid',
      },
    );
  });
});

describe('a finding aid and a guide', () => {
  it('give a fonds with its hierarchy, or a series with what is below', async () => {
    const { path, order } = await h.made(h.wanted('findingAid'));
    const text = (await pagesOf(path)).map((p) => p.text).join('');
    for (const words of [
      '石桥县民政局检索目录',
      '起止年代1950-2012',
      '组织机构沿革',
      '救灾救济类',
      'J019-001-012-004',
    ])
      expect(text).toContain(words);
    const below = await h.made(h.wanted('findingAid', { choice: { kind: 'unit', id: h.series } }));
    const part = (await pagesOf(below.path)).map((p) => p.text).join('');
    expect(part).toContain('救灾救济类检索目录');
    expect(part).not.toContain('BGS-0001');
    expect(below.order.done).toBeLessThan(order.done);
  });

  it('counts what a fonds has', async () => {
    const { path } = await h.made(h.wanted('fondsGuide'));
    const text = (await pagesOf(path)).map((p) => p.text).join('');
    for (const words of [
      '石桥县民政局全宗指南',
      '一、全宗构成者简况',
      '文件14件',
      '1985年至2013年分五次接收进馆',
    ])
      expect(text).toContain(words);
  });

  it('sum up a fonds by category, what is kept longest first', async () => {
    const { path } = await h.made(h.wanted('fondsGuide'));
    const text = (await pagesOf(path)).map((p) => p.text).join('');
    const at = ['长期15', '定期30年09'].map((words) => text.indexOf(words));
    expect(at[0]).toBeGreaterThan(0);
    expect(at[1]).toBeGreaterThan(at[0]!);
    expect(text).toContain('编制日期：2026年3月1日');
  });
});

describe('what stands above and below a form', () => {
  it('is parted between facts, not within one', async () => {
    const { path } = await h.made(h.wanted('boxNote'));
    const settings_ = settings('boxNote', { fontSize: 16 });
    const large = await h.made(h.wanted('boxNote', { settings: settings_ }));
    let boxes = 0;
    for (const one of [path, large.path])
      for await (const { text } of readPdfText(one)) {
        if (!text.includes('办公室')) continue;
        boxes++;
        for (const label of ['年度', '保管期限', '起止件号'])
          expect(text).toMatch(new RegExp(`${label}：\\S`));
      }
    expect(boxes).toBe(6);
  });

  it('is English where English is wished, its headings in whole words', async () => {
    const { path } = await h.made(h.wanted('findingAid', { language: 'en' }));
    let text = '';
    for await (const page of readPdfText(path)) text += page.text;
    expect(text).toMatch(/\bRetention\b/);
    expect(text).toMatch(/\bExtent\b/);
    expect(text).toContain('Fonds number: J019');
    const note = await h.made(h.wanted('fileNote', { language: 'en' }));
    let words = '';
    for await (const page of readPdfText(note.path)) words += page.text;
    expect(words).toContain('Items: 5, pages: 46.');
    expect(words).not.toMatch(/[：。]/);
  });

  it('is whose a stamp is, cut where it is long: no value is told to be shortened', async () => {
    const { order } = await h.made(h.wanted('stamp'));
    expect(order.shortened).toBe(0);
  });
});
