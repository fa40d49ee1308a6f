import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';

/** Bytes closed together: what is altered is found before more than that is handed on. */
const FRAME = 1024 * 1024;
const NONCE = 12;
const TAG = 16;

/** Raised where what is sealed is not as it was sealed, or not under this key. */
export class Unsealable extends Error {
  override readonly name = 'Unsealable';
}

/** What a frame belongs to: it opens there alone, in its order, and the last only as the last. */
const placeOf = (file: string, index: number, isLast: boolean): Buffer =>
  Buffer.from(`${file} ${index} ${isLast ? 'last' : 'more'}`, 'utf8');

/**
 * Seals a file: AES-256-GCM, frame by frame, each with a nonce of its own.
 *
 * @param file what it is known by, which is bound in
 */
export async function sealFile(
  from: string,
  to: string,
  { key, file, signal }: { key: Uint8Array; file: string; signal?: AbortSignal | undefined },
): Promise<void> {
  const source = await open(from, 'r');
  try {
    const target = await open(to, 'wx', 0o600);
    try {
      const { size } = await source.stat();
      const buffer = Buffer.alloc(Math.min(FRAME, Math.max(size, 1)));
      const frames = Math.max(1, Math.ceil(size / FRAME));
      for (let index = 0; index < frames; index++) {
        signal?.throwIfAborted();
        const length = Math.min(FRAME, size - index * FRAME);
        await readWhole(source, buffer.subarray(0, length));
        const nonce = randomBytes(NONCE);
        const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(
          placeOf(file, index, index === frames - 1),
        );
        const closed = [
          nonce,
          cipher.update(buffer.subarray(0, length)),
          cipher.final(),
          cipher.getAuthTag(),
        ];
        await target.writeFile(Buffer.concat(closed));
      }
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function readWhole(
  file: { read(buffer: Buffer, offset: number, length: number): Promise<{ bytesRead: number }> },
  into: Buffer,
): Promise<void> {
  let at = 0;
  while (at < into.length) {
    const { bytesRead } = await file.read(into, at, into.length - at);
    if (bytesRead === 0) throw new Unsealable('it is shorter than it was');
    at += bytesRead;
  }
}

/**
 * Opens a sealed file, in constant memory.
 *
 * @param bytes as many as it had before it was sealed
 * @throws Unsealable while it is read
 */
export function openSealedFile(
  path: string,
  { key, file, bytes }: { key: Uint8Array; file: string; bytes: number },
): Readable {
  return Readable.from(framesOf(path, { key, file, bytes }), { objectMode: false });
}

async function* framesOf(
  path: string,
  { key, file, bytes }: { key: Uint8Array; file: string; bytes: number },
): AsyncGenerator<Buffer> {
  const source = await open(path, 'r');
  try {
    const frames = Math.max(1, Math.ceil(bytes / FRAME));
    const { size } = await source.stat();
    if (size !== bytes + frames * (NONCE + TAG)) throw new Unsealable('it is not as long as it was');
    for (let index = 0; index < frames; index++) {
      const length = Math.min(FRAME, bytes - index * FRAME);
      const closed = Buffer.alloc(NONCE + length + TAG);
      await readWhole(source, closed);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, closed.subarray(0, NONCE), {
          authTagLength: TAG,
        })
          .setAAD(placeOf(file, index, index === frames - 1))
          .setAuthTag(closed.subarray(NONCE + length));
        const plain = Buffer.concat([
          decipher.update(closed.subarray(NONCE, NONCE + length)),
          decipher.final(),
        ]);
        if (plain.length > 0) yield plain;
      } catch (cause) {
        throw new Unsealable('it is not as it was sealed', { cause });
      }
    }
  } finally {
    await source.close();
  }
}
