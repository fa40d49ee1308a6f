/** One case of the bench of printing, in a process of its own: `print-case.ts ours|pdfkit PATH PAGES`. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import PDFDocument from 'pdfkit';
import { loadFace } from '#formats/certificate';
import { drawList, PLAIN_SETTINGS, type PrintSettings, Sheet } from '#formats/print';

const [what, path = '', wanted = '0'] = process.argv.slice(2);
const PAGES = Number(wanted);
const ROWS = 12;
const COLUMNS = [11, 52, 37, 28, 75, 20, 12, 12, 20];
const HEADS = ['序号', '档号', '文号', '责任者', '题名', '日期', '密级', '页数', '备注'];

/** Rows as a county has them: every title its own, one in four over two lines. */
function cells(n: number): string[] {
  const title = `关于${n}号${n % 4 ? '' : '文件转发省人民政府办公厅进一步加强和改进基层'}救灾款物发放和管理工作的通知`;
  return [
    String(n),
    `J019-WS·${1990 + (n % 30)}·D30·BGS-${String(n % 10_000).padStart(4, '0')}`,
    `石民发〔${1990 + (n % 30)}〕${n % 100}号`,
    '石桥县民政局',
    title,
    '20110301',
    '',
    String(n % 90),
    '',
  ];
}
function* batches(rows: number) {
  for (let n = 1; n <= rows; n += 1_000)
    yield Array.from({ length: Math.min(1_000, rows - n + 1) }, (_, i) => cells(n + i));
}

const about = { title: '归档文件目录', author: '石桥县档案馆', language: 'zh-CN', at: new Date() };

async function ours(): Promise<number> {
  const out = createWriteStream(path);
  const sheet = new Sheet(out, about);
  const settings: PrintSettings = Object.assign({}, PLAIN_SETTINGS, {
    landscape: true,
    margins: { top: 25, right: 15, bottom: 15, left: 15 },
    fontSize: 10,
    titleSize: 18,
    footer: { left: '', center: '第 {page} 页 共 {pages} 页', right: '' },
  });
  const c = {
    sheet,
    settings,
    language: 'zh-CN' as const,
    running: {},
    told: { shortened: 0, unbarred: 0 },
  };
  function* rows() {
    for (const batch of batches(PAGES * ROWS))
      yield batch.map((list) => ({ cells: list.map((text) => sheet.ready(text)) }));
  }
  const columns = HEADS.map((heading, i) => ({ heading, width: COLUMNS[i]! }));
  await drawList(c, { title: '归档文件目录', above: ['全宗号：J019'], columns, rows: rows() });
  return (await sheet.finish()).pages;
}

/** The same rows by pdfkit's own text(), which is given each line's place and width. */
async function pdfkit(): Promise<number> {
  const doc = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: 42,
    font: '',
    autoFirstPage: false,
  });
  doc.registerFont('regular', loadFace().regular);
  doc.font('regular').fontSize(10);
  const out = createWriteStream(path);
  doc.pipe(out);
  const share = 757 / COLUMNS.reduce((a, b) => a + b, 0);
  let n = 0;
  for (const batch of batches(PAGES * ROWS))
    for (const list of batch) {
      if (n % ROWS === 0) {
        doc.addPage();
        if (out.writableNeedDrain) await once(out, 'drain');
      }
      const y = 60 + (n++ % ROWS) * 26;
      let x = 42;
      for (const [i, text] of list.entries()) {
        const width = COLUMNS[i]! * share;
        doc.rect(x, y, width, 26).lineWidth(0.4).stroke();
        doc.text(text, x + 3, y + 3, { width: width - 6, height: 26 });
        x += width;
      }
    }
  doc.end();
  await once(out, 'finish');
  return Math.ceil(n / ROWS);
}

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
const started = performance.now();
const pages = what === 'ours' ? await ours() : await pdfkit();
const seconds = (performance.now() - started) / 1_000;
delay.disable();
process.stdout.write(
  JSON.stringify({
    pages,
    seconds,
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1_024),
    longestWaitMs: Math.round(delay.max / 1e6),
    bytes: (await stat(path)).size,
  }),
);
