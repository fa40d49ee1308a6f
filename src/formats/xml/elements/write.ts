import { attributes, xmlText } from '../writing.ts';
import type { ElementEvent } from './read.ts';
import type { XmlElement } from './types.ts';

/** An element with all it holds, indented by `indent`; words kept as they stood are written so. */
export function elementXml(of: XmlElement, indent = ''): string {
  const tag = openTag(of);
  const { children } = of;
  if (children.length === 0) return `${indent}<${tag}/>\n`;
  const laidOut = children.every((c) => 'tag' in c);
  const inner = children
    .map((c) => {
      if ('raw' in c) return c.raw;
      if ('text' in c) return xmlText(c.text);
      return laidOut ? elementXml(c, `${indent}  `) : elementXml(c).trimEnd();
    })
    .join('');
  return laidOut
    ? `${indent}<${tag}>\n${inner}${indent}</${of.tag}>\n`
    : `${indent}<${tag}>${inner}</${of.tag}>\n`;
}

const openTag = (of: XmlElement) =>
  `${of.tag}${attributes(Object.fromEntries(of.attributes.map((a) => [a.name, a.value])))}`;

/** A document in pieces: what `readElements` told, or what was made like it, is written as it comes. */
export async function* writeElements(
  events: AsyncIterable<ElementEvent> | Iterable<ElementEvent>,
): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  let depth = 0;
  for await (const e of events) {
    const indent = '  '.repeat(Math.min(depth, 20));
    if (e.kind === 'open') {
      yield `${indent}<${openTag(e.element)}>\n`;
      depth++;
    } else if (e.kind === 'close') {
      depth--;
      yield `${'  '.repeat(Math.min(depth, 20))}</${e.element.tag}>\n`;
    } else yield e.kind === 'stray' ? xmlText(e.text) : elementXml(e.element, indent);
  }
}
