import { demandWholeImage, imageInfo } from '#formats/images';
import { openOfd } from '#formats/ofd';
import { demandWholePdf, openPdf } from '#formats/pdf';
import { Refusal } from '#kernel/errors';
import { type MediaType, mediaTypeOf } from './mediaType.ts';

/** What a file turns out to be when it is opened. */
export interface Inspected {
  mediaType: MediaType;
  /** Pages a person can look at, in order. Sizes of documents are known once they are drawn. */
  pages: { width: number | null; height: number | null }[];
}

/**
 * Opens a file that was handed in and counts its pages. By content, whatever its name says. A file that breaks off is
 * refused: its head is good, and readers would show what is left of it without a word.
 *
 * @throws Refusal `scan.format` for what is no page image or document, and the formats' own for broken ones, `image.truncated`,
 *   `pdf.truncated` among them
 */
export async function inspectFile(path: string): Promise<Inspected> {
  const mediaType = await mediaTypeOf(path);
  switch (mediaType) {
    case 'application/pdf': {
      await demandWholePdf(path);
      const pdf = await openPdf(path);
      await pdf.close();
      return { mediaType, pages: emptyPages(pdf.pageCount) };
    }
    case 'application/ofd': {
      const ofd = await openOfd(path);
      await ofd.close();
      return { mediaType, pages: emptyPages(ofd.pageCount) };
    }
    case 'text/plain':
      return { mediaType, pages: emptyPages(1) };
    case undefined:
      throw new Refusal(
        'scan.format',
        'This is no page image, PDF or OFD: JPEG, TIFF, PNG, JPEG 2000, PDF, OFD and plain text are taken in.',
      );
    default: {
      await demandWholeImage(path);
      const info = await imageInfo(path);
      // Pages of one image file are of one scan; their sizes are known exactly when they are drawn.
      const upright = info.orientation >= 5;
      const size = upright
        ? { width: info.height, height: info.width }
        : { width: info.width, height: info.height };
      return { mediaType, pages: [size, ...emptyPages(info.pages - 1)] };
    }
  }
}

function emptyPages(n: number): Inspected['pages'] {
  return Array.from({ length: n }, () => ({ width: null, height: null }));
}
