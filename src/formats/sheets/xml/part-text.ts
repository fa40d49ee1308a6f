import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { damaged } from '../refusals.ts';

/** Bytes at the end that begin a UTF-8 character without finishing it (0 to 3). */
export function unfinishedUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const b = bytes[bytes.length - back]!;
    if ((b & 0xc0) === 0x80) continue;
    const needs = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : b >= 0xc0 ? 2 : 1;
    return needs > back ? back : 0;
  }
  return 0;
}

/**
 * The bytes of an XML part as sound UTF-8 in pieces of whole characters, without byte order mark; parts in UTF-16
 * are converted. Bytes that are no text are refused, because passing them on would lose what stood there.
 */
export async function* partText(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let utf16: TextDecoder | undefined;
  let first = true;
  let left: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    let data: Buffer = left.length > 0 ? Buffer.concat([left, chunk]) : chunk;
    left = Buffer.alloc(0);
    if (first) {
      if (data.length < 3) {
        left = data;
        continue;
      }
      first = false;
      if (data[0] === 0xff && data[1] === 0xfe) utf16 = new TextDecoder('utf-16le', { fatal: true });
      else if (data[0] === 0xfe && data[1] === 0xff) utf16 = new TextDecoder('utf-16be', { fatal: true });
      else if (data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf) data = data.subarray(3);
    }
    if (utf16) {
      yield Buffer.from(decode(utf16, data), 'utf8');
      continue;
    }
    const unfinished = unfinishedUtf8(data);
    const whole = unfinished === 0 ? data : data.subarray(0, data.length - unfinished);
    if (unfinished > 0) left = Buffer.from(data.subarray(data.length - unfinished));
    if (!isUtf8(whole)) throw notText();
    yield whole;
  }
  if (left.length > 0) throw notText();
}

function decode(decoder: TextDecoder, data: Buffer): string {
  try {
    return decoder.decode(data, { stream: true });
  } catch (cause) {
    throw notText(cause);
  }
}

function notText(cause?: unknown): Error {
  return damaged('one of its parts holds bytes that are no text', {}, cause);
}
