import { type RegisterRow, rows } from '../types.ts';

const old = { tool: 'ffmpeg', policy: 'migrate', risk: 'high', open: false } as const;
const lossy = { tool: 'ffmpeg', policy: 'normalise', risk: 'medium' } as const;

/** Kept as it comes, unless an archive decides otherwise. */
const ffmpeg = { tool: 'ffmpeg' } as const;

/** Sound and film. [S:standards 4.7: WAV for keeping; MXF, AVI, MPG or MP4 with H.264] */
export const MEDIA: readonly RegisterRow[] = [
  ...rows('audio', [
    {
      name: 'WAV (PCM)',
      puids: 'fmt/6 fmt/141 fmt/142 fmt/143',
      risk: 'low',
      why: ['archivalForm', 'published', 'widelyRead'],
    },
    {
      name: 'Broadcast WAVE, RF64',
      puids: 'fmt/1 fmt/2 fmt/527 fmt/703 fmt/704 fmt/705 fmt/709 fmt/710 fmt/711 fmt/712',
      risk: 'low',
      why: ['archivalForm', 'openStandard'],
    },
    {
      name: 'Broadcast WAVE (MPEG)',
      puids: 'fmt/706 fmt/707 fmt/708',
      why: ['published', 'lossy', 'fewReaders'],
      ...lossy,
    },
    { name: 'FLAC', puids: 'fmt/279', risk: 'low', why: ['openStandard', 'widelyRead'], ...ffmpeg },
    { name: 'AIFF', puids: 'fmt/414', risk: 'low', why: ['published', 'widelyRead'], ...ffmpeg },
    { name: 'AIFC', puids: 'x-fmt/136', why: ['published', 'variants'], ...lossy },
    { name: 'MP3', puids: 'fmt/134', risk: 'low', why: ['openStandard', 'widelyRead', 'lossy'], ...ffmpeg },
    {
      name: 'Ogg (Vorbis, Opus)',
      puids: 'fmt/944 fmt/203 fmt/946',
      why: ['openStandard', 'lossy'],
      ...lossy,
    },
    { name: 'AMR', puids: 'lantai/amr', why: ['openStandard', 'lossy', 'fewReaders'], ...lossy },
    { name: 'WMA', puids: 'fmt/132', why: ['closed', 'lossy', 'abandoned'], ...old },
    { name: 'MIDI', puids: 'x-fmt/230', risk: 'medium', why: ['published', 'notSelfContained'] },
  ]),
  ...rows('video', [
    {
      name: 'MP4',
      puids: 'fmt/199',
      risk: 'low',
      why: ['archivalForm', 'openStandard', 'widelyRead', 'insideCounts'],
    },
    {
      name: 'MPEG-1, MPEG-2',
      puids: 'x-fmt/385 x-fmt/386 fmt/585',
      risk: 'low',
      why: ['archivalForm', 'openStandard', 'lossy'],
    },
    {
      name: 'MPEG elementary streams',
      puids: 'fmt/640 fmt/649',
      risk: 'medium',
      why: ['openStandard', 'fewReaders'],
    },
    { name: 'AVI', puids: 'fmt/5', risk: 'medium', why: ['archivalForm', 'published', 'insideCounts'] },
    { name: 'Matroska', puids: 'fmt/569', risk: 'low', why: ['openStandard', 'insideCounts'], ...ffmpeg },
    { name: 'WebM, Ogg Theora', puids: 'fmt/573 fmt/945', why: ['published', 'lossy'], ...lossy },
    { name: 'QuickTime', puids: 'x-fmt/384', why: ['published', 'insideCounts', 'abandoned'], ...lossy },
    { name: '3GPP', puids: 'fmt/357', why: ['openStandard', 'lossy'], ...lossy },
    { name: 'WMV, ASF', puids: 'fmt/131 fmt/133', why: ['closed', 'lossy', 'abandoned'], ...old },
    { name: 'Flash Video', puids: 'lantai/flv', why: ['published', 'lossy', 'abandoned'], ...old },
    { name: 'RealMedia', puids: 'x-fmt/190', why: ['closed', 'lossy', 'abandoned'], ...old },
  ]),
];
