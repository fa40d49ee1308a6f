import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Refusal } from '#kernel/errors';
import type { TreeLimits } from '../limits.ts';

/** Bytes that are left free on the disk that is unpacked to. */
const LEFT_FREE = 256 * 2 ** 20;
const ASK_EVERY = 64 * 2 ** 20;

export interface Unpacked {
  readonly path: string;
  /** Why it ends too early, where it does. */
  readonly truncated: string | null;
  remove(): Promise<void>;
}

/**
 * Unpacks a gzip into a file of its own, for reading here and there in it.
 * @throws Refusal `tree.totalBytes`, `tree.ratio`, `tree.noRoom`; what came before damage is kept
 */
export async function unpackGzip(path: string, limits: TreeLimits, scratch = tmpdir()): Promise<Unpacked> {
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, 'lantai-tree-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const target = join(folder, 'plain.tar');
  const packed = (await stat(path)).size;
  let size = 0;
  let asked = 0;
  const held = new Transform({
    async transform(piece: Buffer, _, done) {
      try {
        size += piece.length;
        // A TAR has its headers and fillings besides its files.
        if (size > limits.totalBytes * 1.5 + limits.entries * 2048)
          throw new Refusal('tree.totalBytes', `It unpacks to more than ${limits.totalBytes} bytes.`);
        if (size > limits.ratioFloorBytes && size > packed * limits.ratio)
          throw new Refusal(
            'tree.ratio',
            `It unpacks to more than ${limits.ratio} times its size; such files are made to do harm.`,
          );
        if (size > asked) {
          asked = size + ASK_EVERY;
          const disk = await statfs(folder);
          if (disk.bavail * disk.bsize < LEFT_FREE + ASK_EVERY)
            throw new Refusal('tree.noRoom', `There is no room to unpack it in ${scratch}.`);
        }
        done(null, piece);
      } catch (e) {
        done(e as Error);
      }
    },
  });
  try {
    await pipeline(
      createReadStream(path),
      createGunzip({ chunkSize: 256 * 1024 }),
      held,
      createWriteStream(target, { flags: 'wx' }),
    );
    return { path: target, truncated: null, remove };
  } catch (e) {
    if (e instanceof Error && 'code' in e && String(e.code).startsWith('Z_')) {
      const cut = e.code === 'Z_BUF_ERROR';
      const truncated = cut
        ? 'The gzip ends too early; it was cut off.'
        : 'The gzip is damaged; what comes after the damage is lost.';
      return { path: target, truncated, remove };
    }
    await remove();
    throw e;
  }
}
