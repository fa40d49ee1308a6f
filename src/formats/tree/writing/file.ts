import { randomBytes } from 'node:crypto';
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from '#kernel/durably';
import { Refusal } from '#kernel/errors';

/** A file written beside its name and put under it when it is whole. */
export interface FileBeside {
  readonly handle: FileHandle;
  readonly path: string;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

export async function openBeside(target: string): Promise<FileBeside> {
  const path = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await open(path, 'wx+', 0o644);
  return {
    handle,
    path,
    async finish() {
      await handle.sync();
      await handle.close();
      await putUnder(path, target);
      await syncFolder(dirname(target));
    },
    async discard() {
      await handle.close().catch(() => {});
      await rm(path, { force: true });
    },
  };
}

/** Renames without writing over anything; where there are no links, by a rename alone. */
async function putUnder(path: string, target: string): Promise<void> {
  try {
    await link(path, target);
    await rm(path);
  } catch (e) {
    const code = e instanceof Error && 'code' in e ? e.code : '';
    if (code !== 'EEXIST') return rename(path, target);
    await rm(path, { force: true });
    throw new Refusal(
      'tree.targetExists',
      `There is something at ${target} already.`,
      { path: target },
      { cause: e },
    );
  }
}

/** Writes that gather small pieces into large ones. */
export interface Gathered {
  readonly at: number;
  write(piece: Uint8Array): Promise<void>;
  flush(): Promise<void>;
}

const ROOM = 512 * 1024;

export function createGathered(handle: FileHandle): Gathered {
  const buffer = Buffer.allocUnsafe(ROOM);
  let held = 0;
  let written = 0;
  const out = async (bytes: Uint8Array) => {
    for (let from = 0; from < bytes.byteLength; ) {
      const { bytesWritten } = await handle.write(bytes, from, bytes.byteLength - from, written);
      from += bytesWritten;
      written += bytesWritten;
    }
  };
  const flush = async () => {
    const bytes = buffer.subarray(0, held);
    held = 0;
    await out(bytes);
  };
  return {
    get at() {
      return written + held;
    },
    flush,
    async write(piece) {
      if (held + piece.byteLength > ROOM) await flush();
      if (piece.byteLength >= ROOM) return out(piece);
      buffer.set(piece, held);
      held += piece.byteLength;
    },
  };
}
