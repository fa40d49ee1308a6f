import sharp, { type Sharp } from 'sharp';
import { Refusal } from '#kernel/errors';
import { Thread, ThreadFailure } from '#kernel/threads';
import { type ImageInfo, imageInfo, MAX_PIXELS } from './info.ts';
import type { JpxPixels, JpxRequest } from './jpxThread.ts';

const DECODE_MS = 120_000;

export interface OpenedImage {
  info: ImageInfo;
  /** Upright, without transparency, in sRGB or grey of eight bits. */
  pipeline: Sharp;
}

/**
 * A page of any supported picture, ready for sharp. JPEG 2000, which libvips cannot read here, is decoded in a thread.
 * @param smallest a side this long is enough: JPEG 2000 is then decoded at a lower resolution
 */
export async function openImage(
  path: string,
  page: number,
  { smallest, signal }: { smallest?: number; signal?: AbortSignal | undefined } = {},
): Promise<OpenedImage> {
  const info = await imageInfo(path, page);
  if (info.format === 'jp2' || info.format === 'j2k') {
    const spare = smallest ? Math.max(info.width, info.height) / smallest : 1;
    const level = Math.max(0, Math.floor(Math.log2(spare)));
    const { data, width, height, channels } = await decodeJpx({ path, level }, signal);
    return {
      info,
      pipeline: sharp(data, { raw: { width, height, channels }, limitInputPixels: MAX_PIXELS }),
    };
  }
  const pipeline = sharp(path, {
    page,
    limitInputPixels: MAX_PIXELS,
    failOn: 'none',
    sequentialRead: true,
  });
  return { info, pipeline: pipeline.autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb') };
}

async function decodeJpx(request: JpxRequest, signal?: AbortSignal): Promise<JpxPixels> {
  const thread = new Thread({ script: new URL('./jpxThread.ts', import.meta.url) });
  try {
    return await thread.ask<JpxPixels>(request, { timeoutMs: DECODE_MS, signal });
  } catch (cause) {
    if (cause instanceof Refusal || signal?.aborted) throw cause;
    if (cause instanceof ThreadFailure && cause.why === 'timedOut')
      throw new Refusal('image.tooSlow', 'Decoding the picture took too long.', {}, { cause });
    throw new Refusal('image.broken', 'The JPEG 2000 picture is damaged or too large.', {}, { cause });
  } finally {
    await thread.stop();
  }
}
