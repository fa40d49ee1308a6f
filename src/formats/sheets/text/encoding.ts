import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { unfinishedUtf8 } from '#formats/xml';
import { refuse } from '../refusals.ts';
import { chineseness } from './common-characters.ts';

const CHUNK = 256 * 1024;
/** Bytes of lines with non-ASCII text that are looked at. */
const SAMPLE = 256 * 1024;
/** Real Chinese scores 0.4 to 0.9, the same bytes decoded wrongly below 0.15. */
const CONVINCING = 0.2;

/** By the byte order mark or, for UTF-16 without one, by where the zero bytes lie. */
function byMark(head: Buffer): string | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe && !(head[2] === 0 && head[3] === 0)) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  let even = 0;
  let odd = 0;
  for (let i = 0; i < head.length; i++) {
    if (head[i] !== 0) continue;
    if (i % 2 === 0) even++;
    else odd++;
  }
  const many = head.length / 10;
  if (odd > many && even === 0) return 'utf-16le';
  if (even > many && odd === 0) return 'utf-16be';
  return undefined;
}

/**
 * The encoding of a text file, by its content: byte order mark; else UTF-8 if the whole file is valid UTF-8;
 * else GB18030, Big5, damaged UTF-8 or windows-1252, whichever makes the most sensible text.
 *
 * @returns a label TextDecoder knows
 * @throws Refusal `sheet.notASpreadsheet` if the file is binary
 */
export async function detectEncoding(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const sample: Buffer[] = [];
    let sampled = 0;
    let valid = true;
    let left: Buffer = Buffer.alloc(0);
    for (let at = 0; ; ) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, at);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      if (at === 0) {
        const marked = byMark(chunk.subarray(0, 4096));
        if (marked) return marked;
        refuseBinary(chunk);
      }
      at += bytesRead;
      const data: Buffer = left.length > 0 ? Buffer.concat([left, chunk]) : chunk;
      const unfinished = unfinishedUtf8(data);
      const whole = data.subarray(0, data.length - unfinished);
      left = Buffer.from(data.subarray(data.length - unfinished));
      if (valid && !isUtf8(whole)) valid = false;
      if (sampled < SAMPLE) sampled += gatherForeign(data, sample, SAMPLE - sampled);
      else if (!valid) break;
    }
    if (valid && left.length === 0) return 'utf-8';
    return likeliest(Buffer.concat(sample));
  } finally {
    await file.close();
  }
}

/** Text holds no zero bytes and next to no control characters. */
function refuseBinary(chunk: Buffer): void {
  let odd = 0;
  for (const b of chunk) {
    if (b === 0) odd += 100;
    else if (b < 32 && b !== 9 && b !== 10 && b !== 13 && b !== 12 && b !== 0x1a && b !== 0x1b) odd++;
  }
  if (odd * 100 > chunk.length + 99) {
    throw refuse(
      'notASpreadsheet',
      'the file is not a spreadsheet and not a text table (.xlsx, .xls, .csv).',
    );
  }
}

/** Copies the lines that hold non-ASCII bytes. Returns how many bytes were taken. */
function gatherForeign(data: Buffer, sample: Buffer[], room: number): number {
  let taken = 0;
  let from = 0;
  while (from < data.length && taken < room) {
    const newline = data.indexOf(10, from);
    const to = newline < 0 ? data.length : newline + 1;
    const line = data.subarray(from, Math.min(to, from + room - taken));
    if (line.some((b) => b >= 0x80)) {
      sample.push(Buffer.from(line));
      taken += line.length;
    }
    from = to;
  }
  return taken;
}

function likeliest(sample: Buffer): string {
  const gb18030 = chineseness(new TextDecoder('gb18030').decode(sample));
  const big5 = chineseness(new TextDecoder('big5').decode(sample));
  const best = Math.max(gb18030, big5);
  if (best >= CONVINCING) return gb18030 >= big5 ? 'gb18030' : 'big5';
  if (mostlyUtf8(sample)) return 'utf-8';
  if (looksWestern(sample)) return 'windows-1252';
  return gb18030 >= big5 ? 'gb18030' : 'big5';
}

/** A UTF-8 file in which a few characters were damaged. */
function mostlyUtf8(sample: Buffer): boolean {
  let broken = 0;
  let sound = 0;
  for (const character of new TextDecoder('utf-8').decode(sample)) {
    if (character === '\uFFFD') broken++;
    else if (character >= '\u0080') sound++;
  }
  return sound > broken * 4;
}

/** Accented letters and typographic marks stand alone among ASCII; Chinese bytes come in runs. */
function looksWestern(sample: Buffer): boolean {
  let runs = 0;
  let single = 0;
  for (let i = 0; i < sample.length; i++) {
    if (sample[i]! < 0x80) continue;
    const from = i;
    while (i < sample.length && sample[i]! >= 0x80) i++;
    runs++;
    if (i - from === 1) single++;
  }
  return runs > 0 && single / runs > 0.6;
}
