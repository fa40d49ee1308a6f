import type { FilePieces } from '#kernel/filePieces';

const SOC = 0xff4f;
const SOT = 0xff90;
const EOC = 0xffd9;
const MAX_STEPS = 1_000_000;

/**
 * Whether the code stream runs to its end mark within the file (ISO/IEC 15444-1, annexes A and I): boxes are stepped
 * over by their lengths, then main header and tile-parts by theirs.
 */
export async function jpxIsWhole(file: FilePieces): Promise<boolean> {
  if ((await file.at(0, 2)).readUInt16BE(0) === SOC) return streamIsWhole(file, 0);
  let at = 0;
  for (let n = 0; n < MAX_STEPS; n++) {
    const head = await file.at(at, 16);
    if (head.length < 8) return false;
    let length = head.readUInt32BE(0);
    let start = at + 8;
    if (length === 1) {
      if (head.length < 16) return false;
      length = Number(head.readBigUInt64BE(8));
      start = at + 16;
    }
    if (length !== 0 && (length < start - at || at + length > file.size)) return false;
    if (head.toString('latin1', 4, 8) === 'jp2c') return streamIsWhole(file, start);
    if (length === 0) return false;
    at += length;
  }
  return false;
}

async function streamIsWhole(file: FilePieces, start: number): Promise<boolean> {
  let at = start + 2;
  for (let n = 0; n < MAX_STEPS; n++) {
    const head = await file.at(at, 12);
    if (head.length < 2) return false;
    const marker = head.readUInt16BE(0);
    if (marker === EOC) return true;
    if (head.length < 4) return false;
    if (marker !== SOT) {
      at += 2 + head.readUInt16BE(2);
      continue;
    }
    if (head.length < 12) return false;
    const tilePart = head.readUInt32BE(6);
    // A length of 0: the last tile-part runs to the end mark, which can not occur inside it.
    if (tilePart === 0) return (await file.lastIndexOf(Buffer.from([0xff, 0xd9]), at)) >= 0;
    at += tilePart;
  }
  return false;
}
