import { isUtf8 } from 'node:buffer';
import type { FileTree } from '#formats/tree';

const LONGEST = 1 << 20;

export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
  /** Bytes beyond a mebibyte were not read. */
  readonly isCut: boolean;
  /** Bytes that are no text were found. */
  readonly isDamaged: boolean;
}

/** A small text file of a tree, in whichever encoding it is: by its mark, as UTF-8 where it is that, else as GB 18030. */
export async function readText(tree: FileTree, path: string): Promise<DecodedText> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const piece of (await tree.open(path)) as AsyncIterable<Buffer>) {
    parts.push(piece);
    size += piece.length;
    if (size > LONGEST) break;
  }
  const all = Buffer.concat(parts);
  const bytes = all.subarray(0, LONGEST);
  const encoding = encodingOf(bytes, size > LONGEST);
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, encoding, isCut: size > LONGEST, isDamaged: text.includes('\uFFFD') };
}

function encodingOf(bytes: Buffer, isCut: boolean): DecodedText['encoding'] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // Where it was cut, the last character may be half.
  const whole = isCut ? bytes.subarray(0, bytes.lastIndexOf(10) + 1) : bytes;
  return isUtf8(whole) || mostlyUtf8(whole) ? 'utf-8' : 'gb18030';
}

/** UTF-8 in which a few characters were damaged. */
function mostlyUtf8(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  const broken = text.split('\uFFFD').length - 1;
  const foreign = text.match(/[^\x00-\x7f]/g)?.length ?? 0;
  return foreign > broken * 5;
}

/** `键：值` lines; a line without colon goes on with the value before it. The first of each key counts. */
export function keyedLines(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let last: string | undefined;
  for (const line of text.split(/\r\n?|\n/)) {
    const match = /^\s*([^：:\s][^：:]{0,38}?)\s*[：:]\s*(.*?)\s*$/.exec(line);
    if (match) {
      last = match[1]!.replace(/\s+/g, '');
      if (!found.has(last)) found.set(last, match[2]!);
    } else if (last !== undefined && line.trim() !== '') {
      const before = found.get(last)!;
      found.set(last, before === '' ? line.trim() : `${before}\n${line.trim()}`);
    }
  }
  return found;
}
