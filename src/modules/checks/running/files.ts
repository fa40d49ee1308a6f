import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isRefusal, messageOf } from '#kernel/errors';
import type { CheckFile } from '../domain/subject.ts';

/** A file made ready to be looked at in a thread: where it lies, or its bytes. */
export interface Ready {
  readonly file: CheckFile;
  readonly path?: string;
  readonly bytes?: Uint8Array;
  readonly trouble: string | null;
}

/** Bytes of a file that is in no file are held in memory up to this; larger ones wait in a folder. */
const IN_MEMORY = 1024 * 1024;

/** Makes files of a subject ready; what waits in the folder is taken away with `forget`. */
export interface Readying {
  ready(file: CheckFile): Promise<Ready>;
  /** Where its bytes lie, put there where they were in memory; undefined where there are none. */
  pathOf(ready: Ready): Promise<string | undefined>;
  forget(ready: Ready): Promise<void>;
  close(): Promise<void>;
}

export function createReadying(scratch: string): Readying {
  let folder: Promise<string> | undefined;
  let count = 0;
  const own = new Map<Ready, string>();
  const newPath = async (name: string) => {
    folder ??= mkdir(scratch, { recursive: true }).then(() => mkdtemp(join(scratch, 'check-')));
    // Its ending is a hint to whoever tells formats; nothing else of its name is used.
    return join(await folder, `${++count}${/\.[A-Za-z0-9]{1,8}$/.exec(basename(name))?.[0] ?? ''}`);
  };
  return {
    async ready(file) {
      const { source } = file;
      if (file.bytes === null || !source) return { file, trouble: null };
      if ('path' in source) return { file, path: source.path, trouble: null };
      try {
        const stream = await source.open();
        if (file.bytes <= IN_MEMORY) return { file, bytes: await gather(stream), trouble: null };
        const path = await newPath(file.name);
        const ready: Ready = { file, path, trouble: null };
        own.set(ready, path);
        await pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
        return ready;
      } catch (e) {
        if (!isRefusal(e) && !(e instanceof Error && 'syscall' in e)) throw e;
        return { file, trouble: messageOf(e) };
      }
    },
    async pathOf(ready) {
      if (ready.path !== undefined || ready.bytes === undefined) return ready.path;
      const path = own.get(ready) ?? (await newPath(ready.file.name));
      if (!own.has(ready)) await writeFile(path, ready.bytes, { flag: 'wx', mode: 0o600 });
      own.set(ready, path);
      return path;
    },
    async forget(ready) {
      const path = own.get(ready);
      if (path === undefined) return;
      own.delete(ready);
      await rm(path, { force: true });
    },
    async close() {
      if (folder) await rm(await folder, { recursive: true, force: true });
    },
  };
}

async function gather(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  const [first] = pieces;
  return pieces.length === 1 && first ? first : Buffer.concat(pieces);
}
