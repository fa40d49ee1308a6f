import { open } from 'node:fs/promises';
import sharp from 'sharp';
import { Refusal } from '#kernel/errors';
import { type JpxHeader, readJpxHeader } from './jpxHeader.ts';

export type ImageFormat = 'jpeg' | 'tiff' | 'png' | 'jp2' | 'j2k';

/** What a picture file says about itself. Width and height are those of the page asked for, as stored. */
export interface ImageInfo {
  format: ImageFormat;
  mime: string;
  width: number;
  height: number;
  /** Pages of a TIFF, 1 otherwise. Levels of a pyramid count as pages here. */
  pages: number;
  /** EXIF orientation 1 to 8; 1 when not given. From 5 on, the upright picture is `height` × `width`. */
  orientation: number;
  /** Dots per inch; undefined when the file does not say. */
  dpi: number | undefined;
  /** Bits a sample, and samples a pixel; undefined when not known. */
  bitDepth: number | undefined;
  samples: number | undefined;
  colourSpace: string | undefined;
  iccProfile: boolean;
}

const DEPTHS: Readonly<Record<string, number>> = {
  uchar: 8,
  char: 8,
  ushort: 16,
  short: 16,
  uint: 32,
  int: 32,
  float: 32,
  double: 64,
};

/** More pixels are refused: a bomb, or a scan beyond A0 at 600 dpi. */
export const MAX_PIXELS = 600_000_000;
/** JPEG 2000 is decoded in memory, at four bytes a sample. */
export const MAX_JPX_PIXELS = 100_000_000;

const HEAD = 256 * 1024;
const MIME: Record<ImageFormat, string> = {
  jpeg: 'image/jpeg',
  tiff: 'image/tiff',
  png: 'image/png',
  jp2: 'image/jp2',
  j2k: 'image/j2c',
};

/** The format by the first bytes, whatever the name says; undefined for others. */
export function formatOf(head: Uint8Array): ImageFormat | undefined {
  const starts = (...bytes: number[]) => bytes.every((b, i) => head[i] === b);
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg';
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (starts(0x49, 0x49, 0x2a, 0) || starts(0x4d, 0x4d, 0, 0x2a)) return 'tiff';
  if (starts(0x49, 0x49, 0x2b, 0) || starts(0x4d, 0x4d, 0, 0x2b)) return 'tiff';
  if (starts(0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20)) return 'jp2';
  if (starts(0xff, 0x4f, 0xff, 0x51)) return 'j2k';
  return undefined;
}

export async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.min(HEAD, size));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * @param page from 0
 * @throws Refusal `image.unknownFormat`, `image.broken`, `image.tooLarge`, `image.noSuchPage`
 */
export async function imageInfo(path: string, page = 0): Promise<ImageInfo> {
  const head = await headOf(path);
  const format = formatOf(head);
  if (!format)
    throw new Refusal('image.unknownFormat', 'The file is no JPEG, TIFF, PNG or JPEG 2000 picture.');
  if (format === 'jp2' || format === 'j2k') return jpxInfo(format, readJpxHeader(head), page);
  return rasterInfo(path, format, page);
}

function jpxInfo(format: ImageFormat, header: JpxHeader, page: number): ImageInfo {
  if (page !== 0) throw noSuchPage(page, 1);
  const { width, height, dpi, bits: bitDepth, components: samples } = header;
  if (width * height > MAX_JPX_PIXELS) throw tooLarge(width, height, MAX_JPX_PIXELS);
  return {
    format,
    mime: MIME[format],
    width,
    height,
    pages: 1,
    orientation: 1,
    dpi,
    bitDepth,
    samples,
    colourSpace: undefined,
    iccProfile: false,
  };
}

async function rasterInfo(path: string, format: ImageFormat, page: number): Promise<ImageInfo> {
  try {
    const whole = await sharp(path, { limitInputPixels: false, page: 0 }).metadata();
    const pages = format === 'tiff' ? (whole.pages ?? 1) : 1;
    if (!Number.isInteger(page) || page < 0 || page >= pages) throw noSuchPage(page, pages);
    const own = page === 0 ? whole : await sharp(path, { limitInputPixels: false, page }).metadata();
    const { width, height } = own;
    if (width * height > MAX_PIXELS) throw tooLarge(width, height, MAX_PIXELS);
    const stated =
      own.density && (format !== 'jpeg' || own.resolutionUnit !== undefined || own.density !== 72);
    return {
      format,
      mime: MIME[format],
      width,
      height,
      pages,
      orientation: own.orientation ?? 1,
      dpi: stated ? own.density : undefined,
      bitDepth: own.bitsPerSample ?? DEPTHS[own.depth],
      samples: own.channels,
      colourSpace: own.space,
      iccProfile: own.hasProfile,
    };
  } catch (cause) {
    throw cause instanceof Refusal ? cause : brokenImage(cause);
  }
}

export function brokenImage(cause: unknown): Refusal {
  return new Refusal('image.broken', 'The picture is damaged or not readable.', {}, { cause });
}

export function tooLarge(width: number, height: number, most: number): Refusal {
  return new Refusal(
    'image.tooLarge',
    `The picture has more pixels than are allowed (${width} × ${height}).`,
    {
      width,
      height,
      most,
    },
  );
}

function noSuchPage(page: number, pages: number): Refusal {
  return new Refusal('image.noSuchPage', `The picture has no page ${page + 1}.`, { page: page + 1, pages });
}
