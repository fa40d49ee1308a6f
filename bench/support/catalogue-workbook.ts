import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';
import { inventedEntry } from './invented-catalogue.ts';

/** The columns of a county's catalogue of filed documents. */
const HEADINGS =
  '序号 档号 全宗号 题名 责任者 文号 文件日期 年度 保管期限 门类 密级 页数 开放状态 盒号 备注'.split(' ');
const RETENTION: Record<string, string> = { Y: '永久', D30: '30年', D10: '10年' };
const ACCESS: Record<string, string> = {
  open: '开放',
  restricted: '控制',
  delayed: '延期开放',
  unreviewed: '',
};
const CATEGORY: Record<string, string> = { WS: '文书', ZY: '专业', KJ: '科技', KU: '会计', ZP: '照片' };

/** Row n (from 0) of an invented catalogue, 15 columns. */
export function catalogueRow(n: number): string[] {
  const e = inventedEntry(n);
  return [
    String(n + 1), e.referenceCode, e.fondsNo, e.title, e.responsible, e.documentNo, e.date, String(e.year), RETENTION[e.retention] ?? e.retention,
    CATEGORY[e.category] ?? e.category, '公开', String(1 + (n % 40)), ACCESS[e.accessStatus] ?? '', String(1 + Math.floor(n / 30)).padStart(4, '0'),
    n % 10 === 0 ? '原件破损，已修复' : '',
  ]; // biome-ignore format: a row of cells
}

interface Part {
  name: string;
  write(put: (text: string) => Promise<void>): Promise<void>;
}

const escaped = (s: string) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/**
 * Writes an invented catalogue as .xlsx, as Excel does (shared strings) or as programs do (inline strings).
 *
 * @param rows rows of data below the heading
 * @param row what stands in each, from 0
 */
export async function writeCatalogue(
  path: string,
  rows: number,
  strings: 'inline' | 'shared',
  row: (n: number) => readonly string[] = catalogueRow,
): Promise<void> {
  const table = new Map<string, number>();
  let uses = 0;
  const cell = (text: string): string => {
    if (text === '') return '<c/>';
    if (strings === 'inline') return `<c t="inlineStr"><is><t>${escaped(text)}</t></is></c>`;
    let at = table.get(text);
    if (at === undefined) {
      at = table.size;
      table.set(text, at);
    }
    uses++;
    return `<c t="s"><v>${at}</v></c>`;
  };
  const sheet: Part = {
    name: 'xl/worksheets/sheet1.xml',
    async write(put) {
      await put(
        `${HEAD}<worksheet xmlns="${MAIN}"><sheetData><row r="1">${HEADINGS.map(cell).join('')}</row>`,
      );
      let text = '';
      for (let n = 0; n < rows; n++) {
        text += `<row r="${n + 2}">${row(n).map(cell).join('')}</row>`;
        if (text.length < 65_536) continue;
        await put(text);
        text = '';
      }
      await put(`${text}</sheetData></worksheet>`);
    },
  };
  const shared: Part = {
    name: 'xl/sharedStrings.xml',
    async write(put) {
      await put(`${HEAD}<sst xmlns="${MAIN}" count="${uses}" uniqueCount="${table.size}">`);
      let text = '';
      for (const s of table.keys()) {
        text += `<si><t>${escaped(s)}</t></si>`;
        if (text.length < 65_536) continue;
        await put(text);
        text = '';
      }
      await put(`${text}</sst>`);
    },
  };
  await writeZip(path, [...frame(strings), sheet, ...(strings === 'shared' ? [shared] : [])]);
}

function frame(strings: 'inline' | 'shared'): Part[] {
  const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const sheetml = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const part = (name: string, xml: string): Part => ({ name, write: (put) => put(HEAD + xml) });
  const withShared = (xml: string) => (strings === 'shared' ? xml : '');
  return [
    part('[Content_Types].xml', `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetml}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheetml}.worksheet+xml"/>${withShared(`<Override PartName="/xl/sharedStrings.xml" ContentType="${sheetml}.sharedStrings+xml"/>`)}</Types>`),
    part('_rels/.rels', `<Relationships xmlns="${packaged}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
    part('xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${office}"><sheets><sheet name="归档文件目录" sheetId="1" r:id="rId1"/></sheets></workbook>`),
    part('xl/_rels/workbook.xml.rels', `<Relationships xmlns="${packaged}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>${withShared(`<Relationship Id="rId2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/>`)}</Relationships>`),
  ]; // biome-ignore format: a package's fixed parts
}

/** Writes a ZIP front to back, sizes behind the data. */
async function writeZip(path: string, parts: readonly Part[]): Promise<void> {
  const out = createWriteStream(path);
  let offset = 0;
  const put = async (b: Buffer) => {
    offset += b.length;
    if (!out.write(b)) await once(out, 'drain');
  };
  const directory: Buffer[] = [];
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const start = offset;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(0x0008, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    await put(Buffer.concat([local, name]));
    const { crc, size, packed } = await deflate(part, put);
    const trailer = Buffer.alloc(16);
    trailer.writeUInt32LE(0x08074b50, 0);
    trailer.writeUInt32LE(crc, 4);
    trailer.writeUInt32LE(packed, 8);
    trailer.writeUInt32LE(size, 12);
    await put(trailer);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    entry.writeUInt16LE(20, 6);
    entry.writeUInt16LE(0x0008, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(packed, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(start, 42);
    directory.push(Buffer.concat([entry, name]));
  }
  const all = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(all.length, 12);
  end.writeUInt32LE(offset, 16);
  await put(Buffer.concat([all, end]));
  out.end();
  await once(out, 'finish');
}

async function deflate(
  part: Part,
  put: (b: Buffer) => Promise<void>,
): Promise<{ crc: number; size: number; packed: number }> {
  const packer: DeflateRaw = createDeflateRaw({ level: 3 });
  let crc = 0;
  let size = 0;
  let packed = 0;
  const reading = (async () => {
    for await (const b of packer) {
      packed += (b as Buffer).length;
      await put(b as Buffer);
    }
  })();
  await part.write(async (text) => {
    const b = Buffer.from(text);
    crc = crc32(b, crc);
    size += b.length;
    if (!packer.write(b)) await once(packer, 'drain');
  });
  packer.end();
  await reading;
  return { crc, size, packed };
}
