import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Refusal } from '#kernel/errors';

/** Longer than any line of such a file: 40 hexadecimal digits, a colon, a count, CR LF. */
const WINDOW = 128;
const HASH = /^[0-9A-F]{40}(?=:|$)/i;

/** Tells whether a password is in a list of breached ones. */
export interface BreachList {
  has(password: string): Promise<boolean>;
}

/**
 * A file of SHA-1 digests of breached passwords as commonly published: a line `HEX40:count` each, sorted by digest. Looked up
 * by halving the stretch of the file that can hold the digest: some 35 reads of 128 bytes in 40 GB, nothing kept in memory.
 * The file is opened for each question, so that a newer one can be put in its place.
 *
 * @throws Refusal `password.listUnreadable` when the file can not be read or is something else
 */
export function breachFile(path: string): BreachList {
  return {
    async has(password) {
      const wanted = createHash('sha1').update(password.normalize('NFC'), 'utf8').digest('hex').toUpperCase();
      let file: FileHandle | undefined;
      try {
        file = await open(path, 'r');
        return await find(file, wanted);
      } catch (cause) {
        throw new Refusal(
          'password.listUnreadable',
          'The list of breached passwords can not be read, so no password can be set now. Ask your administrator to look at the setting LANTAI_BREACHED_PASSWORDS.',
          {},
          { cause },
        );
      } finally {
        await file?.close();
      }
    },
  };
}

async function find(file: FileHandle, wanted: string): Promise<boolean> {
  const { size } = await file.stat();
  let low = 0;
  let high = size;
  // The line sought, if there is one, begins at a place from `low` up to, not including, `high`.
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const line = await lineFrom(file, middle, low);
    if (line === undefined || line.start >= high) {
      high = middle;
      continue;
    }
    const hash = HASH.exec(line.text)?.[0].toUpperCase();
    if (hash === undefined) throw new Error(`byte ${line.start} does not begin with a SHA-1 digest`);
    if (hash === wanted) return true;
    if (hash < wanted) low = line.next;
    else high = middle;
  }
  return false;
}

interface Line {
  start: number;
  /** Where the line after it begins. */
  next: number;
  text: string;
}

/** The first line that begins at `at` or after it; `low` is known to begin a line. */
async function lineFrom(file: FileHandle, at: number, low: number): Promise<Line | undefined> {
  // One byte before, so that a line which begins exactly here is not skipped.
  const from = at === low ? at : at - 1;
  const buffer = Buffer.alloc(WINDOW * 2);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
  const bytes = buffer.subarray(0, bytesRead);
  const skip = at === low ? 0 : bytes.indexOf(0x0a) + 1;
  if (at !== low && skip === 0) {
    if (bytesRead === buffer.length) throw new Error(`the line at byte ${from} is too long`);
    return undefined;
  }
  if (skip >= bytes.length) return undefined;
  const end = bytes.indexOf(0x0a, skip);
  if (end < 0 && bytesRead === buffer.length) throw new Error(`the line at byte ${from + skip} is too long`);
  const stop = end < 0 ? bytes.length : end;
  return {
    start: from + skip,
    next: from + stop + 1,
    text: bytes.subarray(skip, stop).toString('latin1').trimEnd(),
  };
}
