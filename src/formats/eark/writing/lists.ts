import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FileToWrite } from '#formats/mets';

/** Files of a group, which wait on disk until the METS document that lists them is written. */
export interface Lists {
  readonly count: number;
  add(file: FileToWrite): Promise<void>;
  close(): Promise<void>;
  /** @param prefix what their paths begin with where they are listed */
  read(prefix?: string): AsyncGenerator<FileToWrite>;
}

const TOGETHER = 1 << 16;

export async function createLists(work: string): Promise<Lists> {
  const path = join(work, randomUUID());
  const file = await open(path, 'wx');
  let waiting = '';
  let count = 0;
  const flush = async () => {
    const text = waiting;
    waiting = '';
    await file.write(text);
  };
  return {
    get count() {
      return count;
    },
    async add(entry) {
      count++;
      waiting += `${JSON.stringify(entry)}\n`;
      if (waiting.length > TOGETHER) await flush();
    },
    async close() {
      if (waiting !== '') await flush();
      await file.close();
    },
    async *read(prefix = '') {
      for await (const line of createInterface({ input: createReadStream(path) })) {
        const entry: FileToWrite = JSON.parse(line);
        yield { ...entry, path: `${prefix}${entry.path}` };
      }
    },
  };
}
