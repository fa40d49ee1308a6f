import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

export interface CopiedEnd {
  size: number;
  statement: string;
}

/** A second place that keeps the signed checkpoints, one statement a line, in order of their sizes. */
export interface CheckpointCopy {
  /** Where it is, for people. */
  name: string;
  /** The last checkpoint it holds, its signature not looked at. */
  last(): Promise<CopiedEnd | undefined>;
  /** Adds statements; they are on disk when this returns. */
  add(statements: readonly string[]): Promise<void>;
  /** All lines; undefined when the place can not be reached or was never written to. */
  lines(): Promise<AsyncIterable<string> | undefined>;
}

const TAIL = 64 * 1024;

/** Checkpoints in a file. One write adds whole lines; a line that a crash cut off is closed before the next one. */
export function fileCopy(path: string): CheckpointCopy {
  return {
    name: path,
    async last() {
      const tail = await tailOf(path);
      for (const statement of tail.split('\n').reverse()) {
        const size = sizeIn(statement);
        if (size !== undefined) return { size, statement };
      }
      return undefined;
    },
    async add(statements) {
      if (statements.length === 0) return;
      const broken = /[^\n]$/.test(await tailOf(path));
      await mkdir(dirname(path), { recursive: true });
      const file = await open(path, 'a');
      try {
        await file.write(`${broken ? '\n' : ''}${statements.map((s) => `${s}\n`).join('')}`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    async lines() {
      try {
        const file = await open(path, 'r');
        await file.close();
      } catch {
        return undefined;
      }
      return linesOf(path);
    },
  };
}

/** Size a statement speaks of, without looking at its signature. */
function sizeIn(line: string): number | undefined {
  const size = /"payload":\{[^{}]*"size":(\d+)/.exec(line)?.[1];
  return size === undefined || !line.endsWith('}') ? undefined : Number(size);
}

async function tailOf(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const length = Math.min(size, TAIL);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
      return buffer.toString('utf8');
    } finally {
      await file.close();
    }
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw e;
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
    if (line !== '') yield line;
  }
}
