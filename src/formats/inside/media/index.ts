import { openPieces } from '#kernel/filePieces';
import type { Inside } from '../types.ts';
import { readAvi } from './avi.ts';
import { readFlac } from './flac.ts';
import { readMatroska } from './matroska.ts';
import { readMp3 } from './mp3.ts';
import { readMp4 } from './mp4.ts';
import { readMpeg } from './mpeg.ts';
import type { FilePieces } from './pieces.ts';
import type { MediaReading } from './reading.ts';
import { readAiff, readWave } from './wave.ts';

export async function lookInsideMedia(path: string): Promise<Inside> {
  await using file = await openPieces(path);
  try {
    const { media, claims = {}, notPerformed = [] } = await read(file);
    return { kind: 'media', media, claims, notPerformed };
  } catch (e) {
    if (!(e instanceof RangeError)) throw e;
    return { kind: 'media', notPerformed: ['The file breaks off within its heads.'] };
  }
}

async function read(file: FilePieces): Promise<MediaReading> {
  const head = await file.at(0, 16);
  const text = head.toString('latin1');
  if (/^(RIFF|RF64)/.test(text)) return text.slice(8, 12) === 'AVI ' ? readAvi(file) : readWave(file);
  if (text.startsWith('FORM')) return readAiff(file);
  if (text.startsWith('fLaC')) return readFlac(file, 0);
  if (text.startsWith('\x1aE\xdf\xa3')) return readMatroska(file);
  if (/^\x00\x00\x01[\xba\xb3]/.test(text)) return readMpeg(file);
  if (/^(ftyp|moov|mdat|wide|free|skip)$/.test(text.slice(4, 8))) return readMp4(file);
  return readMp3(file);
}
