import { open } from 'node:fs/promises';
import { readOfdText } from '#formats/ofd';
import { readPdfText } from '#formats/pdf';
import type { Match } from '#formats/pronom';
import { mediaTypes } from '../rules/formats.ts';

/** Characters of a file's text that are looked at: a title stands in front. */
const LONGEST = 20_000;
const FIRST_BYTES = 64 * 1024;

/** The beginning of a file's text; null where it has none that can be read. */
export async function textOf(
  path: string,
  matches: readonly Match[],
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const types = mediaTypes(matches);
  try {
    if (types.includes('application/pdf')) return await gather(readPdfText(path, { signal }));
    if (types.includes('application/ofd')) return await gather(readOfdText(path, { signal }));
    if (types.some((t) => /^text\/|^application\/xml$/.test(t))) return await plain(path);
  } catch (e) {
    // What can not be read has no text; that it can not be read is told by the rules that are about that.
    if (signal?.aborted) throw e;
  }
  return null;
}

async function gather(pages: AsyncIterable<{ text: string }>): Promise<string> {
  let text = '';
  for await (const page of pages) {
    text += `${page.text}\n`;
    if (text.length > LONGEST) break;
  }
  return text;
}

async function plain(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(FIRST_BYTES) });
    const bytes = buffer.subarray(0, bytesRead);
    const text = new TextDecoder('utf-8').decode(bytes);
    return text.slice(0, 1_000).includes('\ufffd') ? new TextDecoder('gb18030').decode(bytes) : text;
  } finally {
    await file.close();
  }
}
