import type { FilePieces } from '#kernel/filePieces';

/** Beyond these the rest is believed: a file made to waste time, or a rare giant. */
const MAX_DIRECTORIES = 10_000;
const MAX_FIELDS = 1_000_000;
const MAX_PARTS = 2_000_000;
const AT_ONCE = 4_096;
/** Bytes of one value by field type (TIFF 6.0 section 2; 16 to 18 of BigTIFF). */
const SIZES: Readonly<Record<number, number>> = {
  1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8,
}; // biome-ignore format: one row of sizes
/** Where the pieces of the picture lie, and the tag that tells their lengths: strips, tiles, JPEG of the old kind. */
const PARTS: ReadonlyMap<number, number> = new Map([
  [273, 279],
  [324, 325],
  [513, 514],
]);

interface Field {
  type: number;
  count: number;
  /** Where its values stand. */
  at: number;
}

/**
 * Whether every page of a TIFF lies within the file: its directory, the values kept outside of it, and its strips or
 * tiles (TIFF 6.0 section 2; BigTIFF likewise).
 */
export async function tiffIsWhole(file: FilePieces): Promise<boolean> {
  const head = await file.at(0, 8);
  if (head.length < 8) return false;
  const little = head.toString('latin1', 0, 2) === 'II';
  const r = readerOf(file, little, head[little ? 2 : 3] === 0x2b);
  const seen = new Set<number>();
  let fields = 0;
  let at = await r.offset(r.big ? 8 : 4);
  // A ring of directories is another fault, and no missing part.
  while (at !== 0 && !(at && seen.has(at)) && seen.size < MAX_DIRECTORIES && fields < MAX_FIELDS) {
    const page = at === undefined ? undefined : await readDirectory(r, at);
    if (!page || !(await partsAreThere(r, page.fields))) return false;
    seen.add(at!);
    fields += page.fields.size;
    at = page.next;
  }
  return seen.size > 0;
}

type Reader = ReturnType<typeof readerOf>;

function readerOf(file: FilePieces, little: boolean, big: boolean) {
  const read = (b: Buffer, at: number, bytes: number): number => {
    if (bytes === 8) return Number(little ? b.readBigUInt64LE(at) : b.readBigUInt64BE(at));
    return little ? b.readUIntLE(at, bytes) : b.readUIntBE(at, bytes);
  };
  /** Undefined where they lie outside of the file. */
  const numbers = async (at: number, bytes: number, count: number): Promise<number[] | undefined> => {
    const b = await file.at(at, bytes * count);
    return b.length < bytes * count
      ? undefined
      : Array.from({ length: count }, (_, i) => read(b, i * bytes, bytes));
  };
  const number = async (at: number, bytes: number) => (await numbers(at, bytes, 1))?.[0];
  return { size: file.size, big, number, numbers, offset: (at: number) => number(at, big ? 8 : 4) };
}

/** The fields of a directory by their tags; undefined where it, or a value of it, lies outside of the file. */
async function readDirectory(
  r: Reader,
  at: number,
): Promise<{ fields: Map<number, Field>; next: number | undefined } | undefined> {
  const [width, countBytes, inline] = r.big ? [20, 8, 8] : [12, 2, 4];
  const entries = await r.number(at, countBytes);
  if (entries === undefined || at + countBytes + entries * width > r.size) return undefined;
  const fields = new Map<number, Field>();
  for (let i = 0; i < Math.min(entries, MAX_FIELDS); i++) {
    const entry = at + countBytes + i * width;
    const [tag, type] = (await r.numbers(entry, 2, 2)) ?? [];
    const count = await r.number(entry + 4, r.big ? 8 : 4);
    const values = entry + (r.big ? 12 : 8);
    if (tag === undefined || type === undefined || count === undefined) return undefined;
    const bytes = (SIZES[type] ?? 0) * count;
    const place = bytes > inline ? await r.offset(values) : values;
    if (place === undefined || place + bytes > r.size) return undefined;
    fields.set(tag, { type, count, at: place });
  }
  return { fields, next: await r.offset(at + countBytes + entries * width) };
}

/** Text of at most this many bytes is taken from a field. */
const LONGEST_TEXT = 400;

/**
 * Values of fields of the first page, by their tags: a number, the quotient of a rational, or text. What is not there, or
 * lies outside of the file, is left out.
 */
export async function tiffFields(
  file: FilePieces,
  tags: readonly number[],
): Promise<Map<number, number | string>> {
  const found = new Map<number, number | string>();
  const head = await file.at(0, 8);
  if (head.length < 8) return found;
  const little = head.toString('latin1', 0, 2) === 'II';
  const r = readerOf(file, little, head[little ? 2 : 3] === 0x2b);
  const at = await r.offset(r.big ? 8 : 4);
  const directory = at ? await readDirectory(r, at) : undefined;
  for (const tag of tags) {
    const field = directory?.fields.get(tag);
    const value = field && (await stated(file, r, field));
    if (value !== undefined) found.set(tag, value);
  }
  return found;
}

async function stated(file: FilePieces, r: Reader, f: Field): Promise<number | string | undefined> {
  if (f.type === 2) {
    const bytes = await file.at(f.at, Math.min(f.count, LONGEST_TEXT));
    return bytes.toString('utf8').replace(/\0.*$/s, '').trim() || undefined;
  }
  if (f.type === 5) {
    const [over, under] = (await r.numbers(f.at, 4, 2)) ?? [];
    return over !== undefined && under ? over / under : undefined;
  }
  return (await valuesOf(r, f, 0, 1))[0];
}

async function partsAreThere(r: Reader, fields: ReadonlyMap<number, Field>): Promise<boolean> {
  for (const [places, sizes] of PARTS) {
    const count = Math.min(fields.get(places)?.count ?? 0, MAX_PARTS);
    for (let from = 0; from < count; from += AT_ONCE) {
      const n = Math.min(AT_ONCE, count - from);
      const offsets = await valuesOf(r, fields.get(places)!, from, n);
      // Old writers tell no length of a single strip: that it begins within the file is all that can be known.
      const lengths = fields.has(sizes) ? await valuesOf(r, fields.get(sizes)!, from, n) : [];
      if (offsets.some((offset, i) => !isThere(r, offset, lengths[i] ?? 1))) return false;
    }
  }
  return true;
}

/** A part that is left out (0, 0) is blank. */
const isThere = (r: Reader, offset: number, length: number): boolean =>
  offset + length <= r.size || (offset === 0 && length === 0);

async function valuesOf(r: Reader, field: Field, from: number, n: number): Promise<number[]> {
  const bytes = SIZES[field.type] ?? 0;
  const count = Math.min(n, field.count - from);
  return bytes === 0 || bytes > 8 || count <= 0
    ? []
    : ((await r.numbers(field.at + from * bytes, bytes, count)) ?? []);
}
