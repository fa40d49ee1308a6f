import type { MediaTrack } from '../types.ts';
import { type FilePieces, round } from './pieces.ts';
import type { MediaReading } from './reading.ts';

interface Element {
  id: number;
  start: number;
  end: number;
}

const ID = {
  segment: 0x18538067,
  info: 0x1549a966,
  scale: 0x2ad7b1,
  duration: 0x4489,
  writer: 0x5741,
  tracks: 0x1654ae6b,
  entry: 0xae,
  codec: 0x86,
  kind: 0x83,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  audio: 0xe1,
  rate: 0xb5,
  channels: 0x9f,
  bits: 0x6264,
  cluster: 0x1f43b675,
  docType: 0x4282,
  header: 0x1a45dfa3,
};
const MAX_ELEMENTS = 2_000;

/** Elements of EBML (RFC 8794), those of unknown length reaching to the end. */
async function* elements(file: FilePieces, from: number, to: number): AsyncGenerator<Element> {
  let at = from;
  for (let n = 0; at + 2 <= to && n < MAX_ELEMENTS; n++) {
    const head = await file.at(at, 12);
    const idLength = Math.clz32(head[0] ?? 0) - 23;
    if (head.length < 2 || idLength < 1 || idLength > 4) return;
    const first = head[idLength] ?? 0;
    const sizeLength = Math.clz32(first) - 23;
    if (sizeLength < 1 || sizeLength > 8 || idLength + sizeLength > head.length) return;
    let size = first & (0xff >> sizeLength);
    let unknown = size === 0xff >> sizeLength;
    for (let i = 1; i < sizeLength; i++) {
      const byte = head[idLength + i]!;
      size = size * 256 + byte;
      unknown &&= byte === 0xff;
    }
    const start = at + idLength + sizeLength;
    const end = unknown ? to : Math.min(to, start + size);
    yield { id: head.readUIntBE(0, idLength), start, end };
    at = end;
  }
}

/** Matroska and WebM (RFC 9559). */
export async function readMatroska(file: FilePieces): Promise<MediaReading> {
  const media: MediaReading['media'] = { container: 'Matroska', tracks: [] };
  const claims: Record<string, string> = {};
  for await (const top of elements(file, 0, file.size)) {
    if (top.id === ID.header)
      for await (const one of elements(file, top.start, top.end))
        if (one.id === ID.docType && (await text(file, one)) === 'webm') media.container = 'WebM';
    if (top.id !== ID.segment) continue;
    for await (const part of elements(file, top.start, top.end)) {
      if (part.id === ID.info) await readInfo(file, part, media, claims);
      else if (part.id === ID.tracks)
        for await (const one of elements(file, part.start, part.end))
          if (one.id === ID.entry && media.tracks.length < 100) media.tracks.push(await trackIn(file, one));
      if (part.id === ID.cluster) break;
    }
    break;
  }
  return { media, claims };
}

async function readInfo(
  file: FilePieces,
  info: Element,
  media: MediaReading['media'],
  claims: Record<string, string>,
): Promise<void> {
  let scale = 1_000_000;
  let duration = 0;
  for await (const one of elements(file, info.start, info.end)) {
    if (one.id === ID.scale) scale = await integer(file, one);
    else if (one.id === ID.duration) duration = await real(file, one);
    else if (one.id === ID.writer) claims.writer = (await text(file, one)).slice(0, 200);
  }
  if (duration > 0) media.seconds = round((duration * scale) / 1e9);
}

async function trackIn(file: FilePieces, entry: Element): Promise<MediaTrack> {
  const track: MediaTrack = { kind: 'other', codec: '' };
  for await (const one of elements(file, entry.start, entry.end)) {
    if (one.id === ID.codec) track.codec = (await text(file, one)).slice(0, 40);
    else if (one.id === ID.kind) track.kind = kindOf(await integer(file, one));
    else if (one.id === ID.video || one.id === ID.audio)
      for await (const detail of elements(file, one.start, one.end)) {
        if (detail.id === ID.width) track.width = await integer(file, detail);
        else if (detail.id === ID.height) track.height = await integer(file, detail);
        else if (detail.id === ID.rate) track.sampleRate = await real(file, detail);
        else if (detail.id === ID.channels) track.channels = await integer(file, detail);
        else if (detail.id === ID.bits) track.bits = await integer(file, detail);
      }
  }
  return track;
}

const kindOf = (code: number): MediaTrack['kind'] =>
  code === 1 ? 'picture' : code === 2 ? 'sound' : 'other';

async function text(file: FilePieces, { start, end }: Element): Promise<string> {
  return (await file.at(start, Math.min(1000, end - start))).toString('utf8').replace(/\0+$/, '');
}

async function integer(file: FilePieces, { start, end }: Element): Promise<number> {
  const bytes = await file.at(start, Math.min(8, end - start));
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

async function real(file: FilePieces, { start, end }: Element): Promise<number> {
  const bytes = await file.at(start, Math.min(8, end - start));
  return bytes.length === 4 ? bytes.readFloatBE(0) : bytes.length === 8 ? bytes.readDoubleBE(0) : 0;
}
