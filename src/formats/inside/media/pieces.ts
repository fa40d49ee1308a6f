import type { FilePieces } from '#kernel/filePieces';

export type { FilePieces } from '#kernel/filePieces';

/** A box, chunk or element: its name, and where its content lies. */
export interface Piece {
  id: string;
  start: number;
  end: number;
}

const MAX_PIECES = 10_000;

/** Chunks of RIFF (little-endian) or IFF (big-endian), padded to even lengths. */
export async function* chunks(
  file: FilePieces,
  from: number,
  to: number,
  bigEndian: boolean,
): AsyncGenerator<Piece> {
  let at = from;
  for (let n = 0; at + 8 <= to && n < MAX_PIECES; n++) {
    const head = await file.at(at, 8);
    if (head.length < 8) return;
    const length = bigEndian ? head.readUInt32BE(4) : head.readUInt32LE(4);
    yield { id: head.toString('latin1', 0, 4), start: at + 8, end: Math.min(to, at + 8 + length) };
    at += 8 + length + (length % 2);
  }
}

/** Boxes of ISO base media files (ISO/IEC 14496-12, 4.2). */
export async function* boxes(file: FilePieces, from: number, to: number): AsyncGenerator<Piece> {
  let at = from;
  for (let n = 0; at + 8 <= to && n < MAX_PIECES; n++) {
    const head = await file.at(at, 16);
    if (head.length < 8) return;
    let length = head.readUInt32BE(0);
    let lead = 8;
    if (length === 1 && head.length === 16) {
      length = Number(head.readBigUInt64BE(8));
      lead = 16;
    } else if (length === 0) length = to - at;
    if (length < lead) return;
    yield { id: head.toString('latin1', 4, 8), start: at + lead, end: Math.min(to, at + length) };
    at += length;
  }
}

export const round = (value: number): number => Math.round(value * 1000) / 1000;
