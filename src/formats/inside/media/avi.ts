import { chunks, type FilePieces, type Piece, round } from './pieces.ts';
import type { MediaReading } from './reading.ts';

const SOUND: Readonly<Record<number, string>> = { 1: 'PCM', 85: 'MP3', 8192: 'AC-3', 255: 'AAC', 2: 'ADPCM' };

/** AVI: the heads of file and streams. */
export async function readAvi(file: FilePieces): Promise<MediaReading> {
  const media: MediaReading['media'] = { container: 'AVI', tracks: [] };
  for await (const list of chunks(file, 12, file.size, false)) {
    if (list.id !== 'LIST') continue;
    const kind = (await file.at(list.start, 4)).toString('latin1');
    if (kind === 'movi') break;
    if (kind !== 'hdrl') continue;
    for await (const chunk of chunks(file, list.start + 4, list.end, false)) {
      if (chunk.id === 'avih') {
        const head = await file.at(chunk.start, 20);
        const seconds = (head.readUInt32LE(0) * head.readUInt32LE(16)) / 1_000_000;
        if (seconds > 0) media.seconds = round(seconds);
      } else if (chunk.id === 'LIST') await addStream(file, chunk, media);
    }
  }
  return { media };
}

async function addStream(file: FilePieces, list: Piece, media: MediaReading['media']): Promise<void> {
  let kind = '';
  let code = '';
  let rate = 0;
  for await (const chunk of chunks(file, list.start + 4, list.end, false)) {
    if (chunk.id === 'strh') {
      const head = await file.at(chunk.start, 28);
      kind = head.toString('latin1', 0, 4);
      code = head.toString('latin1', 4, 8).replaceAll('\0', '').trim();
      const scale = head.readUInt32LE(20);
      rate = scale > 0 ? round(head.readUInt32LE(24) / scale) : 0;
    } else if (chunk.id === 'strf' && kind === 'vids') {
      const format = await file.at(chunk.start, 20);
      const compression = format.toString('latin1', 16, 20).replace(/[^\x20-\x7e]/g, '');
      media.tracks.push({
        kind: 'picture',
        codec: compression || code || 'uncompressed',
        width: format.readInt32LE(4),
        height: Math.abs(format.readInt32LE(8)),
        ...(rate > 0 ? { framesPerSecond: rate } : {}),
      });
    } else if (chunk.id === 'strf' && kind === 'auds') {
      const format = await file.at(chunk.start, 16);
      const tag = format.readUInt16LE(0);
      media.tracks.push({
        kind: 'sound',
        codec: SOUND[tag] ?? `code ${tag}`,
        channels: format.readUInt16LE(2),
        sampleRate: format.readUInt32LE(4),
        ...(format.length >= 16 ? { bits: format.readUInt16LE(14) } : {}),
      });
    }
  }
}
