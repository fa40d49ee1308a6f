import type { FilePieces } from '#kernel/filePieces';

const SOS = 0xda;
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);
const MAX_SEGMENTS = 10_000;

/**
 * Whether an end-of-image mark follows the picture's first scan (ITU-T T.81, annex B). Segments before it are stepped
 * over by their lengths: a small picture inside one has an end mark of its own. Inside a scan the mark can not occur,
 * and what follows the picture (a second one, padding) is let be.
 */
export async function jpegIsWhole(file: FilePieces): Promise<boolean> {
  let at = 2;
  for (let n = 0; n < MAX_SEGMENTS; n++) {
    const head = await file.at(at, 4);
    if (head.length < 4) return false;
    // Stray bytes between segments, which readers step over.
    if (head[0] !== 0xff) break;
    const marker = head[1]!;
    // Fill bytes before a mark, and marks that stand alone.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else {
      at += 2 + head.readUInt16BE(2);
      if (marker === SOS) break;
    }
  }
  return (await file.lastIndexOf(END_OF_IMAGE, at)) >= 0;
}
