import { Refusal } from '#kernel/errors';

/** An image request of IIIF Image API 3.0, as written. Numbers are what the path says, not yet fitted to an image. */
export interface ImageRequest {
  region: RegionWish;
  size: SizeWish;
  rotation: { degrees: 0 | 90 | 180 | 270; mirrored: boolean };
  quality: 'default' | 'color' | 'gray' | 'bitonal';
  format: 'jpg' | 'png' | 'webp';
}

export type RegionWish =
  | { kind: 'full' | 'square' }
  | { kind: 'pixels' | 'percent'; x: number; y: number; w: number; h: number };

export type SizeWish = { enlarge: boolean } & (
  | { kind: 'max' }
  | { kind: 'width'; w: number }
  | { kind: 'height'; h: number }
  | { kind: 'percent'; n: number }
  | { kind: 'exact' | 'within'; w: number; h: number }
);

/** The refusal of a request that breaks the rules of the API: status 400. */
export function badRequest(
  part: 'region' | 'size' | 'rotation' | 'quality' | 'format',
  message: string,
): Refusal {
  return new Refusal('iiif.badRequest', message, { part });
}

const WHOLE = '(0|[1-9]\\d{0,9})';
const DECIMAL = '((?:0|[1-9]\\d{0,9})(?:\\.\\d{1,10})?)';
const PIXELS = new RegExp(`^${WHOLE},${WHOLE},${WHOLE},${WHOLE}$`);
const PERCENT = new RegExp(`^pct:${DECIMAL},${DECIMAL},${DECIMAL},${DECIMAL}$`);

/**
 * Reads `{region}/{size}/{rotation}/{quality}.{format}`, percent-decoded.
 * @throws Refusal `iiif.badRequest` with the part that is wrong
 */
export function parseImageRequest(path: string): ImageRequest {
  const [region, size, rotation, last, ...rest] = path.split('/');
  if (
    region === undefined ||
    size === undefined ||
    rotation === undefined ||
    last === undefined ||
    rest.length > 0
  )
    throw badRequest('region', 'An image request has the form region/size/rotation/quality.format.');
  const dot = last.lastIndexOf('.');
  return {
    region: parseRegion(region),
    size: parseSize(size),
    rotation: parseRotation(rotation),
    quality: oneOf(last.slice(0, Math.max(0, dot)), ['default', 'color', 'gray', 'bitonal'], 'quality'),
    format: oneOf(dot < 0 ? '' : last.slice(dot + 1), ['jpg', 'png', 'webp'], 'format'),
  };
}

function parseRegion(text: string): RegionWish {
  if (text === 'full' || text === 'square') return { kind: text };
  const pixels = PIXELS.exec(text);
  const percent = PERCENT.exec(text);
  const [x, y, w, h] = (pixels ?? percent ?? []).slice(1).map(Number);
  if (x === undefined || y === undefined || w === undefined || h === undefined)
    throw badRequest('region', `"${text}" is no region: full, square, x,y,w,h or pct:x,y,w,h.`);
  if (w === 0 || h === 0) throw badRequest('region', 'A region needs a width and a height.');
  if (percent && (x >= 100 || y >= 100)) throw badRequest('region', 'The region lies outside the image.');
  return { kind: pixels ? 'pixels' : 'percent', x, y, w, h };
}

function parseSize(text: string): SizeWish {
  const enlarge = text.startsWith('^');
  const wish = enlarge ? text.slice(1) : text;
  const bad = () =>
    badRequest('size', `"${text}" is no size: max, w, · ,h · pct:n · w,h · !w,h, each also after ^.`);
  if (wish === 'max') return { kind: 'max', enlarge };
  const percent = new RegExp(`^pct:${DECIMAL}$`).exec(wish);
  if (percent) {
    const n = Number(percent[1]);
    if (n === 0) throw badRequest('size', 'A size of 0 per cent is nothing.');
    if (n > 100 && !enlarge) throw badRequest('size', 'More than 100 per cent is asked for with ^.');
    return { kind: 'percent', n, enlarge };
  }
  const sides = new RegExp(`^(!?)${WHOLE}?,${WHOLE}?$`).exec(wish);
  if (!sides) throw bad();
  const [, within, wText, hText] = sides;
  const w = wText === undefined ? undefined : Number(wText);
  const h = hText === undefined ? undefined : Number(hText);
  if (w === 0 || h === 0) throw badRequest('size', 'A side of 0 pixels is nothing.');
  if (w !== undefined && h !== undefined) return { kind: within ? 'within' : 'exact', w, h, enlarge };
  if (within) throw bad();
  if (w !== undefined) return { kind: 'width', w, enlarge };
  if (h !== undefined) return { kind: 'height', h, enlarge };
  throw bad();
}

function parseRotation(text: string): ImageRequest['rotation'] {
  const mirrored = text.startsWith('!');
  const number = mirrored ? text.slice(1) : text;
  if (!new RegExp(`^${DECIMAL}$`).test(number) || Number(number) > 360)
    throw badRequest('rotation', `"${text}" is no rotation: 0 to 360, after ! mirrored.`);
  const degrees = Number(number) % 360;
  if (degrees === 0 || degrees === 90 || degrees === 180 || degrees === 270) return { degrees, mirrored };
  throw badRequest('rotation', 'Rotation is offered by quarter turns.');
}

function oneOf<T extends string>(text: string, known: readonly T[], part: 'quality' | 'format'): T {
  const found = known.find((k) => k === text);
  if (found === undefined) throw badRequest(part, `"${text}" is no ${part}: ${known.join(', ')}.`);
  return found;
}
