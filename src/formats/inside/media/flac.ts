import { type FilePieces, round } from './pieces.ts';
import type { MediaReading } from './reading.ts';

const COMMENTS = 4;

/** FLAC (RFC 9639): STREAMINFO and the comments. */
export async function readFlac(file: FilePieces, from: number): Promise<MediaReading> {
  const media: MediaReading['media'] = { container: 'FLAC', tracks: [] };
  let claims: Record<string, string> = {};
  let at = from + 4;
  for (let n = 0; n < 200; n++) {
    const head = await file.at(at, 4);
    if (head.length < 4) break;
    const [kind, length] = [head[0]! & 0x7f, head.readUIntBE(1, 3)];
    if (kind === 0) {
      const info = await file.at(at + 4, 34);
      const sampleRate = info.readUIntBE(10, 3) >> 4;
      const samples = (info[13]! & 0x0f) * 2 ** 32 + info.readUInt32BE(14);
      const bits = (((info[12]! & 1) << 4) | (info[13]! >> 4)) + 1;
      media.tracks.push({
        kind: 'sound',
        codec: 'FLAC',
        sampleRate,
        channels: ((info[12]! >> 1) & 7) + 1,
        bits,
      });
      if (sampleRate > 0 && samples > 0) media.seconds = round(samples / sampleRate);
    } else if (kind === COMMENTS) claims = comments(await file.at(at + 4, Math.min(length, 1024 * 1024)));
    at += 4 + length;
    if (head[0]! & 0x80) break;
  }
  return { media, claims };
}

function comments(block: Buffer): Record<string, string> {
  const found: Record<string, string> = {};
  let at = 4 + block.readUInt32LE(0);
  const count = block.readUInt32LE(at);
  at += 4;
  for (let i = 0; i < Math.min(count, 200) && at + 4 <= block.length; i++) {
    const length = block.readUInt32LE(at);
    const [key = '', ...value] = block.toString('utf8', at + 4, at + 4 + length).split('=');
    found[key.toLowerCase().slice(0, 40)] = value.join('=').slice(0, 300);
    at += 4 + length;
  }
  return found;
}
