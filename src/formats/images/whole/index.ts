import { Refusal } from '#kernel/errors';
import { type FilePieces, openPieces } from '#kernel/filePieces';
import { formatOf, type ImageFormat } from '../info.ts';
import { jpegIsWhole } from './jpeg.ts';
import { jpxIsWhole } from './jpx.ts';
import { pngIsWhole } from './png.ts';
import { tiffIsWhole } from './tiff.ts';

/** By the marks and lengths of each format; nothing is decoded, and little is read. */
const RULES: Record<ImageFormat, (file: FilePieces) => Promise<boolean>> = {
  jpeg: jpegIsWhole,
  png: pngIsWhole,
  tiff: tiffIsWhole,
  jp2: jpxIsWhole,
  j2k: jpxIsWhole,
};

/**
 * Refuses a picture whose file breaks off: a copy or a transfer that was cut short leaves a good head, and the lower
 * part of the page is gone.
 *
 * @throws Refusal `image.truncated`; `image.unknownFormat` for what is no picture
 */
export async function demandWholeImage(path: string): Promise<void> {
  await using file = await openPieces(path);
  const format = formatOf(await file.at(0, 16));
  if (!format)
    throw new Refusal('image.unknownFormat', 'The file is no JPEG, TIFF, PNG or JPEG 2000 picture.');
  if (!(await RULES[format](file)))
    throw new Refusal(
      'image.truncated',
      'The file breaks off before the picture ends: a part is missing. Copy or scan it again.',
      { bytes: file.size },
    );
}
