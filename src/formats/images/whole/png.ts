import type { FilePieces } from '#kernel/filePieces';

const SIGNATURE = 8;
/** Length, type and checksum of a chunk. */
const FRAME = 12;
const MAX_CHUNKS = 1_000_000;

/** Whether every chunk lies within the file up to the closing one, IEND (ISO/IEC 15948, clause 5). */
export async function pngIsWhole(file: FilePieces): Promise<boolean> {
  let at = SIGNATURE;
  for (let n = 0; n < MAX_CHUNKS; n++) {
    const head = await file.at(at, 8);
    if (head.length < 8) return false;
    at += FRAME + head.readUInt32BE(0);
    if (at > file.size) return false;
    if (head.toString('latin1', 4) === 'IEND') return true;
  }
  return false;
}
