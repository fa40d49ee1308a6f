import type { Row } from './rows.ts';

const jpeg = { mime: 'image/jpeg', ext: 'jpg jpeg jpe jfif' };
const JFIF: readonly [string, string, string][] = [
  ['fmt/42', '1.00', '0100'],
  ['fmt/43', '1.01', '0101'],
  ['fmt/44', '1.02', '0102'],
];
/** By the tag ExifVersion (9000), of either byte order. */
const EXIF: readonly [string, string, string][] = [
  ['x-fmt/398', '2.0', "'0200'"],
  ['x-fmt/390', '2.1', "'0210'"],
  ['x-fmt/391', '2.2', "'0220'"],
  ['fmt/645', '2.21', "'0221'"],
  ['fmt/1507', '2.3.x', "'023' ['0':'2']"],
];

/** By the tag DNGVersion; `tiff.ts` reads it. */
export const DNG: readonly [puid: string, version: string][] = [
  ['fmt/436', '1.0'],
  ['fmt/152', '1.1'],
  ['fmt/437', '1.2'],
  ['fmt/438', '1.3'],
  ['fmt/730', '1.4'],
  ['fmt/1841', '1.5'],
  ['fmt/1842', '1.6'],
  ['fmt/1943', '1.7'],
];

/** Still pictures. A JPEG that begins as JFIF is JFIF, whatever follows. */
export const PICTURES: readonly Row[] = [
  { puid: 'fmt/41', name: 'Raw JPEG Stream', ...jpeg, bytes: ['0 FFD8FF'] },
  ...JFIF.map(
    ([puid, version, bytes]): Row => ({
      puid,
      name: 'JPEG File Interchange Format',
      version,
      over: 'fmt/41',
      ...jpeg,
      bytes: [`0 FFD8FFE0 ???? 'JFIF' 00 ${bytes}`],
    }),
  ),
  ...EXIF.map(
    ([puid, version, value]): Row => ({
      puid,
      name: 'Exchangeable Image File Format (Compressed)',
      version,
      over: 'fmt/41',
      ...jpeg,
      bytes: [
        [`0 FFD8FFE1 ???? 'Exif' 0000 'II'`, `20-65535 0090070004000000 ${value}`],
        [`0 FFD8FFE1 ???? 'Exif' 0000 'MM'`, `20-65535 9000000700000004 ${value}`],
      ],
    }),
  ),
  {
    puid: 'fmt/112',
    name: 'Still Picture Interchange File Format',
    version: '1.0',
    over: 'fmt/41',
    ...jpeg,
    bytes: [`0 FFD8FFE8 ???? 'SPIFF' 00 0100`],
  },
  {
    puid: 'fmt/113',
    name: 'Still Picture Interchange File Format',
    version: '2.0',
    over: 'fmt/41',
    ...jpeg,
    bytes: [`0 FFD8FFE8 ???? 'SPIFF' 00 0200`],
  },
  {
    puid: 'x-fmt/392',
    name: 'JP2 (JPEG 2000 part 1)',
    mime: 'image/jp2',
    ext: 'jp2',
    bytes: [`0 0000000C 'jP  ' 0D0A870A ???????? 'ftypjp2 '`],
  },
  {
    puid: 'fmt/151',
    name: 'JPX (JPEG 2000 part 2)',
    mime: 'image/jpx',
    ext: 'jpf jpx',
    bytes: [`0 0000000C 'jP  ' 0D0A870A ???????? 'ftypjpx '`],
  },
  {
    puid: 'fmt/463',
    name: 'JPM (JPEG 2000 part 6)',
    mime: 'image/jpm',
    ext: 'jpm',
    bytes: [`0 0000000C 'jP  ' 0D0A870A ???????? 'ftypjpm '`],
  },
  {
    puid: 'fmt/1794',
    name: 'JPEG 2000 Codestream',
    mime: 'image/jp2',
    ext: 'j2c j2k jpc',
    bytes: ['0 FF4FFF51'],
  },
  { puid: 'fmt/1485', name: 'JPEG XL', mime: 'image/jxl', ext: 'jxl', bytes: [`0 0000000C 'JXL ' 0D0A870A`] },
  {
    puid: 'fmt/590',
    name: 'JPEG Extended Range',
    mime: 'image/jxr',
    ext: 'jxr wdp',
    bytes: ["0 'II' BC 01"],
  },
  {
    puid: 'fmt/353',
    name: 'Tagged Image File Format',
    mime: 'image/tiff',
    ext: 'tif tiff',
    bytes: ["0 'II' 2A00", "0 'MM' 002A"],
  },
  {
    puid: 'fmt/155',
    name: 'Geographic Tagged Image File Format (GeoTIFF)',
    mime: 'image/tiff',
    ext: 'tif tiff',
  },
  {
    puid: 'fmt/1917',
    name: 'BigTIFF',
    ext: 'btf tf8 tif',
    bytes: ["0 'II' 2B00 0800 0000", "0 'MM' 002B 0008 0000"],
  },
  {
    puid: 'fmt/592',
    name: 'Canon RAW',
    version: '2.0',
    ext: 'cr2',
    over: 'fmt/353',
    bytes: ["0 'II' 2A00 10000000 'CR' 02"],
  },
  ...DNG.map(
    ([puid, version]): Row => ({
      puid,
      name: 'Digital Negative Format (DNG)',
      version,
      mime: 'image/dng, image/tiff',
      ext: 'dng',
    }),
  ),
  {
    puid: 'fmt/11',
    name: 'Portable Network Graphics',
    version: '1.0',
    mime: 'image/png',
    ext: 'png',
    bytes: ["0 89 'PNG' 0D0A1A0A 0000000D 'IHDR'"],
  },
  {
    puid: 'fmt/12',
    name: 'Portable Network Graphics',
    version: '1.1',
    mime: 'image/png',
    ext: 'png',
    over: 'fmt/11',
    bytes: [["0 89 'PNG' 0D0A1A0A 0000000D 'IHDR'", "33-65535 ('iCCP'|'sRGB'|'sPLT')"]],
  },
  {
    puid: 'fmt/13',
    name: 'Portable Network Graphics',
    version: '1.2',
    mime: 'image/png',
    ext: 'png',
    over: 'fmt/11 fmt/12',
    bytes: [["0 89 'PNG' 0D0A1A0A 0000000D 'IHDR'", "any 'iTXt'"]],
  },
  {
    puid: 'fmt/935',
    name: 'Animated Portable Network Graphics',
    mime: 'image/apng',
    ext: 'apng png',
    over: 'fmt/11 fmt/12 fmt/13',
    bytes: [["0 89 'PNG' 0D0A1A0A 0000000D 'IHDR'", "33-65535 00000008 'acTL'"]],
  },
  {
    puid: 'fmt/3',
    name: 'Graphics Interchange Format',
    version: '87a',
    mime: 'image/gif',
    ext: 'gif',
    bytes: ["0 'GIF87a'"],
  },
  {
    puid: 'fmt/4',
    name: 'Graphics Interchange Format',
    version: '89a',
    mime: 'image/gif',
    ext: 'gif',
    bytes: ["0 'GIF89a'"],
  },
  ...(
    [
      ['fmt/115', '2.0', '0C'],
      ['fmt/116', '3.0', '28'],
      ['fmt/118', '4.0', '6C'],
      ['fmt/119', '5.0', '7C'],
    ] as const
  ).map(
    ([puid, version, header]): Row => ({
      puid,
      name: 'Windows Bitmap',
      version,
      mime: 'image/bmp',
      ext: 'bmp dib',
      // After the sizes: the length of the header, and one plane.
      bytes: [
        header === '0C'
          ? `0 'BM' {4} 00000000 {4} 0C000000 {4} 0100`
          : `0 'BM' {4} 00000000 {4} ${header}000000 {8} 0100`,
      ],
    }),
  ),
  {
    puid: 'fmt/566',
    name: 'WebP',
    version: 'Lossy',
    mime: 'image/webp',
    ext: 'webp',
    bytes: ["0 'RIFF' {4} 'WEBPVP8 '"],
  },
  {
    puid: 'fmt/567',
    name: 'WebP',
    version: 'Lossless',
    mime: 'image/webp',
    ext: 'webp',
    bytes: ["0 'RIFF' {4} 'WEBPVP8L'"],
  },
  {
    puid: 'fmt/568',
    name: 'WebP',
    version: 'Extended',
    mime: 'image/webp',
    ext: 'webp',
    bytes: ["0 'RIFF' {4} 'WEBPVP8X'"],
  },
  {
    puid: 'fmt/1101',
    name: 'High Efficiency Image File Format',
    mime: 'image/heif',
    ext: 'heic heif',
    bytes: ["4 'ftyp' ('heic'|'heix'|'mif1'|'heim'|'heis')"],
  },
  {
    puid: 'fmt/2062',
    name: 'AV1 Image File Format',
    mime: 'image/avif',
    ext: 'avif',
    bytes: ["4 'ftyp' ('avif'|'avis')"],
  },
  {
    puid: 'x-fmt/92',
    name: 'Adobe Photoshop',
    mime: 'image/vnd.adobe.photoshop',
    ext: 'psd',
    bytes: ["0 '8BPS' 0001 000000000000"],
  },
  {
    puid: 'fmt/996',
    name: 'Adobe Photoshop Large Document Format',
    mime: 'image/vnd.adobe.photoshop',
    ext: 'psb',
    bytes: ["0 '8BPS' 0002 000000000000"],
  },
  {
    puid: 'x-fmt/418',
    name: 'Icon file format',
    mime: 'image/vnd.microsoft.icon',
    ext: 'ico',
    bytes: ['0 00000100 [01:40] 00 ?? ?? ?? 00 [00:01] 00 [01:20] 00'],
  },
  {
    puid: 'fmt/574',
    name: 'Digital Imaging and Communications in Medicine File Format',
    mime: 'application/dicom',
    ext: 'dcm',
    bytes: ["128 'DICM'"],
  },
];
