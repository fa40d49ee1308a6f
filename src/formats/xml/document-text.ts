import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { XmlRefusals } from './refusals.ts';

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

/** Bytes in which the encoding is looked for. */
const HEAD = 256;

/**
 * The bytes of an XML document as sound UTF-8 in pieces of whole characters, without byte order mark; other encodings,
 * told by mark or declaration, are converted. Bytes that are no text are refused, because passing them on would lose
 * what stood there.
 */
export async function* documentText(
  bytes: AsyncIterable<Buffer>,
  refusals: XmlRefusals,
): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | undefined;
  let begun = false;
  let left: Buffer = Buffer.alloc(0);

  const pass = (data: Buffer, last: boolean): Buffer => {
    if (decoder) return Buffer.from(decode(decoder, data, last, refusals), 'utf8');
    const unfinished = last ? 0 : unfinishedUtf8(data);
    const whole = unfinished === 0 ? data : data.subarray(0, data.length - unfinished);
    if (unfinished > 0) left = Buffer.from(data.subarray(data.length - unfinished));
    if (!isUtf8(whole)) throw notText(refusals);
    return whole;
  };
  const begin = (data: Buffer): Buffer => {
    begun = true;
    decoder = decoderFor(data, refusals);
    const marked = data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf;
    return marked ? data.subarray(3) : data;
  };

  for await (const chunk of bytes) {
    const data: Buffer = left.length > 0 ? Buffer.concat([left, chunk]) : chunk;
    left = Buffer.alloc(0);
    if (!begun && data.length < HEAD) left = data;
    else yield pass(begun ? data : begin(data), false);
  }
  if (!begun) left = begin(left);
  const rest = pass(left, true);
  if (rest.length > 0) yield rest;
}

/** Undefined for UTF-8. */
function decoderFor(head: Buffer, refusals: XmlRefusals): TextDecoder | undefined {
  const [a, b] = head;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0))
    return new TextDecoder('utf-16le', { fatal: true });
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c))
    return new TextDecoder('utf-16be', { fatal: true });
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']{1,40})["']/.exec(
    head.toString('latin1', 0, HEAD),
  )?.[1];
  // The declaration itself could be read, so the document is in no form of UTF-16.
  if (declared === undefined || /^utf-?(?:8|16)/i.test(declared)) return undefined;
  try {
    return new TextDecoder(declared, { fatal: true });
  } catch (cause) {
    throw refusals.damaged(`its XML names the unknown encoding "${declared}"`, cause);
  }
}

function decode(decoder: TextDecoder, data: Buffer, last: boolean, refusals: XmlRefusals): string {
  try {
    return decoder.decode(data, { stream: !last });
  } catch (cause) {
    throw notText(refusals, cause);
  }
}

function notText(refusals: XmlRefusals, cause?: unknown): Error {
  return refusals.damaged('its XML holds bytes that are no text', cause);
}
