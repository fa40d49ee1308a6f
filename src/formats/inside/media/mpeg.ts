import { type FilePieces, round } from './pieces.ts';
import type { MediaReading } from './reading.ts';

const RATES = [0, 24_000 / 1001, 24, 25, 30_000 / 1001, 30, 50, 60_000 / 1001, 60];
const SEARCH = 1024 * 1024;

/** MPEG-1 and MPEG-2 film (ISO/IEC 11172, 13818): the first sequence head, and what streams the first packets are of. */
export async function readMpeg(file: FilePieces): Promise<MediaReading> {
  const head = await file.at(0, SEARCH);
  const packed = head[3] === 0xba;
  const media: MediaReading['media'] = {
    container: packed ? 'MPEG program stream' : 'MPEG video',
    tracks: [],
  };
  const sequence = head.indexOf(Buffer.from([0, 0, 1, 0xb3]));
  if (sequence >= 0 && sequence + 8 <= head.length) {
    const second = head.indexOf(Buffer.from([0, 0, 1, 0xb5]), sequence) >= 0;
    const framesPerSecond = RATES[head[sequence + 7]! & 15];
    media.tracks.push({
      kind: 'picture',
      codec: second ? 'MPEG-2' : 'MPEG-1',
      width: head.readUIntBE(sequence + 4, 3) >> 12,
      height: head.readUIntBE(sequence + 4, 3) & 0xfff,
      ...(framesPerSecond ? { framesPerSecond: round(framesPerSecond) } : {}),
    });
  }
  if (packed && head.indexOf(Buffer.from([0, 0, 1, 0xc0])) >= 0)
    media.tracks.push({ kind: 'sound', codec: 'MPEG audio' });
  return { media, notPerformed: ['The length of MPEG film is not written in its head.'] };
}
