import type { Limits, Size } from './geometry.ts';

/** The image information document, `info.json` (IIIF Image API 3.0, section 5). */
export interface ImageInformation {
  '@context': 'http://iiif.io/api/image/3/context.json';
  id: string;
  type: 'ImageService3';
  protocol: 'http://iiif.io/api/image';
  profile: 'level2';
  width: number;
  height: number;
  maxWidth: number;
  maxHeight: number;
  maxArea: number;
  sizes: { width: number; height: number }[];
  tiles: { width: number; height: number; scaleFactors: number[] }[];
  preferredFormats: string[];
  extraFormats: string[];
  extraQualities: string[];
  extraFeatures: string[];
}

/** @param id address of the image service, without a slash at its end */
export function imageInformation(
  id: string,
  levels: readonly Size[],
  limits: Limits,
  tileSide = 512,
): ImageInformation {
  const full = levels[0] ?? { width: 0, height: 0 };
  const fits = ({ width, height }: Size) =>
    width <= limits.maxWidth && height <= limits.maxHeight && width * height <= limits.maxArea;
  return {
    '@context': 'http://iiif.io/api/image/3/context.json',
    id,
    type: 'ImageService3',
    protocol: 'http://iiif.io/api/image',
    profile: 'level2',
    width: full.width,
    height: full.height,
    ...limits,
    sizes: levels
      .filter(fits)
      .map(({ width, height }) => ({ width, height }))
      .reverse(),
    tiles: [{ width: tileSide, height: tileSide, scaleFactors: levels.map((_, i) => 2 ** i) }],
    preferredFormats: ['jpg'],
    extraFormats: ['webp'],
    extraQualities: ['color', 'gray', 'bitonal'],
    extraFeatures: ['canonicalLinkHeader', 'mirroring', 'sizeUpscaling'],
  };
}
