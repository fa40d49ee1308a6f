import { SaxesParser } from 'saxes';
import { Refusal } from '#kernel/errors';

/** An element: its name and attributes without namespace prefix. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: Element[];
  /** Its own character data, its children's not included. */
  text: string;
}

const MAX_DEPTH = 200;
const MAX_ELEMENTS = 2_000_000;

/**
 * Reads a part as a tree. Small mistakes (unknown entities, stray characters) are passed over, since producers make
 * them; entities of a document type are never expanded.
 * @throws Refusal `ofd.broken`
 */
export function parseXml(data: Buffer, part: string): Element {
  const parser = new SaxesParser({ fragment: false });
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const stack: Element[] = [root];
  let count = 0;
  parser.on('error', () => undefined);
  parser.on('opentag', (tag) => {
    if (stack.length > MAX_DEPTH || ++count > MAX_ELEMENTS)
      throw new Refusal('ofd.tooLarge', `The part ${part} is too deep or too long.`, { part });
    const attributes: Record<string, string> = {};
    for (const [key, value] of Object.entries(tag.attributes)) attributes[local(key)] = String(value);
    const element: Element = { name: local(tag.name), attributes, children: [], text: '' };
    stack.at(-1)!.children.push(element);
    stack.push(element);
  });
  parser.on('closetag', () => {
    if (stack.length > 1) stack.pop();
  });
  const addText = (text: string) => {
    stack.at(-1)!.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  try {
    parser.write(decode(data)).close();
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal('ofd.broken', `The part ${part} is not XML.`, { part }, { cause });
  }
  const [first] = root.children;
  if (!first) throw new Refusal('ofd.broken', `The part ${part} is not XML.`, { part });
  return first;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** By byte order mark, else by the declaration, else UTF-8. */
function decode(data: Buffer): string {
  if (data[0] === 0xff && data[1] === 0xfe) return new TextDecoder('utf-16le').decode(data);
  if (data[0] === 0xfe && data[1] === 0xff) return new TextDecoder('utf-16be').decode(data);
  const head = data.subarray(0, 200).toString('latin1');
  const label = /encoding\s*=\s*["']([\w-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  const named = /^gb/i.test(label) ? 'gb18030' : label;
  try {
    return new TextDecoder(named).decode(data);
  } catch {
    return new TextDecoder('utf-8').decode(data);
  }
}

export function child(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((c) => c.name === name);
}

export function children(element: Element | undefined, name: string): Element[] {
  return element?.children.filter((c) => c.name === name) ?? [];
}

/** The text of a child, trimmed; undefined when absent or empty. */
export function textOf(element: Element | undefined, name: string): string | undefined {
  return child(element, name)?.text.trim() || undefined;
}

/** The numbers of a list such as `0 0 210 297`; what is no number counts as 0. */
export function numbers(text: string | undefined): number[] {
  if (!text?.trim()) return [];
  return text
    .trim()
    .split(/[\s,]+/)
    .map((n) => {
      const value = Number.parseFloat(n);
      return Number.isFinite(value) ? value : 0;
    });
}
