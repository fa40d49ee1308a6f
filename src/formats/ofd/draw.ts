import { type Canvas, createCanvas, loadImage, type SKRSContext2D } from '@napi-rs/canvas';
import sharp from 'sharp';
import type { Container } from './container.ts';
import { boxOf, type OfdPageParts } from './document.ts';
import { drawText } from './drawText.ts';
import { type FontShelf, fontShelf } from './fonts.ts';
import { NotDrawnTally } from './notDrawn.ts';
import { attributeOf, colorElement, inherited, paintOf } from './paint.ts';
import { trace } from './path.ts';
import type { Resources } from './resources.ts';
import { matrixOf } from './text.ts';
import { child, children, type Element, numbers } from './xml.ts';

const MAX_IMAGE_PIXELS = 100_000_000;
const MAX_DEPTH = 12;

/** One page being drawn. */
export interface Drawing {
  canvas: Canvas;
  context: SKRSContext2D;
  /** What could not be drawn. */
  notDrawn: NotDrawnTally;
  container: Container;
  /** Closed once the page is drawn. */
  fonts: FontShelf;
}

/** A white sheet for a page at `scale` pixels a millimetre, with the page's corner at the origin. */
export function startDrawing(page: OfdPageParts, container: Container, scale: number): Drawing {
  const canvas = createCanvas(
    Math.max(1, Math.round(page.box.w * scale)),
    Math.max(1, Math.round(page.box.h * scale)),
  );
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  context.translate(-page.box.x, -page.box.y);
  const notDrawn = new NotDrawnTally();
  return { canvas, context, notDrawn, container, fonts: fontShelf(container, notDrawn) };
}

export async function drawSheets(drawing: Drawing, page: OfdPageParts): Promise<void> {
  for (const { layers, resources } of page.sheets)
    for (const { objects, drawParam } of layers) await drawObjects(drawing, objects, resources, drawParam);
}

/** Objects whose places are relative to `Boundary` of the element that holds them (annotations, composites). */
export async function drawWithin(
  drawing: Drawing,
  holder: Element,
  objects: readonly Element[],
  resources: Resources,
  depth = 0,
): Promise<void> {
  const { context } = drawing;
  const at = boxOf(holder.attributes.Boundary);
  context.save();
  context.translate(at?.x ?? 0, at?.y ?? 0);
  context.transform(...matrixOf(holder.attributes.CTM));
  await drawObjects(drawing, objects, resources, undefined, depth);
  context.restore();
}

async function drawObjects(
  drawing: Drawing,
  objects: readonly Element[],
  resources: Resources,
  drawParam: string | undefined,
  depth = 0,
): Promise<void> {
  if (depth > MAX_DEPTH) {
    if (objects.length > 0) drawing.notDrawn.add('object.deep');
    return;
  }
  for (const object of objects) {
    if (object.attributes.Visible === 'false') continue;
    if (object.name === 'PageBlock')
      await drawObjects(drawing, object.children, resources, drawParam, depth + 1);
    else if (object.name === 'CompositeObject') {
      const content = resources.composites.get(object.attributes.ResourceID ?? '');
      if (content) await drawWithin(drawing, object, content.children, resources, depth + 1);
      else drawing.notDrawn.add('object.missing');
    } else if (['TextObject', 'PathObject', 'ImageObject'].includes(object.name))
      await drawObject(drawing, object, resources, drawParam);
  }
}

async function drawObject(
  drawing: Drawing,
  object: Element,
  resources: Resources,
  drawParam: string | undefined,
): Promise<void> {
  const { context } = drawing;
  const at = boxOf(object.attributes.Boundary) ?? originOf(object.attributes.Boundary);
  context.save();
  context.translate(at.x, at.y);
  clip(drawing, object);
  context.transform(...matrixOf(object.attributes.CTM));
  const alpha = Number(object.attributes.Alpha ?? 255) / 255;
  context.globalAlpha = Number.isFinite(alpha) ? Math.min(1, Math.max(0, alpha)) : 1;
  const chain = inherited(object, resources, drawParam);
  if (object.name === 'TextObject') await drawText(drawing, object, resources, chain);
  else if (object.name === 'PathObject') drawPath(drawing, object, resources, chain);
  else await drawImage(drawing, resources.media.get(object.attributes.ResourceID ?? ''));
  context.restore();
}

/** Lines have boxes without height or width. */
function originOf(text: string | undefined): { x: number; y: number } {
  const [x = 0, y = 0] = numbers(text);
  return { x, y };
}

function clip({ context, notDrawn }: Drawing, object: Element): void {
  for (const one of children(child(object, 'Clips'), 'Clip')) {
    const areas = children(one, 'Area');
    if (areas.some((area) => child(area, 'Text'))) notDrawn.add('clip.text');
    const paths = areas.flatMap((area) => children(area, 'Path').map((path) => ({ area, path })));
    if (paths.length === 0) continue;
    context.beginPath();
    for (const { area, path } of paths) {
      context.save();
      const at = originOf(path.attributes.Boundary);
      context.transform(...matrixOf(area.attributes.CTM));
      context.translate(at.x, at.y);
      context.transform(...matrixOf(path.attributes.CTM));
      trace(context, child(path, 'AbbreviatedData')?.text ?? '');
      context.restore();
    }
    context.clip();
  }
}

const CAPS: Record<string, 'butt' | 'round' | 'square'> = { Butt: 'butt', Round: 'round', Square: 'square' };
const JOINS: Record<string, 'miter' | 'round' | 'bevel'> = { Miter: 'miter', Round: 'round', Bevel: 'bevel' };

function drawPath(
  { context, notDrawn }: Drawing,
  object: Element,
  resources: Resources,
  chain: readonly Element[],
): void {
  context.beginPath();
  trace(context, child(object, 'AbbreviatedData')?.text ?? '');
  if (object.attributes.Fill === 'true') {
    const color = colorElement(chain, 'FillColor');
    const fill = color && paintOf(color, resources, context, notDrawn);
    if (fill) {
      context.fillStyle = fill;
      context.fill(object.attributes.Rule === 'Even-Odd' ? 'evenodd' : 'nonzero');
    }
  }
  if (object.attributes.Stroke !== 'false') {
    const stroke = paintOf(colorElement(chain, 'StrokeColor'), resources, context, notDrawn);
    if (!stroke) return;
    context.strokeStyle = stroke;
    context.lineWidth = Number(attributeOf(chain, 'LineWidth') ?? 0.353) || 0.353;
    context.lineCap = CAPS[attributeOf(chain, 'Cap') ?? ''] ?? 'butt';
    context.lineJoin = JOINS[attributeOf(chain, 'Join') ?? ''] ?? 'miter';
    context.setLineDash(numbers(attributeOf(chain, 'DashPattern')).filter((n) => n >= 0));
    context.stroke();
  }
}

/** An image fills the unit square of its own matrix. */
async function drawImage({ context, container, notDrawn }: Drawing, part: string | undefined): Promise<void> {
  if (!part || !container.has(part)) {
    notDrawn.add('image.missing');
    return;
  }
  const png = await asPng(await container.read(part));
  if (!png) {
    notDrawn.add('image.unreadable');
    return;
  }
  context.drawImage(await loadImage(png), 0, 0, 1, 1);
}

/** Any raster image as PNG, decoded under a limit of pixels; undefined for kinds that cannot be read (JBIG2). */
export async function asPng(data: Buffer): Promise<Buffer | undefined> {
  try {
    return await sharp(data, { limitInputPixels: MAX_IMAGE_PIXELS, failOn: 'none' })
      .png({ compressionLevel: 1 })
      .toBuffer();
  } catch {
    return undefined;
  }
}
