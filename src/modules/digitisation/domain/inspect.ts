import { demandWholeImage, type ImageFormat, imageFacts, imageInfo } from '#formats/images';
import { openOfd } from '#formats/ofd';
import { demandWholePdf, openPdf } from '#formats/pdf';
import { Refusal } from '#kernel/errors';
import { CHECKS, type IntakeCheck, type TechnicalMetadata } from '#modules/preservation';
import { type MediaType, mediaTypeOf, mediaTypeOfBytes } from './mediaType.ts';

/** What a file turns out to be when it is opened. */
export interface Inspected {
  mediaType: MediaType;
  /** Pages a person can look at, in order. Sizes of documents are known once they are drawn. */
  pages: { width: number | null; height: number | null }[];
  technical: TechnicalMetadata;
  /** What was looked at, all of it with success, or the file would have been refused. */
  checks: IntakeCheck[];
}

/** A file whose bytes are in memory. */
export interface HeldFile {
  bytes: Uint8Array;
  /** Lays it down, for readers that need a file. */
  path(): Promise<string>;
}

/**
 * Opens a file that was handed in and counts its pages. By content, whatever its name says. A file that breaks off is
 * refused: its head is good, and readers would show what is left of it without a word.
 *
 * @throws Refusal `scan.format` for what is no page image or document, and the formats' own for broken ones, `image.truncated`,
 *   `pdf.truncated` among them
 */
export async function inspectFile(file: string | HeldFile): Promise<Inspected> {
  const mediaType = typeof file === 'string' ? await mediaTypeOf(file) : mediaTypeOfBytes(file.bytes);
  if (mediaType === undefined)
    throw new Refusal(
      'scan.format',
      'This is no page image, PDF or OFD: JPEG, TIFF, PNG, JPEG 2000, PDF, OFD and plain text are taken in.',
    );
  const { pages, technical } =
    mediaType === 'text/plain'
      ? plainText()
      : await opened(typeof file === 'string' ? file : await file.path(), mediaType);
  const passed = (check: string, note?: string): IntakeCheck => ({
    check,
    outcome: 'passed',
    ...(note ? { note } : {}),
  });
  return {
    mediaType,
    pages,
    technical: said(technical),
    checks: [
      passed(CHECKS.format, `${mediaType}, by its first bytes`),
      passed(CHECKS.opened),
      passed(CHECKS.pages, String(pages.length)),
      passed(CHECKS.digest, 'sha512, sha256'),
      passed(CHECKS.technical),
      {
        check: CHECKS.virus,
        outcome: 'not performed',
        note: 'uploads are scanned when they arrive, where the site has a scanner; files of a folder are not',
      },
    ],
  };
}

type Opened = { pages: Inspected['pages']; technical: Loose<TechnicalMetadata> };
type Loose<T> = { [K in keyof T]: T[K] | undefined };

const plainText = (): Opened => ({
  pages: emptyPages(1),
  technical: { format: 'plain text', characterSet: 'UTF-8', pages: 1 },
});

async function opened(path: string, mediaType: Exclude<MediaType, 'text/plain'>): Promise<Opened> {
  switch (mediaType) {
    case 'application/pdf': {
      await demandWholePdf(path);
      const pdf = await openPdf(path);
      await pdf.close();
      const { version, producer, creator, made, encrypted } = pdf.facts;
      const technical = {
        format: 'PDF',
        formatVersion: version,
        pages: pdf.pageCount,
        encrypted: encrypted || undefined,
        software: producer ?? creator,
        made: pdfTime(made),
      };
      return { pages: emptyPages(pdf.pageCount), technical };
    }
    case 'application/ofd': {
      const ofd = await openOfd(path);
      await ofd.close();
      const { Creator, CreatorVersion, CreationDate } = ofd.info;
      const software = [Creator, CreatorVersion].filter(Boolean).join(' ') || undefined;
      const technical = { format: 'OFD', pages: ofd.pageCount, software, made: CreationDate };
      return { pages: emptyPages(ofd.pageCount), technical };
    }
    default:
      return openedImage(path);
  }
}

const NAMES: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'JPEG',
  tiff: 'TIFF',
  png: 'PNG',
  jp2: 'JPEG 2000',
  j2k: 'JPEG 2000 code stream',
};

async function openedImage(path: string): Promise<Opened> {
  await demandWholeImage(path);
  const info = await imageInfo(path);
  const { width, height, orientation, bitDepth, samples, colourSpace, iccProfile, pages } = info;
  // Pages of one image file are of one scan; their sizes are known exactly when they are drawn.
  const upright = orientation >= 5 ? { width: height, height: width } : { width, height };
  return {
    pages: [upright, ...emptyPages(pages - 1)],
    technical: {
      format: NAMES[info.format],
      width,
      height,
      bitDepth,
      samples,
      colourSpace,
      pages,
      iccProfile: iccProfile || undefined,
      orientation: orientation === 1 ? undefined : orientation,
      ...(await imageFacts(path, info)),
    },
  };
}

/** What is known, without what is not. */
const said = (technical: Loose<TechnicalMetadata>): TechnicalMetadata => ({
  ...Object.fromEntries(Object.entries(technical).filter(([, value]) => value !== undefined)),
  format: technical.format ?? '',
});

/** `D:20260301101112+08'00'` (ISO 32000-1, 7.9.4) as ISO 8601; undefined for anything else. */
export function pdfTime(text: string | undefined): string | undefined {
  const m = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d)?'?(\d\d)?/.exec(text ?? '');
  if (!m) return undefined;
  const zone = !m[7] || m[7] === 'Z' ? (m[7] ?? '') : `${m[7]}:${m[8] ?? '00'}`;
  return `${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6]}${zone}`;
}

function emptyPages(n: number): Inspected['pages'] {
  return Array.from({ length: n }, () => ({ width: null, height: null }));
}
