import { badRequest, type ImageRequest, type RegionWish, type SizeWish } from './request.ts';

export interface Size {
  width: number;
  height: number;
}

export interface Region extends Size {
  x: number;
  y: number;
}

/** What the server will not exceed in one answer. */
export interface Limits {
  maxWidth: number;
  maxHeight: number;
  maxArea: number;
}

/** The part of the image that is wanted, cut to its edges. @throws Refusal `iiif.badRequest` when nothing is left */
export function regionIn({ width, height }: Size, wish: RegionWish): Region {
  if (!('x' in wish) && wish.kind === 'full') return { x: 0, y: 0, width, height };
  if (!('x' in wish)) {
    const side = Math.min(width, height);
    return {
      x: Math.floor((width - side) / 2),
      y: Math.floor((height - side) / 2),
      width: side,
      height: side,
    };
  }
  const across = wish.kind === 'percent' ? width / 100 : 1;
  const down = wish.kind === 'percent' ? height / 100 : 1;
  const x = Math.round(wish.x * across);
  const y = Math.round(wish.y * down);
  if (x >= width || y >= height) throw badRequest('region', 'The region lies outside the image.');
  const right = Math.min(width, Math.max(x + 1, Math.round((wish.x + wish.w) * across)));
  const bottom = Math.min(height, Math.max(y + 1, Math.round((wish.y + wish.h) * down)));
  return { x, y, width: right - x, height: bottom - y };
}

/**
 * The size of the answer. Without `^` never larger than the region.
 * @throws Refusal `iiif.badRequest` when it would be, or would exceed the limits
 */
export function sizeOf(region: Size, wish: SizeWish, limits: Limits): Size {
  const { width, height } = region;
  const scaled = (factor: number): Size => ({
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  });
  const most = Math.min(
    limits.maxWidth / width,
    limits.maxHeight / height,
    Math.sqrt(limits.maxArea / (width * height)),
  );
  if (wish.kind === 'max') return within(scaled(wish.enlarge ? most : Math.min(1, most)), limits);
  if (wish.kind === 'within') {
    const fit = Math.min(wish.w / width, wish.h / height, most);
    const { width: w, height: h } = scaled(wish.enlarge ? fit : Math.min(1, fit));
    return within({ width: Math.min(w, wish.w), height: Math.min(h, wish.h) }, limits);
  }
  const size = exactly(region, wish, scaled);
  if (!wish.enlarge && (size.width > width || size.height > height))
    throw badRequest('size', 'A size larger than the region is asked for with ^.');
  if (
    size.width > limits.maxWidth ||
    size.height > limits.maxHeight ||
    size.width * size.height > limits.maxArea
  )
    throw badRequest('size', 'The size exceeds what the server gives at once.');
  return size;
}

function exactly(
  { width, height }: Size,
  wish: Exclude<SizeWish, { kind: 'max' | 'within' }>,
  scaled: (factor: number) => Size,
): Size {
  if (wish.kind === 'percent') return scaled(wish.n / 100);
  if (wish.kind === 'width')
    return { width: wish.w, height: Math.max(1, Math.round((wish.w * height) / width)) };
  if (wish.kind === 'height')
    return { height: wish.h, width: Math.max(1, Math.round((wish.h * width) / height)) };
  if (wish.kind === 'exact') return { width: wish.w, height: wish.h };
  throw badRequest('size', 'No such size.');
}

/** Rounding may step over a limit by a pixel. */
function within({ width, height }: Size, { maxWidth, maxHeight, maxArea }: Limits): Size {
  const w = Math.max(1, Math.min(width, maxWidth));
  const h = Math.max(1, Math.min(height, maxHeight));
  return w * h > maxArea
    ? { width: w, height: Math.max(1, Math.floor(maxArea / w)) }
    : { width: w, height: h };
}

/** Which level of a pyramid to read and what to cut from it: the smallest that is still as fine as the answer. */
export function levelFor(
  levels: readonly Size[],
  region: Region,
  size: Size,
): { level: number; cut: Region } {
  const full = levels[0] ?? { width: region.width, height: region.height };
  let level = 0;
  levels.forEach((candidate, i) => {
    const across = (region.width * candidate.width) / full.width;
    const down = (region.height * candidate.height) / full.height;
    if (across >= size.width - 0.5 && down >= size.height - 0.5) level = i;
  });
  const chosen = levels[level] ?? full;
  const sx = chosen.width / full.width;
  const sy = chosen.height / full.height;
  const x = Math.min(chosen.width - 1, Math.floor(region.x * sx + 1e-6));
  const y = Math.min(chosen.height - 1, Math.floor(region.y * sy + 1e-6));
  const right = Math.min(chosen.width, Math.max(x + 1, Math.round((region.x + region.width) * sx)));
  const bottom = Math.min(chosen.height, Math.max(y + 1, Math.round((region.y + region.height) * sy)));
  return { level, cut: { x, y, width: right - x, height: bottom - y } };
}

/** The one spelling of a request that the standard calls canonical (section 4.7). */
export function canonicalPath(image: Size, request: ImageRequest, region: Region, size: Size): string {
  const whole =
    region.x === 0 && region.y === 0 && region.width === image.width && region.height === image.height;
  const regionText = whole ? 'full' : `${region.x},${region.y},${region.width},${region.height}`;
  const enlarged = size.width > region.width || size.height > region.height;
  const same = size.width === region.width && size.height === region.height;
  const sizeText = same ? 'max' : `${enlarged ? '^' : ''}${size.width},${size.height}`;
  const { degrees, mirrored } = request.rotation;
  const quality = request.quality === 'color' ? 'default' : request.quality;
  return `${regionText}/${sizeText}/${mirrored ? '!' : ''}${degrees}/${quality}.${request.format}`;
}
