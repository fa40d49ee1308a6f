import type { Row } from './rows.ts';

const wav = { mime: 'audio/x-wav', ext: 'wav' };
const WMEDIA = '0 3026B2758E66CF11A6D900AA0062CE6C';
const OGG = "0 'OggS' 00 02";
/** The header of a frame of layer III, without the values it may not have. */
const FRAME = 'FF (E2|E3|F2|F3|FA|FB) [10:EB]';
/** One frame is met by chance; three at the distances frames have are not. */
const FRAMES = `0 ${FRAME} {93-1440} ${FRAME} {93-1440} ${FRAME}`;

type Kind = readonly [puid: string, version: string, format: string];
const encodings = (generic: string, pcm: string, mpeg: string, more: string, n: number): readonly Kind[] => [
  [generic, `${n} Generic`, ''],
  [pcm, `${n} PCM Encoding`, '0100'],
  [mpeg, `${n} MPEG Encoding`, '5000'],
  [more, `${n} WAVEFORMATEXTENSIBLE Encoding`, 'FEFF'],
];
/** EBU Tech 3285: the version stands after 346 bytes of descriptions. */
const BROADCAST = [
  { number: '0000', kinds: encodings('fmt/1', 'fmt/703', 'fmt/706', 'fmt/709', 0) },
  { number: '0100', kinds: encodings('fmt/2', 'fmt/704', 'fmt/707', 'fmt/710', 1) },
  { number: '0200', kinds: encodings('fmt/527', 'fmt/705', 'fmt/708', 'fmt/711', 2) },
];

/** Sound and moving pictures. */
export const SOUND: readonly Row[] = [
  { puid: 'fmt/6', name: 'Waveform Audio', ...wav, bytes: ["0 'RIFF' {4} 'WAVE'"] },
  {
    puid: 'fmt/141',
    name: 'Waveform Audio (PCMWAVEFORMAT)',
    over: 'fmt/6',
    ...wav,
    bytes: ["0 'RIFF' {4} 'WAVEfmt ' 10000000 0100"],
  },
  {
    puid: 'fmt/142',
    name: 'Waveform Audio (WAVEFORMATEX)',
    over: 'fmt/6',
    ...wav,
    bytes: ["0 'RIFF' {4} 'WAVEfmt ' [12:27] 000000 [!00] 00"],
  },
  {
    puid: 'fmt/143',
    name: 'Waveform Audio (WAVEFORMATEXTENSIBLE)',
    over: 'fmt/6 fmt/142',
    ...wav,
    bytes: ["0 'RIFF' {4} 'WAVEfmt ' 28000000 FEFF"],
  },
  ...BROADCAST.flatMap(({ number, kinds }) =>
    kinds.map(([puid, version, format]): Row => {
      const wide = ["0 'RIFF' {4} 'WAVE'", `12-8192 'bext' {4} {346} ${number}`];
      const narrow = format === '' ? wide : [...wide, `12-65535 'fmt ' {4} ${format}`];
      const over = `fmt/6 fmt/141 fmt/142 fmt/143${format === '' ? '' : ` ${kinds[0]![0]}`}`;
      return { puid, name: 'Broadcast WAVE', version, over, ...wav, bytes: [narrow] };
    }),
  ),
  { puid: 'fmt/712', name: 'RF64', ext: 'rf64 wav', bytes: ["0 ('RF64'|'BW64') FFFFFFFF 'WAVE'"] },
  {
    puid: 'fmt/134',
    name: 'MPEG 1/2 Audio Layer 3',
    mime: 'audio/mpeg',
    ext: 'mp3',
    bytes: ["0 'ID3' [02:04] [00:FE] ?? [00:7F] [00:7F] [00:7F] [00:7F]", FRAMES],
  },
  { puid: 'fmt/414', name: 'Audio Interchange File Format', ext: 'aif aiff', bytes: ["0 'FORM' {4} 'AIFF'"] },
  {
    puid: 'x-fmt/136',
    name: 'Audio Interchange File Format (compressed)',
    mime: 'audio/x-aiff',
    ext: 'aifc',
    bytes: ["0 'FORM' {4} 'AIFC'"],
  },
  {
    puid: 'fmt/279',
    name: 'FLAC (Free Lossless Audio Codec)',
    version: '1.2.1',
    mime: 'audio/flac',
    ext: 'flac',
    bytes: ["0 'fLaC' (00|80) 000022"],
  },
  {
    puid: 'fmt/944',
    name: 'Ogg Multimedia Container',
    mime: 'application/ogg',
    ext: 'ogg ogv',
    bytes: [OGG],
  },
  {
    puid: 'fmt/203',
    name: 'Ogg Vorbis Codec Compressed Multimedia File',
    mime: 'audio/ogg',
    ext: 'ogg',
    over: 'fmt/944',
    bytes: [[OGG, "28 01 'vorbis'"]],
  },
  {
    puid: 'fmt/946',
    name: 'Ogg Opus Codec Compressed Multimedia File',
    mime: 'audio/ogg, audio/opus',
    ext: 'opus',
    over: 'fmt/944',
    bytes: [[OGG, "28 'OpusHead'"]],
  },
  {
    puid: 'fmt/945',
    name: 'Ogg Theora Video',
    mime: 'video/ogg',
    ext: 'ogv',
    over: 'fmt/944',
    bytes: [[OGG, "28 80 'theora'"]],
  },
  {
    puid: 'x-fmt/230',
    name: 'MIDI Audio',
    mime: 'audio/midi',
    ext: 'mid midi',
    bytes: ["0 'MThd' 00000006"],
  },
  {
    puid: 'lantai/amr',
    name: 'Adaptive Multi-Rate Audio',
    mime: 'audio/amr',
    ext: 'amr',
    bytes: ["0 '#!AMR'"],
  },
  {
    puid: 'fmt/199',
    name: 'MPEG-4 Media File',
    mime: 'application/mp4, video/mp4',
    ext: 'mp4 m4a m4v f4v',
    bytes: [
      "4 'ftyp' ('isom'|'iso2'|'iso4'|'iso5'|'iso6'|'mp41'|'mp42'|'avc1'|'M4A '|'M4V '|'MSNV'|'dash'|'f4v ')",
    ],
  },
  {
    puid: 'fmt/357',
    name: '3GPP Audio/Video File',
    mime: 'audio/3gpp, video/3gpp',
    ext: '3gp 3gpp',
    bytes: ["4 'ftyp3g' ('p'|'r'|'s'|'e'|'g')"],
  },
  {
    puid: 'x-fmt/384',
    name: 'Quicktime',
    mime: 'video/quicktime',
    ext: 'mov qt',
    bytes: [
      "4 'ftypqt  '",
      "4 'moov' {4} ('mvhd'|'cmov'|'rmra')",
      ["4 'mdat'", "any 'moov' {4} 'mvhd'"],
      ["4 'wide' {4} 'mdat'", "any 'moov' {4} 'mvhd'"],
    ],
  },
  {
    puid: 'fmt/5',
    name: 'Audio/Video Interleaved Format',
    mime: 'video/x-msvideo',
    ext: 'avi',
    bytes: ["0 'RIFF' {4} 'AVI '"],
  },
  {
    puid: 'fmt/569',
    name: 'Matroska',
    version: '1-4',
    ext: 'mkv mka mks',
    bytes: ["0 1A45DFA3 {0-48} 4282 (88|01000000000000 08) 'matroska'"],
  },
  {
    puid: 'fmt/573',
    name: 'WebM',
    mime: 'video/webm',
    ext: 'webm',
    bytes: ["0 1A45DFA3 {0-48} 4282 (84|01000000000000 04) 'webm'"],
  },
  {
    puid: 'fmt/131',
    name: 'Advanced Systems Format',
    mime: 'application/vnd.ms-asf',
    ext: 'asf',
    bytes: [WMEDIA],
  },
  // Windows Media: by the kind of its streams, sound alone or pictures (identifiers of stream types in the header).
  {
    puid: 'fmt/132',
    name: 'Windows Media Audio',
    mime: 'audio/x-ms-wma',
    ext: 'wma asf',
    over: 'fmt/131',
    bytes: [[WMEDIA, '24-8192 9107DCB7B7A9CF118EE600C00C205365 {8} 409E69F84D5BCF11A8FD00805F5C442B']],
  },
  {
    puid: 'fmt/133',
    name: 'Windows Media Video',
    mime: 'video/x-ms-wmv',
    ext: 'wmv asf',
    over: 'fmt/131 fmt/132',
    bytes: [
      [WMEDIA, '24-8192 9107DCB7B7A9CF118EE600C00C205365 {8} C0EF19BC4D5BCF11A8FD00805F5C442B'],
      [WMEDIA, '24-8192 C0EF19BC4D5BCF11A8FD00805F5C442B'],
    ],
  },
  {
    puid: 'x-fmt/385',
    name: 'MPEG-1 Program Stream',
    mime: 'video/mpeg',
    ext: 'mpg mpeg',
    bytes: ['0 000001BA [20:2F]'],
  },
  {
    puid: 'x-fmt/386',
    name: 'MPEG-2 Program Stream',
    mime: 'video/mpeg',
    ext: 'mpg mpeg vob',
    bytes: ['0 000001BA [40:7F]'],
  },
  {
    puid: 'fmt/649',
    name: 'MPEG-1 Elementary Stream',
    mime: 'video/mpeg',
    ext: 'm1v mpg mpeg',
    bytes: ['0 000001B3'],
  },
  {
    puid: 'fmt/640',
    name: 'MPEG-2 Elementary Stream',
    mime: 'video/mpeg',
    ext: 'm2v mpg mpeg',
    over: 'fmt/649',
    bytes: [['0 000001B3', '8-256 000001B5 [10:1F]']],
  },
  {
    puid: 'fmt/585',
    name: 'MPEG-2 Transport Stream',
    ext: 'ts m2ts',
    bytes: ['0 47 {187} 47 {187} 47 {187} 47'],
  },
  {
    puid: 'lantai/flv',
    name: 'Flash Video',
    mime: 'video/x-flv',
    ext: 'flv',
    bytes: ["0 'FLV' 01 (01|04|05) 00000009"],
  },
  {
    puid: 'x-fmt/190',
    name: 'RealMedia',
    mime: 'application/vnd.rn-realmedia',
    ext: 'rm rmvb',
    bytes: ["0 '.RMF' 000000 [10:12]"],
  },
];
