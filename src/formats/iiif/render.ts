import sharp, { type Sharp } from 'sharp';
import { Refusal } from '#kernel/errors';
import { canonicalPath, type Limits, levelFor, regionIn, type Size, sizeOf } from './geometry.ts';
import { type ImageRequest, parseImageRequest } from './request.ts';

/** A pyramid as `makePyramid` of #formats/images writes it; `levels` from the full size down. Keep it: opening costs. */
export interface Pyramid {
  path: string;
  levels: Size[];
}

export interface RenderedImage {
  data: Buffer;
  mime: 'image/jpeg' | 'image/png' | 'image/webp';
  width: number;
  height: number;
  /** For the `Link: <…>;rel="canonical"` header, relative to the image service. */
  canonical: string;
}

export const DEFAULT_LIMITS: Limits = { maxWidth: 8000, maxHeight: 8000, maxArea: 40_000_000 };
const MIME = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;

/** Reads the sizes of a pyramid's levels. @throws Refusal `iiif.noPyramid` */
export async function openPyramid(path: string): Promise<Pyramid> {
  try {
    const first = await sharp(path, { page: 0, limitInputPixels: false }).metadata();
    const levels: Size[] = [{ width: first.width, height: first.height }];
    for (let page = 1; page < (first.pages ?? 1); page++) {
      const { width, height } = await sharp(path, { page, limitInputPixels: false }).metadata();
      // A page that is not about half its neighbour is no level of a pyramid.
      if (Math.abs(width * 2 - levels.at(-1)!.width) > 2) break;
      levels.push({ width, height });
    }
    return { path, levels };
  } catch (cause) {
    throw new Refusal('iiif.noPyramid', 'The prepared picture is missing or damaged.', {}, { cause });
  }
}

/**
 * Answers an image request (level 2 of IIIF Image API 3.0) from a pyramid.
 * @param path `{region}/{size}/{rotation}/{quality}.{format}`, percent-decoded
 * @throws Refusal `iiif.badRequest` (status 400), `iiif.noPyramid`
 */
export async function renderImage(
  pyramid: Pyramid,
  path: string,
  limits: Limits = DEFAULT_LIMITS,
): Promise<RenderedImage> {
  const request = parseImageRequest(path);
  const full = pyramid.levels[0];
  if (!full) throw new Refusal('iiif.noPyramid', 'The prepared picture is empty.');
  const region = regionIn(full, request.region);
  const size = sizeOf(region, request.size, limits);
  const { level, cut } = levelFor(pyramid.levels, region, size);
  const pipeline = sharp(pyramid.path, { page: level, limitInputPixels: false })
    .extract({ left: cut.x, top: cut.y, width: cut.width, height: cut.height })
    .resize(size.width, size.height, { fit: 'fill' });
  try {
    const { data, info } = await finish(await turn(pipeline, request), request).toBuffer({
      resolveWithObject: true,
    });
    return {
      data,
      mime: MIME[request.format],
      width: info.width,
      height: info.height,
      canonical: canonicalPath(full, request, region, size),
    };
  } catch (cause) {
    throw new Refusal('iiif.noPyramid', 'The prepared picture is missing or damaged.', {}, { cause });
  }
}

/** Mirrored first, then turned, as the standard wants it; in a second pass, since sharp turns before it cuts. */
async function turn(pipeline: Sharp, { rotation: { degrees, mirrored } }: ImageRequest): Promise<Sharp> {
  if (degrees === 0) return mirrored ? pipeline.flop() : pipeline;
  const { data, info } = await (mirrored ? pipeline.flop() : pipeline)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels } }).rotate(degrees);
}

function finish(pipeline: Sharp, { quality, format }: ImageRequest): Sharp {
  const toned =
    quality === 'gray'
      ? pipeline.greyscale()
      : quality === 'bitonal'
        ? pipeline.greyscale().threshold(128)
        : pipeline;
  if (format === 'png') return toned.png({ compressionLevel: 6 });
  return format === 'webp' ? toned.webp({ quality: 80 }) : toned.jpeg({ quality: 80 });
}
