import { Refusal } from '#kernel/errors';
import { type FilePieces, openPieces } from '#kernel/filePieces';

const END_MARK = Buffer.from('%%EOF');
/** Where the mark of the end is looked for when the table of objects is not where it should be. */
const TAIL = 2_048;
/** Where `%PDF-` may stand, and the dictionary of a file arranged for the web. */
const HEAD = 4_096;

/**
 * Refuses a PDF whose file breaks off. Readers mend such files by looking for what objects there are, and show fewer
 * pages without a word. Whole is a file whose last `startxref` points to a table of objects and is followed by `%%EOF`
 * (ISO 32000-1, 7.5.5), or at least one that ends in `%%EOF`: many writers point to a wrong place.
 *
 * @throws Refusal `pdf.truncated`
 */
export async function demandWholePdf(path: string): Promise<void> {
  await using file = await openPieces(path);
  if (!(await isWhole(file)))
    throw new Refusal(
      'pdf.truncated',
      'The PDF breaks off before its end: pages may be missing. Copy or export it again.',
      { bytes: file.size },
    );
}

async function isWhole(file: FilePieces): Promise<boolean> {
  const head = (await file.at(0, HEAD)).toString('latin1');
  const start = Math.max(0, head.indexOf('%PDF-'));
  const end = await file.lastIndexOf(END_MARK, 0);
  if (end < 0) return false;
  // A file arranged for the web tells its length and has a first end mark near its head. One that is shorter, but
  // ends where a file ends, was written again by a program that kept the old length.
  const stated = /\/Linearized\b[^>]{0,400}?\/L\s+(\d{1,15})/.exec(head)?.[1];
  if (stated && Number(stated) > file.size - start) return end >= file.size - END_MARK.length - 2;
  return end >= file.size - TAIL || (await tableIsThere(file, start, end));
}

/** Whether what stands before the end mark points to a table of objects, or an object that holds one. */
async function tableIsThere(file: FilePieces, start: number, end: number): Promise<boolean> {
  const before = (await file.at(Math.max(0, end - 200), Math.min(200, end))).toString('latin1');
  const offset = /startxref\s+(\d{1,15})\s*$/.exec(before)?.[1];
  if (!offset) return false;
  for (const at of new Set([Number(offset), Number(offset) + start])) {
    const found = (await file.at(at, 40)).toString('latin1');
    if (/^\s*(?:xref|\d+\s+\d+\s+obj)/.test(found)) return true;
  }
  return false;
}
