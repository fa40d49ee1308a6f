import { drawable, type Face } from '#formats/certificate';

export interface TextStyle {
  /** Points. */
  size: number;
  bold?: boolean;
  /** Points between characters. */
  spacing?: number;
}

/** A character the type has not: how often it was printed as its number, and where first. */
export interface MissingCharacter {
  character: string;
  count: number;
  places: string[];
}

interface Glyph {
  /** As text in the document is written: the number of the glyph in the subset. */
  hex: string;
  /** Thousandths of the size. */
  advance: number;
}

/** The type as the document embeds it: of pdfkit only what its own text() uses. */
interface EmbeddedFace {
  readonly id: string;
  ref(): PDFKit.PDFKitReference;
  readonly font: {
    readonly unitsPerEm: number;
    glyphForCodePoint(code: number): { id: number; advanceWidth: number };
    layout(
      text: string,
      features: Record<string, boolean>,
    ): { glyphs: { id: number; advanceWidth: number }[] };
  };
  readonly subset: { includeGlyph(id: number): number };
  readonly widths: number[];
  readonly unicode: number[][];
}
declare global {
  namespace PDFKit {
    interface PDFDocument {
      readonly _font: EmbeddedFace;
    }
  }
}

const MOST_PLACES = 5;
const MOST_MISSING = 1_000;

/**
 * The two faces of a document, set character by character: a glyph is looked up once for a document, however long it is.
 * Chinese needs no more, and Latin here loses its kerning alone.
 */
export class Typeface {
  readonly #face: Face;
  readonly #glyphs = { regular: new Map<number, Glyph>(), bold: new Map<number, Glyph>() };
  readonly #upright = new Map<string, Glyph>();
  readonly #plain = new Map<number, boolean>();
  readonly #missing = new Map<string, MissingCharacter>();
  readonly #embedded: { regular: EmbeddedFace; bold: EmbeddedFace };
  /** What is being printed, for telling where a character was missing. */
  about = '';

  constructor(doc: PDFKit.PDFDocument, face: Face) {
    this.#face = face;
    const embedded = (name: 'regular' | 'bold') => doc.font(name)._font;
    this.#embedded = { regular: embedded('regular'), bold: embedded('bold') };
  }

  get missing(): MissingCharacter[] {
    return [...this.#missing.values()];
  }
  face(bold: boolean | undefined): EmbeddedFace {
    return this.#embedded[bold ? 'bold' : 'regular'];
  }
  /** The face, made known to a page. */
  on(page: PDFKit.PDFPage, bold: boolean | undefined): EmbeddedFace {
    const face = this.face(bold);
    page.fonts[face.id] ??= face.ref();
    return face;
  }

  /** Ready text as it is written into the document. */
  hex(text: string, bold: boolean | undefined): string {
    let hex = '';
    for (const letter of text) hex += this.#glyph(letter.codePointAt(0)!, bold).hex;
    return hex;
  }

  /** A character in its form for vertical text. */
  upright(letter: string, bold: boolean | undefined): Glyph {
    const face = this.face(bold);
    const key = `${face.id} ${letter}`;
    const there = this.#upright.get(key);
    if (there) return there;
    const made = taken(face, face.font.layout(letter, { vert: true }).glyphs[0]!, letter.codePointAt(0)!);
    this.#upright.set(key, made);
    return made;
  }

  /** Text that may be drawn: what the faces have not stands as its number, and is told. */
  ready(text: string): string {
    for (const letter of text) {
      const code = letter.codePointAt(0)!;
      if (code !== 10 && !this.#isPlain(code)) return this.#replaced(text);
    }
    return text;
  }

  #isPlain(code: number): boolean {
    const known = this.#plain.get(code);
    if (known !== undefined) return known;
    const letter = String.fromCodePoint(code);
    const plain = !/[\p{C}\p{Zl}\p{Zp}\p{M}]/u.test(letter) && this.#face.covers(code);
    this.#plain.set(code, plain);
    return plain;
  }

  #replaced(text: string): string {
    const { text: out, replaced } = drawable(text, this.#face);
    for (const character of replaced) {
      const told = this.#missing.get(character);
      if (!told) {
        if (this.#missing.size < MOST_MISSING)
          this.#missing.set(character, { character, count: 1, places: this.about ? [this.about] : [] });
        continue;
      }
      told.count++;
      if (this.about && told.places.length < MOST_PLACES && !told.places.includes(this.about))
        told.places.push(this.about);
    }
    return out;
  }

  #glyph(code: number, bold: boolean | undefined): Glyph {
    const known = this.#glyphs[bold ? 'bold' : 'regular'];
    const there = known.get(code);
    if (there) return there;
    const face = this.face(bold);
    const made = taken(face, face.font.glyphForCodePoint(code), code);
    known.set(code, made);
    return made;
  }

  /** Points, of one line. */
  width(text: string, { size, bold, spacing = 0 }: TextStyle): number {
    let advance = 0;
    let letters = 0;
    for (const letter of text) {
      advance += this.#glyph(letter.codePointAt(0)!, bold).advance;
      letters++;
    }
    return (advance * size) / 1000 + spacing * Math.max(0, letters - 1);
  }
}

/** A glyph as one of the document's own, told to what it embeds. */
function taken(face: EmbeddedFace, glyph: { id: number; advanceWidth: number }, code: number): Glyph {
  const number = face.subset.includeGlyph(glyph.id);
  const advance = (glyph.advanceWidth * 1000) / face.font.unitsPerEm;
  face.widths[number] ??= advance;
  face.unicode[number] ??= [code];
  return { hex: number.toString(16).padStart(4, '0'), advance };
}
