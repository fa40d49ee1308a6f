import type { Item, Piece } from '../types.ts';
import { differs, PieceBuilder, range } from './pieces.ts';

/** An expression that is no PRONOM byte sequence. The reader of the file it stands in says whose it is. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

/** What an expression says: its items, and the gap that stands at its end. */
export interface Expression {
  readonly items: readonly Item[];
  readonly trailing: { readonly min: number; readonly max: number };
}

const MOST_PIECES = 4096;
const LONGEST = 1 << 16;
const DEEPEST = 8;
const FARTHEST = 2 ** 31;

const fail = (what: string): never => {
  throw new ExpressionError(what);
};

/**
 * Reads a byte sequence in PRONOM's notation, as DROID signature files and container signature files write it: hex
 * pairs, `'text'`, `` `text in either case` ``, `??`, `{n}`, `{n-m}`, `{n-*}`, `*`, `(A|B)`, `[a:b]`, `[!a]`, `[!a:b]`,
 * `[&mask]` (all these bits), `[~mask]` (one of them). Spaces part nothing.
 *
 * @throws ExpressionError in a few words
 */
export function readExpression(text: string): Expression {
  if (text.length > LONGEST) fail('it is too long');
  const reader = new Reader(text);
  const expression = reader.whole();
  return expression;
}

class Reader {
  readonly #text: string;
  #at = 0;
  #pieces = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Expression {
    const items: Item[] = [];
    let gap = { min: 0, max: 0 };
    let plain = new PieceBuilder();
    const flush = () => {
      if (plain.length === 0) return;
      items.push({ ...gap, alternatives: [plain.piece()] });
      plain = new PieceBuilder();
      gap = { min: 0, max: 0 };
    };
    for (;;) {
      const c = this.#next();
      if (c === undefined) break;
      if (c === '*' || c === '{' || c === '?') {
        flush();
        const more = this.#gap(c);
        gap = { min: gap.min + more.min, max: gap.max + more.max };
        if (gap.min > FARTHEST) fail('a gap is too wide');
      } else if (c === '(') {
        flush();
        items.push({ ...gap, alternatives: this.#group(1) });
        gap = { min: 0, max: 0 };
      } else if (c === '[') {
        const pieces = this.#set();
        const one = pieces.length === 1 ? pieces[0] : undefined;
        if (one) plain.append(one);
        else {
          flush();
          items.push({ ...gap, alternatives: pieces });
          gap = { min: 0, max: 0 };
        }
      } else this.#bytes(c, plain);
    }
    flush();
    if (items.length === 0) fail('it holds no byte');
    return { items, trailing: gap };
  }

  /** The next character that is no space, passed over. */
  #next(): string | undefined {
    while (this.#at < this.#text.length && this.#text.charCodeAt(this.#at) <= 32) this.#at++;
    return this.#text[this.#at++];
  }

  #peek(): string | undefined {
    const c = this.#next();
    this.#at--;
    return c;
  }

  #gap(c: string): { min: number; max: number } {
    if (c === '*') return { min: 0, max: Number.POSITIVE_INFINITY };
    if (c === '?') {
      if (this.#text[this.#at++] !== '?') fail('a single question mark');
      return { min: 1, max: 1 };
    }
    const to = this.#text.indexOf('}', this.#at);
    const inside = to < 0 ? '' : this.#text.slice(this.#at, to).replaceAll(/\s/g, '');
    const found = /^(\d{1,10})(?:-(\d{1,10}|\*))?$/.exec(inside);
    if (!found) return fail('a gap that is no {n}, {n-m} or {n-*}');
    this.#at = to + 1;
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : found[2] === '*' ? Number.POSITIVE_INFINITY : Number(found[2]);
    if (max < min) fail('a gap whose end is before its beginning');
    return { min, max };
  }

  /** Hex pairs and quoted words, the first character already taken. */
  #bytes(c: string, into: PieceBuilder): void {
    if (c === "'" || c === '"' || c === '`') {
      const to = this.#text.indexOf(c, this.#at);
      if (to < 0) fail('a quotation without an end');
      for (const byte of Buffer.from(this.#text.slice(this.#at, to), 'utf8')) {
        const other = c === '`' ? otherCase(byte) : byte;
        if (other === byte) into.byte(byte);
        else into.set((b) => b === byte || b === other);
      }
      this.#at = to + 1;
      return;
    }
    into.byte(this.#hex(c));
  }

  #hex(first: string): number {
    const pair = first + (this.#next() ?? '');
    if (!/^[\da-fA-F]{2}$/.test(pair)) fail(`"${pair.slice(0, 8)}" is no byte`);
    return Number.parseInt(pair, 16);
  }

  /** Alternatives, after `(`: each a run of bytes of fixed length. */
  #group(depth: number): Piece[] {
    if (depth > DEEPEST) fail('alternatives nest too deep');
    const found: Piece[] = [];
    let branch = [new PieceBuilder()];
    for (;;) {
      const c = this.#next();
      if (c === undefined) return fail('alternatives without an end');
      if (c === '|' || c === ')') {
        for (const b of branch) if (b.length > 0) found.push(b.piece());
        if (branch.some((b) => b.length === 0)) fail('an empty alternative');
        if (c === ')') return found;
        branch = [new PieceBuilder()];
      } else if (c === '(') branch = this.#times(branch, this.#group(depth + 1));
      else if (c === '[') branch = this.#times(branch, this.#set());
      else if (c === '?' || c === '{') {
        const { min, max } = this.#gap(c);
        if (min !== max || min > 256) fail('a gap of varying width among alternatives');
        for (const b of branch) for (let i = 0; i < min; i++) b.set(() => true);
      } else {
        const bytes = new PieceBuilder();
        this.#bytes(c, bytes);
        if (bytes.length > 0) branch = this.#times(branch, [bytes.piece()]);
      }
    }
  }

  #times(branch: readonly PieceBuilder[], tails: readonly Piece[]): PieceBuilder[] {
    this.#pieces += branch.length * tails.length;
    if (this.#pieces > MOST_PIECES) fail('it has too many alternatives');
    return branch.flatMap((b) => tails.map((tail) => b.copy().append(tail)));
  }

  /** After `[`. */
  #set(): Piece[] {
    let c = this.#next();
    const not = c === '!' || c === '^';
    if (not) c = this.#next();
    if (c === undefined) return fail('a set without an end');
    if (c === '&' || c === '~') {
      const mask = this.#hex(this.#next() ?? '');
      const fits = c === '&' ? (b: number) => (b & mask) === mask : (b: number) => (b & mask) !== 0;
      if (this.#next() !== ']') fail('a set without an end');
      return [new PieceBuilder().set((b) => fits(b) !== not).piece()];
    }
    const low = this.#value(c);
    const parting = this.#next();
    if (parting === ']')
      return not ? differs(low) : [low.reduce((b, byte) => b.byte(byte), new PieceBuilder()).piece()];
    if (parting !== ':' && parting !== '-') fail('a set that is neither a value nor a range');
    const high = this.#value(this.#next() ?? '');
    if (this.#next() !== ']') fail('a set without an end');
    if (low.length !== high.length) fail('a range between values of different length');
    if (Buffer.compare(Buffer.from(low), Buffer.from(high)) > 0)
      fail('a range whose end is before its beginning');
    if (!not) return range(low, high);
    if (low.length !== 1) return fail('a range of several bytes, negated');
    return [new PieceBuilder().set((b) => b < low[0]! || b > high[0]!).piece()];
  }

  #value(first: string): number[] {
    const builder = new PieceBuilder();
    this.#bytes(first, builder);
    while (!/^[\]:-]?$/.test(this.#peek() ?? '')) this.#bytes(this.#next() ?? '', builder);
    if (builder.length === 0 || builder.length > 16) fail('a set without a value, or with a long one');
    const { bytes, sets } = builder.piece();
    if (sets) fail('a set in a set');
    return [...bytes];
  }
}

function otherCase(byte: number): number {
  const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return letter ? byte ^ 0x20 : byte;
}
