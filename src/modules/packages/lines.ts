import { createReadStream } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Refusal } from '#kernel/errors';

const LONGEST = 4 * 2 ** 20;

const unreadable = (why: string, cause?: unknown) =>
  new Refusal(
    'ingest.unreadable',
    `What the package says of its entries can not be read: ${why}`,
    {},
    { cause },
  );

/** Documents of JSON, one a line. @throws Refusal ingest.unreadable */
export async function* jsonLines(stream: Readable): AsyncGenerator<Record<string, unknown>> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of stream as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let start = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
      if (end > start) yield documentIn(rest.subarray(start, end));
      start = end + 1;
    }
    rest = rest.subarray(start);
    if (rest.length > LONGEST) throw unreadable('a line is longer than 4 MB.');
  }
  if (rest.length > 0) yield documentIn(rest);
}

function documentIn(bytes: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch (e) {
    throw unreadable('a line is no JSON.', e);
  }
  throw unreadable('a line is no object.');
}

/** Lines of one part of a list. */
const PART = 1_000;
const TOGETHER = 200;

/** A list too long for memory, written into a folder in parts of a thousand lines. */
export function createLineParts(folder: string, name: string) {
  let waiting: string[] = [];
  let count = 0;
  const partOf = (line: number) => `${name}-${String(Math.floor(line / PART) + 1).padStart(5, '0')}.jsonl`;
  const flush = async () => {
    if (waiting.length > 0) await appendFile(join(folder, partOf(count - 1)), waiting.join(''));
    waiting = [];
  };
  return {
    async add(value: unknown): Promise<void> {
      waiting.push(`${JSON.stringify(value)}\n`);
      count++;
      if (waiting.length >= TOGETHER || count % PART === 0) await flush();
    },
    /** Names of the parts, in order. */
    async done(): Promise<string[]> {
      await flush();
      return Array.from({ length: Math.ceil(count / PART) }, (_, i) => partOf(i * PART));
    },
  };
}

/** What was written by `createLineParts`, read again. @param parts as `done` names them */
export async function* linesOnDisk(
  folder: string,
  parts: readonly string[],
): AsyncGenerator<Record<string, unknown>> {
  for (const part of parts) yield* jsonLines(createReadStream(join(folder, part)));
}
