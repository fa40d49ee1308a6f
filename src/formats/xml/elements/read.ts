import { documentText, unfinishedUtf8 } from '../document-text.ts';
import type { XmlHandler } from '../handler.ts';
import type { XmlRefusals } from '../refusals.ts';
import { XmlTokenizer } from '../tokenizer.ts';
import { OUTERMOST, resolved, resolvedAttributes, type Scope, within } from './scope.ts';
import type { XmlChild, XmlElement } from './types.ts';

/** An element that is read piece by piece opens and closes; any other comes whole. */
export type ElementEvent =
  | { readonly kind: 'open' | 'close' | 'whole'; readonly element: XmlElement }
  /** Text where the format has none: kept, so that nothing is lost. */
  | { readonly kind: 'stray'; readonly text: string };

export interface ElementReading {
  /** Whether what an element holds is told piece by piece. Asked only where all that hold it are read so. */
  isContainer(element: XmlElement, parents: readonly XmlElement[]): boolean;
  /** Whether what an element holds is kept in the words of the document. */
  isRaw?(element: XmlElement): boolean;
  /** Such words are passed over. Default: kept. */
  raw?: 'keep' | 'drop';
}

/** Characters of one element that comes whole. */
const LONGEST_WHOLE = 1 << 26;
/** Elements within one that comes whole. */
const MOST_WITHIN = 200_000;
const NAME = /^[\p{L}_][\p{L}\p{N}\p{M}_.\-\u00b7]*(?::[\p{L}_][\p{L}\p{N}\p{M}_.\-\u00b7]*)?$/u;
const MOST_NAMES = 5000;

/**
 * Reads an XML document as elements, with namespaces, in memory that does not grow with its length. A document type is
 * refused, so that entities stand for nothing but characters, and nothing is fetched.
 *
 * @throws what `refusals` makes, for documents that are not well-formed or beyond measure
 */
export async function* readElements(
  bytes: AsyncIterable<Buffer>,
  reading: ElementReading,
  refusals: XmlRefusals,
): AsyncGenerator<ElementEvent> {
  const builder = new Builder(reading, refusals);
  const xml = new XmlTokenizer(builder, refusals, { lines: true });
  for await (const piece of documentText(bytes, refusals))
    for (const part of partsOf(piece)) {
      xml.write(part);
      yield* builder.take();
    }
  xml.end();
  yield* builder.take();
}

/** Bytes that are read before what they hold is told: elements that wait are a hundred times as large. */
const PART = 8192;

/** In parts of whole characters. */
function* partsOf(text: Buffer): Generator<Buffer> {
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + PART);
    if (end < text.length) end -= unfinishedUtf8(text.subarray(at, end));
    yield text.subarray(at, end);
    at = end;
  }
}

interface Open {
  element: XmlElement;
  children: XmlChild[];
  scope: Scope;
  isContainer: boolean;
}

class Builder implements XmlHandler {
  readonly #reading: ElementReading;
  readonly #refusals: XmlRefusals;
  readonly #open: Open[] = [];
  readonly #containers: XmlElement[] = [];
  readonly #names = new Set<string>();
  #ready: ElementEvent[] = [];
  #text = '';
  #raw: string[] = [];
  /** Depth of the element whose words are kept or passed over; 0 for none. */
  #rawAt = 0;
  #size = 0;
  #count = 0;

  constructor(reading: ElementReading, refusals: XmlRefusals) {
    this.#reading = reading;
    this.#refusals = refusals;
  }

  take(): ElementEvent[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  open(_: string, xml: XmlTokenizer): void {
    const written = xml.attributes();
    const tag = xml.written;
    this.#checkNames(tag, written);
    const outer = this.#open.at(-1);
    const scope = within(outer?.scope ?? OUTERMOST, written, this.#refusals);
    const attributes = resolvedAttributes(written, scope, this.#refusals);
    const { space, name } = resolved(tag, scope, this.#refusals);
    if (this.#rawAt > 0) {
      // Passed on in its own words; looked at only so that it is well-formed.
      this.#open.push({ element: EMPTY, children: [], scope, isContainer: false });
      return;
    }
    this.#flush();
    const children: XmlChild[] = [];
    const element: XmlElement = { name, space, tag, attributes, children, line: xml.line };
    const free = outer === undefined || outer.isContainer;
    const isContainer = free && this.#reading.isContainer(element, this.#containers);
    this.#open.push({ element, children, scope, isContainer });
    xml.wantsText = true;
    if (isContainer) {
      this.#containers.push(element);
      this.#ready.push({ kind: 'open', element });
      return;
    }
    if (free) this.#size = this.#count = 0;
    this.#measure(attributes.reduce((sum, a) => sum + a.value.length + a.name.length, tag.length));
    if (++this.#count > MOST_WITHIN)
      throw this.#refusals.forbidden(`holds more than ${MOST_WITHIN} elements in one "${name}"`);
    if (this.#reading.isRaw?.(element)) {
      this.#rawAt = this.#open.length;
      if (this.#reading.raw !== 'drop') xml.wantsRaw = true;
      xml.wantsText = false;
    }
  }

  close(_: string, xml: XmlTokenizer): void {
    const closed = this.#open.pop()!;
    if (this.#rawAt > 0) {
      if (this.#open.length >= this.#rawAt) return;
      xml.wantsRaw = false;
      xml.wantsText = true;
      this.#rawAt = 0;
      const raw = this.#raw.join('');
      this.#raw = [];
      if (raw !== '') closed.children.push({ raw, scope: closed.scope });
    } else this.#flush(closed);
    if (closed.isContainer) {
      this.#containers.pop();
      this.#ready.push({ kind: 'close', element: closed.element });
      return;
    }
    settle(closed.children);
    const outer = this.#open.at(-1);
    if (outer === undefined || outer.isContainer)
      this.#ready.push({ kind: 'whole', element: closed.element });
    else outer.children.push(closed.element);
  }

  text(text: string): void {
    this.#measure(text.length);
    this.#text += text;
  }

  raw(words: string): void {
    this.#measure(words.length);
    this.#raw.push(words);
  }

  #measure(more: number): void {
    this.#size += more;
    if (this.#size > LONGEST_WHOLE)
      throw this.#refusals.forbidden(`holds more than ${LONGEST_WHOLE} characters in one section`);
  }

  #flush(into: Open | undefined = this.#open.at(-1)): void {
    const text = this.#text;
    this.#text = '';
    if (text === '' || into === undefined) return;
    if (!into.isContainer) into.children.push({ text });
    else {
      this.#size = 0;
      if (text.trim() !== '') this.#ready.push({ kind: 'stray', text });
    }
  }

  #checkNames(tag: string, attributes: readonly { name: string }[]): void {
    this.#checkName(tag);
    for (const { name } of attributes) this.#checkName(name);
  }

  #checkName(name: string): void {
    if (this.#names.has(name)) return;
    if (!NAME.test(name))
      throw this.#refusals.damaged(`its XML uses the impossible name "${name.slice(0, 40)}"`);
    if (this.#names.size < MOST_NAMES) this.#names.add(name);
  }
}

const EMPTY: XmlElement = { name: '', space: '', tag: '', attributes: [], children: [], line: 0 };

/** White space beside elements is layout. */
function settle(children: XmlChild[]): void {
  if (!children.some((c) => 'tag' in c)) return;
  const kept = children.filter((c) => !('text' in c) || c.text.trim() !== '');
  if (kept.length < children.length) children.splice(0, children.length, ...kept);
}
