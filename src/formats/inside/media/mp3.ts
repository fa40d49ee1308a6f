import { readFlac } from './flac.ts';
import { type FilePieces, round } from './pieces.ts';
import type { MediaReading } from './reading.ts';

const RATES: Readonly<Record<number, readonly number[]>> = {
  3: [44_100, 48_000, 32_000],
  2: [22_050, 24_000, 16_000],
  0: [11_025, 12_000, 8_000],
};
const BITRATES: Readonly<Record<string, readonly number[]>> = {
  '1-1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1-2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1-3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2-1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2-2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const SEARCH = 64 * 1024;

/** MPEG audio (ISO/IEC 11172-3, 13818-3), behind ID3 tags. Length by the Xing or VBRI head, else by the bit rate. */
export async function readMp3(file: FilePieces): Promise<MediaReading> {
  const tag = await file.at(0, 10);
  const tagged = tag.toString('latin1', 0, 3) === 'ID3';
  const from = tagged ? 10 + tag.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0) : 0;
  const piece = await file.at(from, SEARCH);
  if (piece.toString('latin1', 0, 4) === 'fLaC') return readFlac(file, from);
  for (let at = 0; at + 4 <= piece.length; at++) {
    const frame = frameAt(piece, at);
    if (!frame) continue;
    // A second frame where the first ends tells it from chance.
    if (at + frame.bytes + 4 <= piece.length && !frameAt(piece, at + frame.bytes)) continue;
    return reading(file, piece, from, at, frame);
  }
  return { media: { container: 'MPEG audio', tracks: [] }, notPerformed: ['No frame of sound was found.'] };
}

interface Frame {
  layer: number;
  version: number;
  sampleRate: number;
  bitrate: number;
  channels: number;
  bytes: number;
  samples: number;
}

function frameAt(piece: Buffer, at: number): Frame | undefined {
  if (piece[at] !== 0xff || (piece[at + 1]! & 0xe0) !== 0xe0) return undefined;
  const [second, third, fourth] = [piece[at + 1]!, piece[at + 2]!, piece[at + 3]!];
  const version = (second >> 3) & 3;
  const layer = 4 - ((second >> 1) & 3);
  const sampleRate = RATES[version]?.[(third >> 2) & 3];
  if (layer === 4 || !sampleRate) return undefined;
  const first = version === 3;
  const bitrate = BITRATES[first ? `1-${layer}` : `2-${Math.min(layer, 2)}`]?.[third >> 4];
  if (!bitrate) return undefined;
  const padding = (third >> 1) & 1;
  const samples = layer === 1 ? 384 : layer === 3 && !first ? 576 : 1152;
  const bytes =
    layer === 1
      ? (Math.floor((12_000 * bitrate) / sampleRate) + padding) * 4
      : Math.floor(((samples / 8) * 1000 * bitrate) / sampleRate) + padding;
  return { layer, version, sampleRate, bitrate, channels: fourth >> 6 === 3 ? 1 : 2, bytes, samples };
}

function reading(file: FilePieces, piece: Buffer, from: number, at: number, frame: Frame): MediaReading {
  const head = piece.subarray(at, at + Math.min(frame.bytes, 200));
  const mark = Math.max(head.indexOf('Xing'), head.indexOf('Info'));
  const frames =
    mark >= 0 && mark + 12 <= head.length && head.readUInt32BE(mark + 4) & 1
      ? head.readUInt32BE(mark + 8)
      : head.indexOf('VBRI') >= 0 && head.indexOf('VBRI') + 18 <= head.length
        ? head.readUInt32BE(head.indexOf('VBRI') + 14)
        : undefined;
  const seconds = frames
    ? (frames * frame.samples) / frame.sampleRate
    : ((file.size - from - at) * 8) / (frame.bitrate * 1000);
  return {
    media: {
      container: 'MPEG audio',
      seconds: round(seconds),
      tracks: [
        {
          kind: 'sound',
          codec: `MPEG-${frame.version === 3 ? '1' : frame.version === 2 ? '2' : '2.5'} layer ${frame.layer}`,
          sampleRate: frame.sampleRate,
          channels: frame.channels,
        },
      ],
    },
    ...(frames ? {} : { notPerformed: ['The length is reckoned from the first bit rate.'] }),
  };
}
