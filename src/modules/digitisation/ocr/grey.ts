import sharp, { type Sharp } from 'sharp';
import { Refusal } from '#kernel/errors';
import type { Rotation } from './types.ts';

/** An 8-bit grey picture, one byte per pixel, row after row. */
export interface Grey {
  data: Uint8Array;
  width: number;
  height: number;
}

/** A page as loaded: `picture` may be smaller than the stored image, whose size is `width` × `height`. */
export interface StoredPage {
  picture: Grey;
  width: number;
  height: number;
}

export const ROTATIONS: readonly Rotation[] = [0, 90, 180, 270];

/** Larger pages are refused: 200 megapixels is an A2 sheet at 600 dpi. */
const MAX_PIXELS = 200_000_000;
/** More pixels than this on the long side tell the reader nothing. */
const MAX_SIDE = 6000;
/** The darkest channel is taken for grey when it parts ink from paper this much better than brightness does. */
const CLEARLY_BETTER = 1.15;

/**
 * Loads a page as dark on light: EXIF orientation applied, transparency on white, contrast stretched. Coloured writing
 * that is as bright as its ground is told apart by its colour.
 * @throws Refusal `ocr.unreadableImage`
 */
export async function loadGrey(image: string | Uint8Array, page = 0): Promise<StoredPage> {
  try {
    const opened = sharp(image, { limitInputPixels: MAX_PIXELS, page, failOn: 'none' });
    const { autoOrient: size } = await opened.metadata();
    const { data, info } = await opened
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const picture = greyOf(data, info.width, info.height, info.channels);
    return { picture: stretched(darkOnLight(picture)), width: size.width, height: size.height };
  } catch (cause) {
    throw new Refusal('ocr.unreadableImage', 'The picture could not be read.', {}, { cause });
  }
}

function greyOf(pixels: Uint8Array, width: number, height: number, channels: number): Grey {
  const bright = new Uint8Array(width * height);
  if (channels < 3) {
    for (let i = 0; i < bright.length; i++) bright[i] = pixels[i * channels]!;
    return { data: bright, width, height };
  }
  const darkest = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < bright.length; i++, at += channels) {
    const r = pixels[at]!;
    const g = pixels[at + 1]!;
    const b = pixels[at + 2]!;
    bright[i] = (r * 77 + g * 150 + b * 29) >> 8;
    darkest[i] = Math.min(r, g, b);
  }
  const plain: Grey = { data: bright, width, height };
  const byColour: Grey = { data: darkest, width, height };
  return parting(byColour).contrast > parting(plain).contrast * CLEARLY_BETTER ? byColour : plain;
}

/** Turns a picture that is mostly dark (light writing on dark ground) into its negative. */
export function darkOnLight(picture: Grey): Grey {
  const { threshold } = parting(picture);
  let dark = 0;
  for (const v of picture.data) if (v < threshold) dark += 1;
  if (dark * 2 <= picture.data.length) return picture;
  return { ...picture, data: picture.data.map((v) => 255 - v) };
}

/** Spreads the grey levels over the whole range, leaving out the extreme hundredth on either side. */
function stretched(picture: Grey): Grey {
  const counts = histogram(picture);
  const edge = picture.data.length / 100;
  let low = 0;
  for (let n = counts[0]!; n < edge && low < 255; n += counts[low]!) low += 1;
  let high = 255;
  for (let n = counts[255]!; n < edge && high > 0; n += counts[high]!) high -= 1;
  if (high - low < 16) return picture;
  const table = Uint8Array.from({ length: 256 }, (_, v) =>
    Math.max(0, Math.min(255, Math.round(((v - low) * 255) / (high - low)))),
  );
  return { ...picture, data: picture.data.map((v) => table[v]!) };
}

function histogram({ data }: Grey): Float64Array {
  const counts = new Float64Array(256);
  for (let i = 0; i < data.length; i++) counts[data[i]!]! += 1;
  return counts;
}

/**
 * The grey level that best parts ink from paper (Otsu 1979), and how far apart they are there.
 * Values below `threshold` are ink.
 */
export function parting(picture: Grey): { threshold: number; contrast: number } {
  const counts = histogram(picture);
  const total = picture.data.length;
  let sum = 0;
  for (let v = 0; v < 256; v++) sum += v * counts[v]!;
  let below = 0;
  let belowSum = 0;
  let best = 0;
  let threshold = 127;
  for (let v = 0; v < 255; v++) {
    below += counts[v]!;
    belowSum += v * counts[v]!;
    const above = total - below;
    if (below === 0 || above === 0) continue;
    const spread = ((below * above) / total / total) * (belowSum / below - (sum - belowSum) / above) ** 2;
    if (spread > best) {
      best = spread;
      threshold = v;
    }
  }
  return { threshold: threshold + 1, contrast: Math.sqrt(best) };
}

function toSharp({ data, width, height }: Grey): Sharp {
  return sharp(data, { raw: { width, height, channels: 1 }, limitInputPixels: MAX_PIXELS });
}

async function fromSharp(pipeline: Sharp): Promise<Grey> {
  const { data, info } = await pipeline
    .greyscale()
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Turned clockwise; any angle, the new corners white. */
export async function turned(picture: Grey, degrees: number): Promise<Grey> {
  if (degrees === 0) return picture;
  return fromSharp(toSharp(picture).rotate(degrees, { background: '#ffffff' }));
}

/** The same picture at another size. */
export async function scaled(picture: Grey, factor: number): Promise<Grey> {
  if (Math.abs(factor - 1) < 0.02) return picture;
  const width = Math.max(1, Math.round(picture.width * factor));
  const height = Math.max(1, Math.round(picture.height * factor));
  return fromSharp(toSharp(picture).resize(width, height, { fit: 'fill', kernel: 'lanczos3' }));
}

/** A PNG, quick rather than small. */
export async function encoded(picture: Grey): Promise<Buffer> {
  return toSharp(picture).png({ compressionLevel: 1 }).toBuffer();
}

/** A part, cut to the picture's bounds. */
export function cut(picture: Grey, left: number, top: number, width: number, height: number): Grey {
  const x0 = Math.min(picture.width - 1, Math.max(0, Math.floor(left)));
  const y0 = Math.min(picture.height - 1, Math.max(0, Math.floor(top)));
  const x1 = Math.max(x0 + 1, Math.min(picture.width, Math.ceil(left + width)));
  const y1 = Math.max(y0 + 1, Math.min(picture.height, Math.ceil(top + height)));
  const w = x1 - x0;
  const data = new Uint8Array(w * (y1 - y0));
  for (let y = y0; y < y1; y++) {
    const from = y * picture.width;
    data.set(picture.data.subarray(from + x0, from + x1), (y - y0) * w);
  }
  return { data, width: w, height: y1 - y0 };
}

/** A sheet of one shade. */
export function blank(width: number, height: number, shade = 255): Grey {
  return { data: new Uint8Array(width * height).fill(shade), width, height };
}

/** Lays `part` on `sheet`; what sticks out is cut off. */
export function paste(sheet: Grey, part: Grey, left: number, top: number): void {
  const w = Math.min(part.width, sheet.width - left);
  for (let y = 0; y < part.height && top + y < sheet.height; y++)
    sheet.data.set(part.data.subarray(y * part.width, y * part.width + w), (top + y) * sheet.width + left);
}

/** With a margin in the shade of its own paper: letters that touch the edge of a picture are misread. */
export function framed(picture: Grey, margin: number): Grey {
  const sheet = blank(picture.width + 2 * margin, picture.height + 2 * margin, paperShade(picture));
  paste(sheet, picture, margin, margin);
  return sheet;
}

/** The commonest shade among the light ones. */
function paperShade(picture: Grey): number {
  const counts = histogram(picture);
  let best = 255;
  for (let v = 255; v >= parting(picture).threshold; v--) if (counts[v]! > counts[best]!) best = v;
  return best;
}
