import { createHash } from 'node:crypto';
import type { FileTree } from '#formats/tree';

/** Bytes of a file that is read once more to see why it is not what was listed. */
const LARGEST = 1 << 24;
const RETURN = 13;
const NEWLINE = 10;

/**
 * Whether a file is what was listed but for its line ends, which transfer as text changes: its bytes with CR LF for LF,
 * or the other way round, have the size and the digest that were stated.
 *
 * @returns the line ends it had, or null
 */
export async function otherLineEnds(
  tree: FileTree,
  path: string,
  stated: { size: number; algorithm: string; digest: string },
): Promise<'CR LF' | 'LF' | null> {
  const bytes = (await tree.entry(path))?.bytes ?? 0;
  if (bytes > LARGEST || bytes === stated.size || stated.size > 2 * bytes) return null;
  const hash = createHash(stated.algorithm);
  let size = 0;
  let last = -1;
  for await (const piece of (await tree.open(path)) as AsyncIterable<Buffer>) {
    const changed = stated.size > bytes ? withReturns(piece, last) : withoutReturns(piece);
    last = piece.at(-1) ?? last;
    size += changed.length;
    if (size > stated.size) return null;
    hash.update(changed);
  }
  if (size !== stated.size || hash.digest('hex') !== stated.digest.toLowerCase()) return null;
  return stated.size > bytes ? 'CR LF' : 'LF';
}

function withReturns(piece: Buffer, before: number): Buffer {
  const out = Buffer.allocUnsafe(piece.length * 2);
  let n = 0;
  let last = before;
  for (const byte of piece) {
    if (byte === NEWLINE && last !== RETURN) out[n++] = RETURN;
    out[n++] = byte;
    last = byte;
  }
  return out.subarray(0, n);
}

/** A carriage return at the end of a piece is left out too: whether a line ended there, size and digest tell. */
const withoutReturns = (piece: Buffer) => piece.filter((byte) => byte !== RETURN);
