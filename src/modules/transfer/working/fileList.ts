import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tx } from '#kernel/db';
import { deleteListed, insertListed } from '../store/listed.ts';

/** Lines of one row. */
const PART = 1_000;

/** The list of a batch's files while it is made: it waits on the disk until what it speaks of was judged. */
export interface FileList extends AsyncDisposable {
  add(line: string): Promise<void>;
  /** Keeps it with the batch, in place of what it had. */
  keep(tx: Tx, batchId: string): Promise<void>;
}

/** @param scratch a folder for what waits; taken away with the list */
export async function openFileList(scratch: string): Promise<FileList> {
  await mkdir(scratch, { recursive: true });
  const path = join(scratch, `handover-list-${randomUUID()}.jsonl`);
  const file = await open(path, 'wx+', 0o600);
  const parts: { at: number; bytes: number }[] = [];
  let waiting: string[] = [];
  let end = 0;
  const flush = async () => {
    if (waiting.length === 0) return;
    const bytes = Buffer.from(waiting.join(''));
    waiting = [];
    await file.write(bytes, 0, bytes.length, end);
    parts.push({ at: end, bytes: bytes.length });
    end += bytes.length;
  };
  return {
    async add(line) {
      waiting.push(line);
      if (waiting.length >= PART) await flush();
    },
    async keep(tx, batchId) {
      await flush();
      await deleteListed(tx, batchId);
      for (const [i, { at, bytes }] of parts.entries()) {
        const into = Buffer.alloc(bytes);
        await file.read(into, 0, bytes, at);
        await insertListed(tx, batchId, i + 1, into.toString('utf8'));
      }
    },
    async [Symbol.asyncDispose]() {
      await file.close();
      await rm(path, { force: true });
    },
  };
}
