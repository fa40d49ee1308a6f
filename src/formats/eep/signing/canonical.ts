import { isBase64 } from '../grammar/values.ts';
import type { EepSource } from '../reading/source.ts';
import { type WalkedElement, type Walker, walk } from '../reading/walk.ts';

/**
 * What a signature is over: the text and the values of attributes of an element, in document order, without markup, in
 * UTF-8 (the schema's notes name text, attribute text and their order [S:XSD]; what follows is our reading, so it has a name
 * of its own and is written into 签名规则).
 *
 * - Attributes come before the text of their element, in the order they are written; 编码数据ID before 引用编码数据ID.
 *   Declarations of namespaces are none.
 * - Line ends are those XML gives (LF), references are resolved, sections of CDATA count as text.
 * - White space that stands alone beside elements is layout and left out; within an element that holds text only it counts.
 * - White space in Base64 is left out.
 */
export const RULE = 'lantai:eep-text-1';
export const RULE_TEXT = `${RULE}；被签名元素的属性值与文本按文档顺序连接，不含标记，UTF-8编码；元素之间的空白与Base64中的空白除外`;

/** Longest stretch of white space of which it is not known yet whether it counts. */
const LONGEST_SPACE = 1 << 20;
const ONLY_SPACE = /^[ \t\r\n]*$/;
const SPACE = /[ \t\r\n]+/g;

/** Turns what is read into the text that is signed. */
export class CanonicalText {
  readonly #out: (text: string) => void;
  #space = '';
  /** Something other than white space stood in the present stretch of text. */
  #running = false;
  #leaf = false;
  #base64 = false;

  constructor(out: (text: string) => void) {
    this.#out = out;
  }

  open({ name, attributes }: Pick<WalkedElement, 'name' | 'attributes'>): void {
    this.#begin();
    this.#leaf = true;
    this.#base64 = isBase64(name);
    const ordered =
      name === '编码数据'
        ? [...attributes].sort(
            (a, b) => Number(a.name === '引用编码数据ID') - Number(b.name === '引用编码数据ID'),
          )
        : attributes;
    for (const { value } of ordered) this.#out(value);
  }

  text(text: string): void {
    if (this.#base64) this.#out(text.replace(SPACE, ''));
    else if (this.#running) this.#out(text);
    else if (ONLY_SPACE.test(text)) {
      if (this.#space.length < LONGEST_SPACE) this.#space += text;
    } else {
      this.#running = true;
      this.#out(this.#space + text);
      this.#space = '';
    }
  }

  close(): void {
    if (this.#leaf && !this.#running && this.#space !== '') this.#out(this.#space);
    this.#begin();
    this.#leaf = false;
    this.#base64 = false;
  }

  #begin(): void {
    this.#space = '';
    this.#running = false;
  }
}

/** What is to be told of one part of a document. */
export interface Region {
  /** Which element: the n-th of this name, counted from 0 in the order they begin. */
  readonly name: '被签名对象' | '电子签名';
  readonly nth: number;
  update(text: Buffer): void;
}

/** Reads a document once and tells each region its canonical text. @throws Unreadable */
export async function tellRegions(source: EepSource, regions: readonly Region[]): Promise<void> {
  const counts = { 被签名对象: 0, 电子签名: 0 };
  let depth = 0;
  const active: { region: Region; depth: number }[] = [];
  const canonical = new CanonicalText((text) => {
    if (active.length === 0 || text === '') return;
    const bytes = Buffer.from(text, 'utf8');
    for (const { region } of active) region.update(bytes);
  });
  const walker: Walker = {
    open(element) {
      depth++;
      const { name } = element;
      if (name === '被签名对象' || name === '电子签名') {
        const nth = counts[name]++;
        for (const region of regions)
          if (region.name === name && region.nth === nth) active.push({ region, depth });
      }
      canonical.open(element);
    },
    text: (text) => canonical.text(text),
    close() {
      canonical.close();
      while (active.at(-1)?.depth === depth) active.pop();
      depth--;
    },
  };
  await walk(source, walker);
}
