import type { CanvasGradient, SKRSContext2D } from '@napi-rs/canvas';
import type { NotDrawnTally } from './notDrawn.ts';
import type { Resources } from './resources.ts';
import { child, children, type Element, numbers } from './xml.ts';

/** A fill or stroke: a colour, a gradient, or undefined for what is not drawn (patterns). */
export type Paint = string | CanvasGradient | undefined;

/** An attribute or child of an object, else of its drawing parameters, else of those these refer to. */
export function inherited(object: Element, resources: Resources, drawParam: string | undefined): Element[] {
  const chain = [object];
  let id = object.attributes.DrawParam ?? drawParam;
  for (let i = 0; id && i < 8; i++) {
    const param = resources.drawParams.get(id);
    if (!param) break;
    chain.push(param);
    id = param.attributes.Relative;
  }
  return chain;
}

export const attributeOf = (chain: readonly Element[], name: string): string | undefined =>
  chain.find((e) => e.attributes[name] !== undefined)?.attributes[name];

export const colorElement = (chain: readonly Element[], name: string): Element | undefined =>
  chain.map((e) => child(e, name)).find((e) => e !== undefined);

export function paintOf(
  color: Element | undefined,
  resources: Resources,
  context: SKRSContext2D,
  notDrawn: NotDrawnTally,
): Paint {
  if (!color) return '#000000';
  const shade = child(color, 'AxialShd') ?? child(color, 'RadialShd');
  if (shade) return gradient(shade, resources, context);
  if (child(color, 'Pattern')) {
    notDrawn.add('fill.pattern');
    return undefined;
  }
  if (child(color, 'GouraudShd') || child(color, 'LaGouraudShd')) {
    notDrawn.add('fill.gouraud');
    return undefined;
  }
  return css(color, resources);
}

/** The CSS colour of a colour element: grey, RGB or (plainly converted) CMYK, with its alpha of 0 to 255. */
export function css(color: Element, resources: Resources): string {
  const values = componentsOf(color.attributes.Value);
  const space = resources.colorSpaces.get(color.attributes.ColorSpace ?? '')?.toUpperCase();
  const alpha = color.attributes.Alpha === undefined ? 1 : Number(color.attributes.Alpha) / 255;
  const [r = 0, g = 0, b = 0] = rgb(values, space);
  return `rgba(${r},${g},${b},${Number.isFinite(alpha) ? alpha : 1})`;
}

function rgb(values: readonly number[], space: string | undefined): number[] {
  if (space === 'GRAY' || values.length === 1) return [values[0] ?? 0, values[0] ?? 0, values[0] ?? 0];
  if (space === 'CMYK' || values.length === 4) {
    const [c = 0, m = 0, y = 0, k = 0] = values.map((v) => v / 255);
    return [c, m, y].map((ink) => Math.round(255 * (1 - ink) * (1 - k)));
  }
  return [...values];
}

/** Decimal numbers, or hexadecimal ones written as `#ff`. */
function componentsOf(text: string | undefined): number[] {
  return (text ?? '0 0 0')
    .trim()
    .split(/\s+/)
    .map((v) => (v.startsWith('#') ? Number.parseInt(v.slice(1), 16) : Math.round(Number(v))))
    .map((v) => (Number.isFinite(v) ? Math.min(255, Math.max(0, v)) : 0));
}

function gradient(shade: Element, resources: Resources, context: SKRSContext2D): CanvasGradient {
  const [x0 = 0, y0 = 0] = numbers(shade.attributes.StartPoint);
  const [x1 = 0, y1 = 0] = numbers(shade.attributes.EndPoint);
  const made =
    shade.name === 'AxialShd'
      ? context.createLinearGradient(x0, y0, x1, y1)
      : context.createRadialGradient(
          x0,
          y0,
          Math.max(0, Number(shade.attributes.StartRadius) || 0),
          x1,
          y1,
          Math.max(0, Number(shade.attributes.EndRadius) || 0),
        );
  const segments = children(shade, 'Segment');
  segments.forEach((segment, i) => {
    const color = child(segment, 'Color');
    const position = Number(segment.attributes.Position ?? i / Math.max(1, segments.length - 1));
    if (color) made.addColorStop(Math.min(1, Math.max(0, position || 0)), css(color, resources));
  });
  return made;
}
