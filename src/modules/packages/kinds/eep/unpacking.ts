import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform, type Writable } from 'node:stream';
import { type EepFile, takeFiles, treeSource } from '#formats/eep';
import type { FileTree } from '#formats/tree';

export interface UnpackedFile extends EepFile {
  /** Of the bytes that were taken out; of one whose data stands elsewhere, of these. */
  readonly size: string;
  readonly bytes: number;
  readonly sha512: string;
  open(): Readable;
}

/** Takes EEPs apart into a folder, one at a time: what was taken out before is gone then. */
export interface Unpacking {
  files(eep: string): Promise<readonly UnpackedFile[]>;
  close(): Promise<void>;
}

export function createUnpacking(tree: FileTree, scratch: string): Unpacking {
  let current: { eep: string; folder: string; files: readonly UnpackedFile[] } | null = null;
  const close = async () => {
    if (current) await rm(current.folder, { recursive: true, force: true });
    current = null;
  };
  return {
    close,
    async files(eep) {
      if (current?.eep === eep) return current.files;
      await close();
      await mkdir(scratch, { recursive: true });
      const folder = await mkdtemp(join(scratch, 'package-eep-'));
      current = { eep, folder, files: [] };
      current = { eep, folder, files: await unpacked(tree, eep, folder) };
      return current.files;
    },
  };
}

async function unpacked(tree: FileTree, eep: string, folder: string): Promise<UnpackedFile[]> {
  const taken: { file: EepFile; watch: Watch }[] = [];
  await takeFiles(treeSource(tree, eep), async (file) => {
    if (file.refersTo !== undefined) {
      taken.push({ file, watch: { bytes: 0, sha512: '', at: '' } });
      return null;
    }
    const at = join(folder, String(file.number));
    const watch: Watch = { bytes: 0, sha512: '', at };
    taken.push({ file, watch });
    return watching(at, watch);
  });
  const byData = new Map(taken.map((t) => [t.file.dataId, t.watch]));
  return taken.map(({ file, watch }) => {
    const { at, bytes, sha512 } = (file.refersTo !== undefined && byData.get(file.refersTo)) || watch;
    return { ...file, bytes, sha512, open: () => createReadStream(at) };
  });
}

interface Watch {
  bytes: number;
  sha512: string;
  at: string;
}

/** Writes a file and says what it was. */
function watching(at: string, watch: Watch): Writable {
  const hash = createHash('sha512');
  const into = createWriteStream(at);
  const through = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      watch.bytes += piece.length;
      into.write(piece, (e) => done(e));
    },
    final(done) {
      watch.sha512 = hash.digest('hex');
      into.end(done);
    },
  });
  into.on('error', (e) => through.destroy(e));
  // Nothing comes out of it, and it is not to wait for somebody who reads.
  return through.resume();
}
