import { createWriteStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import type { PageOrder } from '../pages/order.ts';
import { bodyOf, chineseDate } from '../pages/wording.ts';
import { randomOf } from '../random.ts';
import { type BornDigital, RECEIVER } from './documents.ts';

const require = createRequire(import.meta.url);
const fontFile = (weight: string) =>
  require.resolve(`@expo-google-fonts/noto-serif-sc/${weight}/NotoSerifSC_${weight}.ttf`);
const MARGIN = 79;
const RED = '#c8201c';

/** Writes a born-digital record: a PDF with text in it, or plain text. Of the same record the same bytes come out. */
export async function writeRecord(record: BornDigital, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  if (path.endsWith('.txt')) await writeFile(part, plainText(record));
  else await writePdf(record, part);
  await rename(part, path);
}

function bodyText({ entry, path }: BornDigital): string[] {
  const { code, fonds, year, retention, title, creator, docNo, date, subject, pages } = entry;
  const order: PageOrder = {
    path, archive: RECEIVER.code, kind: 'official', code, fonds, year, retention, title, creator, docNo, date, subject,
    persons: [], page: 1, pages: pages ?? 1, dpi: 150, tilt: 0, turned: 0, grey: false, grain: 0,
  }; // biome-ignore format: a table of fields
  return bodyOf(randomOf(`transfer ${code}`), order, 1 + (pages ?? 1) * 3);
}

function plainText(record: BornDigital): string {
  const { title, creator, date } = record.entry;
  return [title, `${creator}　${chineseDate(date)}`, '', ...bodyText(record), ''].join('\n');
}

async function writePdf(record: BornDigital, path: string): Promise<void> {
  const { title, creator, docNo, date } = record.entry;
  const made = new Date(
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))),
  );
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    info: { Title: title, Author: creator, CreationDate: made, ModDate: made },
  });
  const file = createWriteStream(path);
  pdf.pipe(file);
  pdf.registerFont('regular', fontFile('400Regular'));
  pdf.registerFont('bold', fontFile('700Bold'));
  pdf.font('bold').fontSize(30).fillColor(RED).text(`${creator}文件`, { align: 'center' });
  pdf.moveDown(0.6).font('regular').fontSize(14).fillColor('black').text(docNo, { align: 'center' });
  const y = pdf.y + 8;
  pdf
    .moveTo(MARGIN, y)
    .lineTo(595 - MARGIN, y)
    .lineWidth(2)
    .strokeColor(RED)
    .stroke();
  pdf.y = y + 26;
  pdf.font('bold').fontSize(19).text(title, { align: 'center', lineGap: 6 });
  pdf.moveDown(1).font('regular').fontSize(15);
  const [address = '', ...rest] = bodyText(record);
  pdf.text(address, { lineGap: 10 });
  for (const paragraph of rest) pdf.text(paragraph, { indent: 30, lineGap: 10 });
  pdf.moveDown(2).text(creator, { align: 'right' }).text(chineseDate(date), { align: 'right' });
  pdf.end();
  await finished(file);
}
