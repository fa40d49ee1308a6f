export {
  canonicalPath,
  type Limits,
  levelFor,
  type Region,
  regionIn,
  type Size,
  sizeOf,
} from './geometry.ts';
export { type ImageInformation, imageInformation } from './info.ts';
export {
  buildManifest,
  type CanvasInput,
  inLanguage,
  type LanguageMap,
  type Manifest,
  type ManifestInput,
} from './manifest.ts';
export { DEFAULT_LIMITS, openPyramid, type Pyramid, type RenderedImage, renderImage } from './render.ts';
export { type ImageRequest, parseImageRequest } from './request.ts';
export { isWholePage } from './wholePage.ts';
