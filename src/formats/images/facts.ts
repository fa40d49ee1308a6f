import { openPieces } from '#kernel/filePieces';
import type { ImageFormat, ImageInfo } from './info.ts';
import { tiffFields } from './whole/tiff.ts';

/** What a picture file says of how it was made. */
export interface ImageFacts {
  xDpi: number | undefined;
  yDpi: number | undefined;
  compression: string | undefined;
  software: string | undefined;
  /** ISO 8601 without a zone, as the file has none. */
  made: string | undefined;
}

/** TIFF 6.0 and its registered additions. */
const COMPRESSIONS: Readonly<Record<number, string>> = {
  1: 'none',
  2: 'CCITT RLE',
  3: 'CCITT Group 3',
  4: 'CCITT Group 4',
  5: 'LZW',
  6: 'JPEG (old kind)',
  7: 'JPEG',
  8: 'Deflate',
  32773: 'PackBits',
  32946: 'Deflate',
  34712: 'JPEG 2000',
  50000: 'Zstandard',
  50001: 'WebP',
};
const OF_FORMAT: Readonly<Record<Exclude<ImageFormat, 'tiff'>, string>> = {
  jpeg: 'JPEG',
  png: 'Deflate',
  jp2: 'JPEG 2000',
  j2k: 'JPEG 2000',
};
const TAG = { compression: 259, xResolution: 282, yResolution: 283, unit: 296, software: 305, made: 306 };
const CENTIMETRES = 3;

/** Reads little: the directory of a TIFF, nothing of other formats beyond what is known of them already. */
export async function imageFacts(path: string, info: ImageInfo): Promise<ImageFacts> {
  if (info.format !== 'tiff')
    return {
      xDpi: info.dpi,
      yDpi: info.dpi,
      compression: OF_FORMAT[info.format],
      software: undefined,
      made: undefined,
    };
  await using file = await openPieces(path);
  const fields = await tiffFields(file, Object.values(TAG));
  const number = (tag: number) => {
    const value = fields.get(tag);
    return typeof value === 'number' ? value : undefined;
  };
  const text = (tag: number) => {
    const value = fields.get(tag);
    return typeof value === 'string' ? value : undefined;
  };
  const perInch = number(TAG.unit) === CENTIMETRES ? 2.54 : 1;
  // Unit 1 is a ratio of sides, no resolution.
  const dpi = (tag: number) => (number(TAG.unit) === 1 ? undefined : rounded(number(tag), perInch));
  const code = number(TAG.compression);
  return {
    xDpi: dpi(TAG.xResolution),
    yDpi: dpi(TAG.yResolution),
    compression: code === undefined ? undefined : (COMPRESSIONS[code] ?? `TIFF ${code}`),
    software: text(TAG.software),
    made: isoTime(text(TAG.made)),
  };
}

const rounded = (value: number | undefined, factor: number) =>
  value === undefined ? undefined : Math.round(value * factor * 100) / 100;

/** `2026:03:01 10:11:12` of TIFF and EXIF. */
function isoTime(text: string | undefined): string | undefined {
  const m = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text ?? '');
  return m ? `${m[1]}-${m[2]}-${m[3]}T${m[4]}` : undefined;
}
