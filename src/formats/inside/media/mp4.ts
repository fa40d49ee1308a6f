import type { MediaTrack } from '../types.ts';
import { boxes, type FilePieces, type Piece, round } from './pieces.ts';
import type { MediaReading } from './reading.ts';

const CODECS: Readonly<Record<string, string>> = {
  avc1: 'H.264',
  avc3: 'H.264',
  hvc1: 'H.265',
  hev1: 'H.265',
  av01: 'AV1',
  vp09: 'VP9',
  mp4v: 'MPEG-4 Visual',
  mp4a: 'AAC',
  'ac-3': 'AC-3',
  'ec-3': 'E-AC-3',
  alac: 'ALAC',
  sowt: 'PCM',
  twos: 'PCM',
  lpcm: 'PCM',
  jpeg: 'Motion JPEG',
  mjpa: 'Motion JPEG',
  apch: 'ProRes 422 HQ',
  apcn: 'ProRes 422',
  ap4h: 'ProRes 4444',
};

async function find(file: FilePieces, within: Piece, path: string): Promise<Piece | undefined> {
  let at: Piece | undefined = within;
  for (const id of path.split('/')) {
    let found: Piece | undefined;
    if (at) for await (const box of boxes(file, at.start, at.end)) if (box.id === id && !found) found = box;
    at = found;
  }
  return at;
}

/** MP4, MOV, M4A (ISO/IEC 14496-12; QuickTime). */
export async function readMp4(file: FilePieces): Promise<MediaReading> {
  const whole = { id: '', start: 0, end: file.size };
  const brand = (await file.at(4, 8)).toString('latin1');
  const media: MediaReading['media'] = {
    container: brand.startsWith('ftyp') && brand.slice(4) !== 'qt  ' ? 'MP4' : 'QuickTime',
    tracks: [],
  };
  const movie = await find(file, whole, 'moov');
  if (!movie) return { media, notPerformed: ['The file has no movie box: it breaks off, or is a fragment.'] };
  const header = await find(file, movie, 'mvhd');
  if (header) {
    const { scale, length } = times(await file.at(header.start, 32));
    if (scale > 0) media.seconds = round(length / scale);
  }
  for await (const box of boxes(file, movie.start, movie.end)) {
    if (box.id !== 'trak' || media.tracks.length >= 100) continue;
    const track = await trackIn(file, box);
    if (track) media.tracks.push(track);
  }
  return { media };
}

function times(head: Buffer): { scale: number; length: number } {
  return head[0] === 1
    ? { scale: head.readUInt32BE(20), length: Number(head.readBigUInt64BE(24)) }
    : { scale: head.readUInt32BE(12), length: head.readUInt32BE(16) };
}

async function trackIn(file: FilePieces, track: Piece): Promise<MediaTrack | undefined> {
  const handler = await find(file, track, 'mdia/hdlr');
  const descriptions = await find(file, track, 'mdia/minf/stbl/stsd');
  if (!handler || !descriptions) return undefined;
  const kind = (await file.at(handler.start + 8, 4)).toString('latin1');
  const entry = await file.at(descriptions.start + 8, 60);
  if (entry.length < 36) return undefined;
  const code = entry.toString('latin1', 4, 8);
  const codec = CODECS[code] ?? code.trim();
  if (kind === 'soun')
    return {
      kind: 'sound',
      codec,
      channels: entry.readUInt16BE(24),
      bits: entry.readUInt16BE(26),
      sampleRate: entry.readUInt16BE(32),
    };
  if (kind !== 'vide') return { kind: 'other', codec: `${kind} ${codec}` };
  const framesPerSecond = await frameRate(file, track);
  return {
    kind: 'picture',
    codec,
    width: entry.readUInt16BE(32),
    height: entry.readUInt16BE(34),
    ...(framesPerSecond ? { framesPerSecond } : {}),
  };
}

/** By the first entry of the table of times. */
async function frameRate(file: FilePieces, track: Piece): Promise<number | undefined> {
  const header = await find(file, track, 'mdia/mdhd');
  const table = await find(file, track, 'mdia/minf/stbl/stts');
  if (!header || !table) return undefined;
  const { scale } = times(await file.at(header.start, 32));
  const entry = await file.at(table.start + 4, 12);
  const each = entry.length === 12 ? entry.readUInt32BE(8) : 0;
  return scale > 0 && each > 0 ? round(scale / each) : undefined;
}
