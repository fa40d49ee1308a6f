import { randomBytes } from 'node:crypto';
import { type FileHandle, lstat, mkdir, open, rename, rm, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import { createAdmission, piecesOf } from './admission.ts';
import { FIRST_TIME, type TreeWriter, type TreeWriterOptions } from './types.ts';

/** Files that are flushed at once: the disk does so many for little more than one. */
const AT_ONCE = 16;

/** Flushing goes on behind the writing; what fails is told to who writes next, or at the end. */
function createFlushing() {
  const going = new Set<Promise<void>>();
  let failure: { reason: unknown } | undefined;
  const demandSound = () => {
    if (failure) throw failure.reason;
  };
  return {
    async begin(flush: () => Promise<void>): Promise<void> {
      demandSound();
      while (going.size >= AT_ONCE) await Promise.race(going);
      const one: Promise<void> = flush()
        .catch((reason: unknown) => {
          failure ??= { reason };
        })
        .finally(() => going.delete(one));
      going.add(one);
    },
    async done(): Promise<void> {
      await Promise.all(going);
      demandSound();
    },
  };
}

/** Files up to this size are held until they are whole, and written behind whoever brings the next ones. */
const HELD_BYTES = 256 * 1024;

/** The first pieces of a file, as far as they are held; the rest, where there is more, is still to come. */
async function firstPieces(
  pieces: AsyncGenerator<Uint8Array>,
): Promise<{ held: Uint8Array[]; isWhole: boolean }> {
  const held: Uint8Array[] = [];
  let bytes = 0;
  while (bytes <= HELD_BYTES) {
    const next = await pieces.next();
    if (next.done) return { held, isWhole: true };
    // A copy: who reads a file may read its next piece into the same room.
    held.push(Buffer.from(next.value));
    bytes += next.value.byteLength;
  }
  return { held, isWhole: false };
}

/** Writes a folder beside its name; what is in it is flushed file by file. */
export async function createFolderWriter(target: string, options: TreeWriterOptions): Promise<TreeWriter> {
  const aside = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  await mkdir(aside);
  const when = options.modified ?? FIRST_TIME;
  const admission = createAdmission();
  const flushing = createFlushing();
  let lastFolder = aside;
  const folderFor = async (path: string): Promise<void> => {
    const folder = dirname(path);
    if (folder === lastFolder) return;
    await mkdir(folder, { recursive: true });
    lastFolder = folder;
  };
  const flushed = async (file: FileHandle, path: string): Promise<void> => {
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await utimes(path, when, when);
  };
  const writer: TreeWriter = {
    async add(newFile) {
      if (newFile.path.endsWith('/') && newFile.content === undefined) {
        await writer.addFolder(newFile.path.slice(0, -1));
        return { bytes: 0 };
      }
      admission.admit(newFile.path, 'file');
      const path = join(aside, newFile.path);
      const pieces = piecesOf(newFile);
      const { held, isWhole } = await firstPieces(pieces);
      await folderFor(path);
      let bytes = held.reduce((sum, piece) => sum + piece.byteLength, 0);
      if (isWhole) {
        const content = held.length === 1 && held[0] ? held[0] : Buffer.concat(held);
        await flushing.begin(async () => {
          const file = await open(path, 'wx', 0o644);
          try {
            await file.writeFile(content);
          } catch (e) {
            await file.close();
            throw e;
          }
          await flushed(file, path);
        });
        return { bytes };
      }
      const file = await open(path, 'wx', 0o644);
      try {
        for (const piece of held) await file.writeFile(piece);
        for await (const piece of pieces) {
          await file.writeFile(piece);
          bytes += piece.byteLength;
        }
      } catch (e) {
        await file.close();
        throw e;
      }
      await flushing.begin(() => flushed(file, path));
      return { bytes };
    },
    async addFolder(path) {
      if (admission.admit(path, 'folder')) await mkdir(join(aside, path), { recursive: true });
    },
    async finish() {
      try {
        await flushing.done();
        const there = await lstat(target).catch(() => null);
        if (there)
          throw new Refusal('tree.targetExists', `There is something at ${target} already.`, {
            path: target,
          });
        await rename(aside, target);
        await syncFolder(dirname(target));
      } catch (e) {
        await writer.discard();
        throw e;
      }
    },
    async discard() {
      await flushing.done().catch(() => {});
      await rm(aside, { recursive: true, force: true });
    },
  };
  return writer;
}
