import {
  AMPERSAND,
  APOSTROPHE,
  BANG,
  EQUALS,
  GREATER,
  grown,
  isSpace,
  LESS,
  QUESTION,
  QUOTE,
  RETURN,
  SLASH,
} from './bytes.ts';
import { declaredEntities, doctypeEnd } from './doctype.ts';
import { References } from './entities.ts';
import type { TokenizerOptions, XmlHandler, XmlPlace } from './handler.ts';
import { LineCount } from './lines.ts';
import { NameTable, type XmlName } from './names.ts';
import type { XmlRefusals } from './refusals.ts';
import { CDATA, cdataText, cutOfCdata, instructionEnd } from './sections.ts';

const LONGEST_TAG = 1 << 20;
const LONGEST_PIECE = 1 << 16;
const DEEPEST = 200;
const NOTHING: Buffer = Buffer.alloc(0);

/** What a stretch of text holds: characters beyond ASCII, entities or carriage returns. */
const FOREIGN = 1;
const MARKED = 2;

/**
 * An incremental XML reader: UTF-8 goes in by pieces, tags come out. It checks that tags nest and that the document is
 * whole; entities never fetch anything and never grow (`doctype`).
 * Written by hand, and over bytes, because per-cell cost decides how long an import takes (bench/sheets.ts).
 */
export class XmlTokenizer implements XmlPlace {
  /** Whether the handler is told of text just now. Starts off, so that white space between tags costs nothing. */
  wantsText = false;
  /** Whether the handler is given words as they stand: what follows the tag in which this is switched on, up to that in which it is off. */
  wantsRaw = false;
  /** Open elements, the present one included. */
  depth = 0;
  /** Where the value found by `find` lies in `source`. */
  valueFrom = 0;
  valueTo = 0;
  /** The bytes being read; valid during a call to the handler. */
  source = NOTHING;

  readonly #handler: XmlHandler;
  readonly #refusals: XmlRefusals;
  readonly #references: References;
  readonly #passDoctype: boolean;
  readonly #table = new NameTable();
  readonly #open: XmlName[] = [];
  #rest = NOTHING;
  /** Name from, name to, value from, value to of each attribute of the tag being opened. */
  #spans: Int32Array = new Int32Array(4 * 16);
  #spanned = 0;
  #seenRoot = false;
  #tagFrom = 0;
  /** Where what is being read begins. */
  #at = 0;
  readonly #lines: LineCount;

  constructor(handler: XmlHandler, refusals: XmlRefusals, options: TokenizerOptions = {}) {
    this.#handler = handler;
    this.#refusals = refusals;
    this.#references = new References(refusals);
    this.#passDoctype = options.doctype === 'pass';
    this.#lines = new LineCount(options.lines === true);
  }

  /** The local name of the element that holds the present one, or ''. */
  get parent(): string {
    return this.#open[this.depth - 2]?.local ?? '';
  }

  /** The name of the present element as written, prefix included. */
  get written(): string {
    return this.#open[this.depth - 1]?.full ?? '';
  }

  /** The line the tag being opened begins on, counted from 1, where the options ask for lines. */
  get line(): number {
    return this.#lines.upTo(this.source, this.#tagFrom);
  }

  /** The line reading has come to: what is wrong with the document is there or begins there. Where the options ask for lines. */
  get reached(): number {
    return this.#lines.upTo(this.source, this.#at);
  }

  /** All attributes of the tag being opened, names as written, values decoded. */
  attributes(): { name: string; value: string }[] {
    return Array.from({ length: this.#spanned / 4 }, (_, i) => {
      const [from, to, valueFrom, valueTo] = this.#spans.subarray(i * 4, i * 4 + 4);
      const value = this.#references.decode(this.source.toString('utf8', valueFrom, valueTo));
      return { name: this.#table.name(this.source, from!, to!).full, value };
    });
  }

  /** Finds an attribute (ASCII name, no prefix) of the tag being opened and sets `valueFrom` and `valueTo`. */
  find(name: string): boolean {
    const spans = this.#spans;
    for (let at = 0; at < this.#spanned; at += 4) {
      const from = spans[at]!;
      if (spans[at + 1]! - from !== name.length) continue;
      let k = 0;
      while (k < name.length && this.source[from + k] === name.charCodeAt(k)) k++;
      if (k < name.length) continue;
      this.valueFrom = spans[at + 2]!;
      this.valueTo = spans[at + 3]!;
      return true;
    }
    return false;
  }

  /** An attribute of the tag being opened, decoded. */
  attribute(name: string): string | undefined {
    return this.find(name)
      ? this.#references.decode(this.source.toString('utf8', this.valueFrom, this.valueTo))
      : undefined;
  }

  /** An attribute written `anything:name`, such as `r:id`. */
  prefixedAttribute(name: string): string | undefined {
    const spans = this.#spans;
    for (let at = 0; at < this.#spanned; at += 4) {
      const full = this.source.toString('latin1', spans[at]!, spans[at + 1]!);
      if (full.endsWith(`:${name}`) && !full.startsWith('xmlns:')) {
        return this.#references.decode(this.source.toString('utf8', spans[at + 2]!, spans[at + 3]!));
      }
    }
    return undefined;
  }

  /** An attribute with few possible values. */
  keyword(name: string): string | undefined {
    return this.find(name) ? this.#table.name(this.source, this.valueFrom, this.valueTo).full : undefined;
  }

  /** A whole number of up to 9 digits; -1 if it is anything else, `absent` if it is not there. */
  integer(name: string, absent: number): number {
    if (!this.find(name)) return absent;
    const { valueFrom, valueTo, source } = this;
    if (valueTo === valueFrom || valueTo - valueFrom > 9) return -1;
    let value = 0;
    for (let i = valueFrom; i < valueTo; i++) {
      const digit = source[i]! - 48;
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
    return value;
  }

  write(piece: Buffer): void {
    const s = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    this.source = s;
    this.#rest = NOTHING;
    const { length } = s;
    let i = 0;
    while (i < length) {
      let special = 0;
      let lt = i;
      for (; lt < length; lt++) {
        const c = s[lt]!;
        if (c === LESS) break;
        if (c >= 0x80) special |= FOREIGN;
        else if (c === AMPERSAND || c === RETURN) special |= MARKED;
      }
      this.#at = i;
      if (lt === length) {
        this.#keepText(i);
        this.#lines.carry(s, length - this.#rest.length);
        return;
      }
      if (lt > i) this.#text(i, lt, special);
      this.#at = lt;
      const raw = this.wantsRaw;
      const next = s[lt + 1];
      let after: number;
      if (next === SLASH) after = this.#closing(lt);
      else if (next === BANG) after = this.#declaration(lt);
      else if (next === QUESTION) after = instructionEnd(s, lt);
      else after = this.#opening(lt);
      if (after < 0) {
        this.#keepTag(lt);
        return;
      }
      if (raw && this.wantsRaw) this.#handler.raw?.(s.toString('utf8', lt, after));
      i = after;
    }
    this.#lines.carry(s, length);
  }

  /** @throws Refusal when the document is not whole */
  end(): void {
    this.source = this.#rest;
    this.#at = 0;
    if (this.#rest.length > 0 || this.depth > 0)
      throw this.#refusals.damaged('its XML breaks off in the middle');
    if (!this.#seenRoot) throw this.#refusals.damaged('its XML holds nothing');
    this.source = NOTHING;
  }

  #keepText(from: number): void {
    const s = this.source;
    if (this.depth === 0) {
      // Outside the root only white space may stand, and it need not be kept.
      this.#text(from, s.length, 0);
    } else if (s.length - from <= LONGEST_PIECE) {
      this.#rest = s.subarray(from);
    } else {
      // A very long text is told in pieces, cut neither within an entity nor within a character.
      const amp = s.lastIndexOf(AMPERSAND);
      let to = amp > from && s.length - amp < 60 ? amp : s.length - 1;
      while (to > from && (s[to]! & 0xc0) === 0x80) to--;
      this.#text(from, to, MARKED | FOREIGN);
      this.#rest = s.subarray(to);
    }
  }

  #keepTag(lt: number): void {
    const s = this.source;
    const told = this.wantsRaw || this.depth === 0 ? 0 : cutOfCdata(s, lt, LONGEST_PIECE);
    if (told > 0) {
      if (this.wantsText) this.#handler.text(cdataText(s, lt, told));
      this.#rest = Buffer.concat([CDATA, s.subarray(told)]);
    } else if (s.length - lt > LONGEST_TAG)
      throw this.#refusals.damaged('its XML holds a tag without an end');
    else this.#rest = s.subarray(lt);
    this.#lines.carry(s, told || lt);
  }

  #text(from: number, to: number, special: number): void {
    if (this.depth === 0) {
      for (let i = from; i < to; i++) {
        if (!isSpace(this.source[i]!)) throw this.#refusals.damaged('its XML has text outside the document');
      }
    } else if (this.wantsRaw) {
      this.#handler.raw?.(this.source.toString('utf8', from, to));
    } else if (this.wantsText) {
      const text = this.source.toString((special & FOREIGN) === 0 ? 'latin1' : 'utf8', from, to);
      this.#handler.text((special & MARKED) === 0 ? text : this.#references.decode(text));
    }
  }

  #opening(lt: number): number {
    const s = this.source;
    const { length } = s;
    let i = lt + 1;
    while (i < length && s[i] !== GREATER && s[i] !== SLASH && s[i]! > 32) i++;
    if (i >= length) return -1;
    const nameTo = i;
    if (nameTo === lt + 1) throw this.#refusals.damaged('its XML holds a tag without a name');
    i = s[i] === GREATER ? i : this.#attributes(i);
    if (i < 0) return -1;
    const empty = s[i - 1] === SLASH;
    if (nameTo === i) this.#spanned = 0;
    if (this.depth === 0 && this.#seenRoot) throw this.#refusals.damaged('its XML has a second root');
    if (this.depth >= DEEPEST) throw this.#refusals.damaged('its XML nests too deep');
    const name = this.#table.name(s, lt + 1, nameTo);
    this.#seenRoot = true;
    this.#tagFrom = lt;
    this.#open[this.depth] = name;
    this.depth++;
    this.#handler.open(name.local, this);
    if (empty) this.#leave();
    return i + 1;
  }

  /** Notes where the attributes from `at` on lie, and returns where the tag's ">" is, or -1 if it is yet to come. */
  #attributes(at: number): number {
    const s = this.source;
    const { length } = s;
    let count = 0;
    let i = at;
    for (;;) {
      while (i < length && s[i]! <= 32) i++;
      if (i >= length) return -1;
      if (s[i] === GREATER) break;
      if (s[i] === SLASH) {
        if (++i >= length) return -1;
        if (s[i] !== GREATER) throw this.#refusals.damaged('its XML holds a broken tag');
        break;
      }
      const nameFrom = i;
      while (i < length && s[i] !== EQUALS && s[i] !== GREATER && s[i]! > 32) i++;
      const nameTo = i;
      while (i < length && s[i]! <= 32) i++;
      if (i >= length) return -1;
      if (s[i] !== EQUALS) throw this.#refusals.damaged('its XML holds an attribute without a value');
      i++;
      while (i < length && s[i]! <= 32) i++;
      if (i >= length) return -1;
      // A ">" inside a quoted value does not end the tag.
      const quote = s[i];
      if (quote !== QUOTE && quote !== APOSTROPHE)
        throw this.#refusals.damaged('its XML holds an attribute without quotes');
      const valueFrom = ++i;
      while (i < length && s[i] !== quote) i++;
      if (i >= length) return -1;
      if (count + 4 > this.#spans.length) this.#spans = grown(this.#spans);
      const spans = this.#spans;
      spans[count++] = nameFrom;
      spans[count++] = nameTo;
      spans[count++] = valueFrom;
      spans[count++] = i;
      i++;
    }
    this.#spanned = count;
    return i;
  }

  #closing(lt: number): number {
    const s = this.source;
    if (this.depth === 0) throw this.#refusals.damaged('its XML tags do not nest');
    const { bytes } = this.#open[this.depth - 1]!;
    let i = lt + 2;
    for (let k = 0; k < bytes.length; k++, i++) {
      if (s[i] !== bytes[k]) {
        if (i >= s.length) return -1;
        throw this.#refusals.damaged('its XML tags do not nest');
      }
    }
    while (i < s.length && isSpace(s[i]!)) i++;
    if (i >= s.length) return -1;
    if (s[i] !== GREATER) throw this.#refusals.damaged('its XML tags do not nest');
    this.#leave();
    return i + 1;
  }

  #leave(): void {
    this.#handler.close(this.#open[this.depth - 1]!.local, this);
    this.depth--;
  }

  #declaration(lt: number): number {
    const s = this.source;
    const start = s.toString('latin1', lt, lt + 9);
    if (start.startsWith('<!--')) {
      const end = s.indexOf('-->', lt + 4, 'latin1');
      return end < 0 ? -1 : end + 3;
    }
    if (start === '<![CDATA[') {
      const end = s.indexOf(']]>', lt + 9, 'latin1');
      if (end < 0) return -1;
      if (this.depth === 0) throw this.#refusals.damaged('its XML has text outside the document');
      if (this.wantsText) this.#handler.text(cdataText(s, lt, end));
      return end + 3;
    }
    if (start.length < 9) return -1;
    if (start !== '<!DOCTYPE') throw this.#refusals.damaged('its XML holds a broken tag');
    if (!this.#passDoctype) throw this.#refusals.forbidden('holds a document type definition');
    if (this.#seenRoot) throw this.#refusals.damaged('its XML declares its type in the middle');
    const end = doctypeEnd(s, lt);
    if (end >= 0) this.#references.declare(declaredEntities(s.toString('utf8', lt, end), this.#refusals));
    return end;
  }
}
