import { type Limits, regionIn, type Size, sizeOf } from './geometry.ts';
import { DEFAULT_LIMITS } from './render.ts';
import { parseImageRequest } from './request.ts';

/** The longer side, in pixels, up to which a page is for looking at. A4 at 200 dpi has 2,339. */
const FOR_LOOKING = 2_000;

/**
 * Whether an image request takes a page out nearly whole and large enough to print, as viewers do not: they ask for tiles.
 *
 * @param path `{region}/{size}/{rotation}/{quality}.{format}`
 * @throws Refusal iiif.badRequest
 */
export function isWholePage(page: Size, path: string, limits: Limits = DEFAULT_LIMITS): boolean {
  const request = parseImageRequest(path);
  const region = regionIn(page, request.region);
  const size = sizeOf(region, request.size, limits);
  const nearlyWhole = region.width * region.height >= 0.8 * page.width * page.height;
  return nearlyWhole && Math.max(size.width, size.height) > FOR_LOOKING;
}
