import type { Writable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { loadFace } from '#formats/certificate';
import { MM, type PageShape } from './measures.ts';
import { documentOf } from './paper.ts';
import { type MissingCharacter, type TextStyle, Typeface } from './typeface.ts';
import { wrapText } from './wrap.ts';

export interface SheetProperties {
  title: string;
  author: string;
  language: string;
  at: Date;
  signal?: AbortSignal | undefined;
  /** More are not begun; `EnoughPages` is thrown, and what there is can be finished. */
  mostPages?: number | undefined;
}

/** As many pages as were wished for, as for a preview. */
export class EnoughPages extends Error {
  override readonly name = 'EnoughPages';
}

/** Stands for the number of pages of a part, told when the part has ended. */
export interface PageTotal {
  count: number;
  readonly marks: Map<string, { mark: PDFKit.PDFKitReference; suffix: string; style: TextStyle }>;
}

/** Below which bytes waiting to be written are no trouble. */
const WAITING = 1 << 20;
/** The baseline below the top of a line of one em; lines are this much higher than the type. */
const BASELINE = 0.86;
export const LINE = 1.32;
/** Turned by a vertical line of text, or drawn otherwise in it. */
const TURNED = /[\p{Script=Latin}\p{Nd}\p{Ps}\p{Pe}\p{Pd}—…·《》「」『』、。，：；“”]/u;

/**
 * What papers are drawn on: pages that go out as they are finished; of each stays its place in the document, two kilobytes. Text
 * is set here, character by character, because it is the same two faces everywhere and a long list is mostly text.
 */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly #out: Writable;
  readonly #type: Typeface;
  readonly #signal: AbortSignal | undefined;
  readonly #most: number;
  readonly #untold = new Set<PageTotal>();
  #pages = 0;
  #bytes = 0;
  #marks = 0;
  #failed: Error | undefined;

  constructor(out: Writable, o: SheetProperties) {
    this.#out = out;
    this.#signal = o.signal;
    this.#most = o.mostPages ?? Number.POSITIVE_INFINITY;
    const face = loadFace();
    this.doc = documentOf(o, face, { autoFirstPage: false, bufferPages: false, margin: 0 });
    this.doc.on('data', (chunk: Buffer) => {
      this.#bytes += chunk.length;
      out.write(chunk);
    });
    out.on('error', (e: Error) => {
      this.#failed = e;
    });
    this.#type = new Typeface(this.doc, face);
  }

  get pages(): number {
    return this.#pages;
  }
  get missing(): MissingCharacter[] {
    return this.#type.missing;
  }

  /** Begins a page. @throws EnoughPages */
  page({ width, height }: Pick<PageShape, 'width' | 'height'>): void {
    if (this.#pages >= this.#most) throw new EnoughPages('enough pages');
    this.doc.addPage({ size: [width * MM, height * MM], margin: 0 });
    this.#pages++;
  }

  /** Gives way to others, and to what is written out. @throws the signal's reason; what the file could not take */
  async breathe(): Promise<void> {
    await breathe();
    this.#signal?.throwIfAborted();
    if (this.#out.writableLength > WAITING)
      await new Promise<void>((go) => {
        const ready = () => {
          for (const event of ['drain', 'error', 'close']) this.#out.off(event, ready);
          go();
        };
        for (const event of ['drain', 'error', 'close']) this.#out.on(event, ready);
      });
    if (this.#failed) throw this.#failed;
  }

  /** Writes what is left. The document has at least one page. @returns pages and bytes */
  async finish(): Promise<{ pages: number; bytes: number }> {
    for (const total of this.#untold) this.#tell(total, '…');
    await this.breathe();
    const ended = new Promise<void>((resolve) => this.doc.on('end', resolve));
    this.doc.end();
    await ended;
    await new Promise<void>((resolve, reject) => {
      this.#out.once('error', reject);
      this.#out.end(resolve);
    });
    return { pages: this.#pages, bytes: this.#bytes };
  }

  /** Says what is being printed, for telling where a character was missing. */
  set about(words: string) {
    this.#type.about = words;
  }
  /** Text that may be drawn: what the faces have not stands as its number, and is told. */
  ready(text: string): string {
    return this.#type.ready(text);
  }
  /** Points, of one line. */
  width(text: string, style: TextStyle): number {
    return this.#type.width(text, style);
  }

  wrap(text: string, width: number, style: TextStyle): string[] {
    return wrapText(text, width, (part) => this.width(part, style));
  }

  /** One line of ready text, its top at `y`. */
  text(text: string, x: number, y: number, style: TextStyle): void {
    if (text === '') return;
    const { size, bold, spacing = 0 } = style;
    const hex = this.#type.hex(text, bold);
    const face = this.#type.on(this.doc.page, bold);
    const base = y + ((LINE - 1) / 2 + BASELINE) * size;
    this.doc.addContent(
      `BT /${face.id} ${size} Tf ${spacing ? `${n(spacing)} Tc ` : ''}1 0 0 -1 ${n(x)} ${n(base)} Tm <${hex}> Tj${spacing ? ' 0 Tc' : ''} ET`,
    );
  }

  /**
   * Lines in a box. @returns where they end
   *
   * @param o.valign `middle` needs `height`
   */
  lines(
    lines: readonly string[],
    x: number,
    y: number,
    o: TextStyle & { width: number; align?: 'left' | 'center' | 'right'; height?: number; lead?: number },
  ): number {
    const lead = o.size * (o.lead ?? LINE);
    let top = o.height === undefined ? y : y + (o.height - lines.length * lead) / 2;
    for (const line of lines) {
      const room = o.align && o.align !== 'left' ? o.width - this.width(line, o) : 0;
      this.text(line, x + (o.align === 'center' ? room / 2 : room), top + (lead - o.size * LINE) / 2, o);
      top += lead;
    }
    return top;
  }

  /** A column of text from the top down: Chinese upright, runs of Latin letters lying on their side. @returns its end */
  column(text: string, centre: number, y: number, style: TextStyle): number {
    let top = y;
    const step = style.size * 1.08;
    for (const run of runs(text)) {
      if (run.lying) {
        const long = this.width(run.text, style);
        this.doc.save().translate(centre, top).rotate(90);
        this.text(run.text, 0, -(style.size * LINE) / 2, style);
        this.doc.restore();
        top += long + style.size * 0.1;
        continue;
      }
      for (const letter of run.text) {
        this.#standing(letter, centre, top, style);
        top += step;
      }
    }
    return top;
  }

  /** How high a column of text is. */
  columnHeight(text: string, style: TextStyle): number {
    return runs(text).reduce(
      (sum, run) =>
        sum +
        (run.lying
          ? this.width(run.text, style) + style.size * 0.1
          : [...run.text].length * style.size * 1.08),
      0,
    );
  }

  /** One character in its form for vertical text. */
  #standing(letter: string, centre: number, top: number, style: TextStyle): void {
    const { size, bold } = style;
    if (!TURNED.test(letter) || /[\p{Script=Latin}\p{Nd}]/u.test(letter)) {
      this.text(letter, centre - this.width(letter, style) / 2, top - size * 0.12, style);
      return;
    }
    const face = this.#type.on(this.doc.page, bold);
    const glyph = this.#type.upright(letter, bold);
    const x = centre - (glyph.advance * size) / 2000;
    const base = top + size * 0.94;
    this.doc.addContent(`BT /${face.id} ${size} Tf 1 0 0 -1 ${n(x)} ${n(base)} Tm <${glyph.hex}> Tj ET`);
  }

  total(): PageTotal {
    const total = { count: 0, marks: new Map() };
    this.#untold.add(total);
    return total;
  }

  /** Draws the number of pages of a part that is not known yet, with what follows it. */
  drawTotal(total: PageTotal, suffix: string, x: number, y: number, style: TextStyle): void {
    const key = `${style.size} ${style.bold ?? false} ${suffix}`;
    let told = total.marks.get(key);
    if (!told) {
      const mark = this.doc.ref({
        Type: 'XObject',
        Subtype: 'Form',
        BBox: [0, -style.size, style.size * (12 + suffix.length * 2), style.size * 2],
      });
      told = { mark, suffix, style };
      total.marks.set(key, told);
    }
    const name = `N${++this.#marks}`;
    this.doc.page.xobjects[name] = told.mark;
    const base = y + ((LINE - 1) / 2 + BASELINE) * style.size;
    this.doc.addContent(`q 1 0 0 -1 ${n(x)} ${n(base)} cm /${name} Do Q`);
  }

  /** Tells how many pages a part has: those that say so are complete with it. */
  endTotal(total: PageTotal): void {
    this.#tell(total, String(total.count));
    this.#untold.delete(total);
  }

  #tell(total: PageTotal, words: string): void {
    for (const { mark, suffix, style } of total.marks.values()) {
      const face = this.#type.face(style.bold);
      const hex = this.#type.hex(`${words}${suffix}`, style.bold);
      Object.assign(mark.data, { Resources: { Font: { [face.id]: face.ref() } } });
      mark.end(`BT /${face.id} ${style.size} Tf 0 0 Td <${hex}> Tj ET`);
    }
    total.marks.clear();
  }

  line(x1: number, y1: number, x2: number, y2: number, thick = 0.4): void {
    this.doc.addContent(`${thick} w ${n(x1)} ${n(y1)} m ${n(x2)} ${n(y2)} l S`);
  }

  rect(x: number, y: number, width: number, height: number, thick = 0.4): void {
    this.doc.addContent(`${thick} w ${n(x)} ${n(y)} ${n(width)} ${n(height)} re S`);
  }

  fill(x: number, y: number, width: number, height: number): void {
    this.doc.addContent(`${n(x)} ${n(y)} ${n(width)} ${n(height)} re f`);
  }
}

/** Points with a hundredth's precision. */
const n = (value: number): string => String(Math.round(value * 100) / 100);

/** Long runs of Latin letters and digits lie on their side; short ones, and Chinese, stand. */
function runs(text: string): { text: string; lying: boolean }[] {
  return [...text.matchAll(/[\p{Script=Latin}\p{Nd}\-.:/·]{2,}|[^\p{Script=Latin}\p{Nd}]+|./gu)].map(
    ([run]) => ({
      text: run.replaceAll('\n', ''),
      lying: /[\p{Script=Latin}\p{Nd}]/u.test(run) && [...run].length > 1,
    }),
  );
}
