import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { openSheets } from '../open.ts';
import type { OpenOptions, SheetRow } from '../types.ts';
import { xmlText } from '../writing/xml-text.ts';
import { ZipWriter } from '../zip/writer.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface WorkbookSpec {
  /** What stands between `<sheetData>` and `</sheetData>` of the only sheet. */
  rows?: string;
  /** The `<si>` elements. Absent: no shared text part. */
  texts?: string;
  /** Format codes; style n of the workbook shows by code n - 1, style 0 by General. Absent: no style part. */
  formats?: string[];
  /** Number format ids, in place of `formats`. */
  formatIds?: number[];
  date1904?: boolean;
  /** Further parts, or other contents for the usual ones; null leaves a part out. */
  parts?: Record<string, string | Buffer | null>;
}

function styles(spec: WorkbookSpec): string | null {
  if (!spec.formats && !spec.formatIds) return null;
  const codes = spec.formats ?? [];
  const ids = spec.formatIds ?? codes.map((_, i) => 164 + i);
  return (
    `<styleSheet xmlns="${MAIN}"><numFmts>${codes.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${xmlText(code)}"/>`).join('')}</numFmts>` +
    `<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${ids.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`
  );
}

/** A correct workbook with one sheet "S", in which a test changes one thing. */
export async function buildWorkbook(spec: WorkbookSpec): Promise<Buffer> {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const relations = (list: string[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`;
  const parts: Record<string, string | Buffer | null> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${spec.date1904 ? ' date1904="1"' : ''}/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      relation('rId1', 'worksheet', 'worksheets/sheet1.xml'),
      relation('rId2', 'styles', 'styles.xml'),
      relation('rId3', 'sharedStrings', 'sharedStrings.xml'),
    ]),
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${spec.rows ?? ''}</sheetData></worksheet>`,
    'xl/styles.xml': styles(spec),
    'xl/sharedStrings.xml': spec.texts === undefined ? null : `<sst xmlns="${MAIN}">${spec.texts}</sst>`,
    ...spec.parts,
  };
  const chunks: Buffer[] = [];
  const target = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const zip = new ZipWriter(target, 6);
  for (const [name, content] of Object.entries(parts)) {
    if (content === null) continue;
    await zip.begin(name);
    await zip.write(content);
    await zip.end();
  }
  await zip.finish();
  return Buffer.concat(chunks);
}

/** Runs `use` with the path of a temporary file of these bytes. */
export async function withFile<T>(bytes: Buffer | string, use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'lantai-sheets-'));
  try {
    const path = join(folder, 'file');
    writeFileSync(path, bytes);
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All rows of one sheet. */
export async function rowsOf(
  bytes: Buffer | string,
  options: OpenOptions = {},
  sheet = 0,
): Promise<SheetRow[]> {
  return withFile(bytes, async (path) => {
    const book = await openSheets(path, options);
    try {
      const rows: SheetRow[] = [];
      for await (const batch of book.sheets[sheet]!.rows()) rows.push(...batch);
      return rows;
    } finally {
      await book.close();
    }
  });
}

/** What the cells of the first row show. */
export async function firstRow(spec: WorkbookSpec): Promise<string[]> {
  return (await rowsOf(await buildWorkbook(spec)))[0]?.cells ?? [];
}
