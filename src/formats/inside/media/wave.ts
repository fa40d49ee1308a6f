import { chunks, type FilePieces, round } from './pieces.ts';
import type { MediaReading } from './reading.ts';

const CODECS: Readonly<Record<number, string>> = {
  1: 'PCM',
  2: 'ADPCM',
  3: 'PCM (floating point)',
  6: 'A-law',
  7: 'µ-law',
  17: 'IMA ADPCM',
  80: 'MPEG',
  85: 'MP3',
};
const EXTENSIBLE = 0xfffe;

/** WAV, BWF (EBU Tech 3285) and RF64. */
export async function readWave(file: FilePieces): Promise<MediaReading> {
  const media: MediaReading['media'] = { container: 'WAV', tracks: [] };
  const claims: Record<string, string> = {};
  let bytesPerSecond = 0;
  let bytes = 0;
  let large = 0;
  for await (const chunk of chunks(file, 12, file.size, false)) {
    if (chunk.id === 'fmt ') {
      const format = await file.at(chunk.start, 40);
      const plain = format.readUInt16LE(0);
      const code = plain === EXTENSIBLE && format.length >= 26 ? format.readUInt16LE(24) : plain;
      bytesPerSecond = format.readUInt32LE(8);
      media.tracks.push({
        kind: 'sound',
        codec: CODECS[code] ?? `code ${code}`,
        channels: format.readUInt16LE(2),
        sampleRate: format.readUInt32LE(4),
        bits: format.readUInt16LE(14),
      });
    } else if (chunk.id === 'ds64') large = Number((await file.at(chunk.start, 16)).readBigUInt64LE(8));
    else if (chunk.id === 'data') bytes = large || Math.min(chunk.end, file.size) - chunk.start;
    else if (chunk.id === 'bext') {
      media.container = 'BWF';
      Object.assign(claims, broadcast(await file.at(chunk.start, 602)));
    }
    if (chunk.id === 'data' && large > 0) break;
  }
  if (bytesPerSecond > 0 && bytes > 0) media.seconds = round(bytes / bytesPerSecond);
  return { media, claims };
}

function broadcast(bext: Buffer): Record<string, string> {
  const text = (from: number, to: number) => bext.toString('latin1', from, to).replace(/\0.*$/s, '').trim();
  const fields = {
    description: text(0, 256),
    originator: text(256, 288),
    reference: text(288, 320),
    made: `${text(320, 330)} ${text(330, 338)}`.trim(),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/** AIFF and AIFF-C. */
export async function readAiff(file: FilePieces): Promise<MediaReading> {
  const form = (await file.at(8, 4)).toString('latin1');
  const media: MediaReading['media'] = { container: form, tracks: [] };
  for await (const chunk of chunks(file, 12, file.size, true)) {
    if (chunk.id !== 'COMM') continue;
    const common = await file.at(chunk.start, 32);
    const frames = common.readUInt32BE(2);
    const sampleRate = extended(common.subarray(8, 18));
    const kind = form === 'AIFC' ? common.toString('latin1', 18, 22) : 'NONE';
    media.tracks.push({
      kind: 'sound',
      codec: /^(NONE|twos|sowt)$/.test(kind) ? 'PCM' : kind.trim(),
      channels: common.readUInt16BE(0),
      bits: common.readUInt16BE(6),
      ...(sampleRate ? { sampleRate } : {}),
    });
    if (sampleRate) media.seconds = round(frames / sampleRate);
  }
  return { media };
}

/** An 80-bit number of IEEE 754. */
function extended(bytes: Buffer): number | undefined {
  if (bytes.length < 10) return undefined;
  const exponent = (bytes.readUInt16BE(0) & 0x7fff) - 16383 - 31;
  const value = bytes.readUInt32BE(2) * 2 ** exponent;
  return Number.isFinite(value) && value > 0 ? Math.round(value) : undefined;
}
