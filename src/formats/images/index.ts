import { rename, rm } from 'node:fs/promises';
import { Refusal } from '#kernel/errors';
import { brokenImage } from './info.ts';
import { openImage } from './source.ts';

export { type ImageFacts, imageFacts } from './facts.ts';
export { formatOf, type ImageFormat, type ImageInfo, imageInfo, MAX_JPX_PIXELS, MAX_PIXELS } from './info.ts';
export { demandWholeImage } from './whole/index.ts';

/** Side of the tiles inside a pyramid, and of those a viewer asks for. */
export const TILE_SIDE = 512;

/**
 * Writes a page as a tiled pyramid (TIFF, JPEG inside), upright; nothing is left behind when it fails.
 * @param page from 0
 * @param output written aside first, then moved into place
 * @returns size of the upright picture in pixels
 * @throws Refusal `image.unknownFormat`, `image.broken`, `image.tooLarge`, `image.noSuchPage`, `image.tooSlow`
 */
export async function makePyramid(
  input: string,
  page: number,
  output: string,
  { quality = 85, signal }: { quality?: number; signal?: AbortSignal | undefined } = {},
): Promise<{ width: number; height: number }> {
  const { pipeline } = await openImage(input, page, { signal });
  const aside = `${output}.part`;
  try {
    const { width, height } = await pipeline
      .tiff({
        compression: 'jpeg',
        quality,
        tile: true,
        tileWidth: TILE_SIDE,
        tileHeight: TILE_SIDE,
        pyramid: true,
      })
      .toFile(aside);
    await rename(aside, output);
    return { width, height };
  } catch (cause) {
    await rm(aside, { force: true });
    throw cause instanceof Refusal || isSystemError(cause) ? cause : brokenImage(cause);
  }
}

/** A full disk is not the picture's fault. */
function isSystemError(e: unknown): boolean {
  return (
    e instanceof Error &&
    /ENOSPC|EACCES|EROFS|ENOENT|unable to open for write|write error|No space/i.test(e.message)
  );
}

/**
 * A small JPEG of a page, upright.
 * @param maxSide of its longer side in pixels; never enlarged
 * @throws Refusal as `makePyramid`
 */
export async function thumbnail(
  input: string,
  page: number,
  {
    maxSide = 320,
    quality = 75,
    signal,
  }: { maxSide?: number; quality?: number; signal?: AbortSignal | undefined } = {},
): Promise<{ data: Buffer; width: number; height: number }> {
  const { pipeline } = await openImage(input, page, { smallest: maxSide, signal });
  try {
    const { data, info } = await pipeline
      .resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality })
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch (cause) {
    throw brokenImage(cause);
  }
}

/** A page as an upright PNG, for engines that read no JPEG 2000. @throws Refusal as `makePyramid` */
export async function asPng(input: string, page: number, signal?: AbortSignal): Promise<Buffer> {
  const { pipeline } = await openImage(input, page, { signal });
  try {
    return await pipeline.png({ compressionLevel: 1 }).toBuffer();
  } catch (cause) {
    throw brokenImage(cause);
  }
}
