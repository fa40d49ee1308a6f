import type { XmlTokenizer } from '#formats/xml';
import type { Anchor, Item, Sequence, Signature } from '../types.ts';
import { type Expression, ExpressionError, readExpression } from './expression.ts';

interface Fragment {
  position: number;
  min: number;
  max: number;
  expression: Expression;
}

interface Sub {
  position: number;
  min: number;
  /** undefined: not said. */
  max: number | undefined;
  main: Expression | undefined;
  left: Fragment[];
  right: Fragment[];
}

interface Raw {
  anchor: Anchor;
  subs: Sub[];
}

const MOST_ITEMS = 4096;
const WORDS = new Set(['Sequence', 'LeftFragment', 'RightFragment']);

const anchorOf = (reference: string | undefined): Anchor | undefined => {
  if (reference === undefined || reference === '' || reference === 'Variable') return 'none';
  if (reference === 'BOFoffset') return 'begin';
  return reference === 'EOFoffset' ? 'end' : undefined;
};

/**
 * Gathers `InternalSignature` elements, which DROID's signature files and container signature files share. What it can
 * not understand makes one signature a problem; the others count.
 */
export class SignatureGathering {
  readonly signatures: Signature[] = [];
  readonly problems: string[] = [];
  #id: string | undefined;
  #raw: Raw[] = [];
  #problem = '';
  #sub: Sub | undefined;
  #fragment: { position: number; min: number; max: number } | undefined;
  #words = '';

  open(name: string, xml: XmlTokenizer): void {
    if (name === 'InternalSignature') {
      this.#id = xml.attribute('ID') ?? '';
      this.#raw = [];
      this.#problem = '';
    } else if (this.#id === undefined) return;
    else if (name === 'ByteSequence') this.#openSequence(xml);
    else if (name === 'SubSequence') {
      const raw = this.#raw.at(-1);
      if (!raw) return;
      this.#sub = {
        position: numberOf(xml.attribute('Position')) ?? raw.subs.length + 1,
        min: numberOf(xml.attribute('SubSeqMinOffset')) ?? 0,
        max: numberOf(xml.attribute('SubSeqMaxOffset')),
        main: undefined,
        left: [],
        right: [],
      };
      raw.subs.push(this.#sub);
    } else if (WORDS.has(name)) {
      const min = numberOf(xml.attribute('MinOffset')) ?? 0;
      const max = Math.max(min, numberOf(xml.attribute('MaxOffset')) ?? min);
      this.#fragment = { position: numberOf(xml.attribute('Position')) ?? 1, min, max };
      this.#words = '';
      xml.wantsText = true;
    }
  }

  text(text: string): void {
    this.#words += text;
  }

  close(name: string, xml: XmlTokenizer): void {
    if (this.#id === undefined) return;
    if (WORDS.has(name)) {
      xml.wantsText = false;
      this.#closeWords(name);
    } else if (name === 'SubSequence') this.#sub = undefined;
    else if (name === 'InternalSignature') this.#closeSignature(this.#id);
  }

  /** New style: the whole expression is an attribute. */
  #openSequence(xml: XmlTokenizer): void {
    const anchor = anchorOf(xml.attribute('Reference'));
    if (!anchor) this.#problem ||= `its reference ${xml.attribute('Reference')} is not known`;
    const raw: Raw = { anchor: anchor ?? 'none', subs: [] };
    this.#raw.push(raw);
    const whole = xml.attribute('Sequence');
    if (whole === undefined) return;
    const main = this.#expression(whole);
    const min = numberOf(xml.attribute('Offset')) ?? 0;
    raw.subs.push({ position: 1, min, max: numberOf(xml.attribute('MaxOffset')), main, left: [], right: [] });
  }

  #closeWords(name: string): void {
    const expression = this.#expression(this.#words);
    if (!expression || !this.#sub || !this.#fragment) return;
    if (name === 'Sequence') this.#sub.main = expression;
    else this.#sub[name === 'LeftFragment' ? 'left' : 'right'].push({ ...this.#fragment, expression });
  }

  #expression(text: string): Expression | undefined {
    try {
      return readExpression(text);
    } catch (e) {
      if (!(e instanceof ExpressionError)) throw e;
      this.#problem ||= e.message;
      return undefined;
    }
  }

  #closeSignature(id: string): void {
    this.#id = undefined;
    try {
      if (this.#problem) throw new ExpressionError(this.#problem);
      const sequences = this.#raw.map(sequenceOf);
      if (sequences.length === 0) throw new ExpressionError('it has no byte sequence');
      this.signatures.push({ id, sequences });
    } catch (e) {
      if (!(e instanceof ExpressionError)) throw e;
      this.problems.push(`Signature ${id} is left out: ${e.message}.`);
    }
  }
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,10}\s*$/.test(text) ? Number(text) : undefined;
}

/** Puts an expression at the given distance behind what is there. */
function append(items: Item[], gap: { min: number; max: number }, { items: more }: Expression): void {
  for (const [i, item] of more.entries())
    items.push(i > 0 ? item : { ...item, min: item.min + gap.min, max: item.max + gap.max });
  if (items.length > MOST_ITEMS) throw new ExpressionError('it has too many parts');
}

const NO_GAP = { min: 0, max: 0 };
const sum = (a: { min: number; max: number }, b: { min: number; max: number }) => ({
  min: a.min + b.min,
  max: a.max + b.max,
});

/**
 * Lays the parts of a sequence out in the order of the file. A sequence anchored at the end is anchored by its last
 * part, and the offsets of the parts before it are those to their right neighbour; otherwise to the left one.
 */
function sequenceOf({ anchor, subs }: Raw): Sequence {
  if (subs.length === 0) throw new ExpressionError('a byte sequence is empty');
  const inOrder = [...subs].sort((a, b) => a.position - b.position);
  const items: Item[] = [];
  const anchored = anchor === 'end' ? inOrder.length - 1 : 0;
  const gapOf = (sub: Sub, i: number) => {
    const open = anchor === 'none' || i !== anchored;
    const max = sub.max ?? (open ? Number.POSITIVE_INFINITY : sub.min);
    return { min: sub.min, max: Math.max(sub.min, max) };
  };
  let gap = NO_GAP;
  for (const [i, sub] of inOrder.entries()) {
    const own = gapOf(sub, i);
    if (anchor !== 'end') gap = sum(gap, own);
    gap = layOut(items, gap, sub);
    if (anchor === 'end') gap = sum(gap, own);
  }
  return { anchor, items, endMin: gap.min, endMax: anchor === 'end' ? gap.max : Number.POSITIVE_INFINITY };
}

/** @returns the gap the part ends with */
function layOut(items: Item[], before: { min: number; max: number }, sub: Sub): { min: number; max: number } {
  if (!sub.main) throw new ExpressionError('a part has no sequence');
  let gap = before;
  const groups = (list: readonly Fragment[]) => {
    const by = new Map<number, Fragment[]>();
    for (const f of list) by.set(f.position, [...(by.get(f.position) ?? []), f]);
    return [...by.entries()].sort(([a], [b]) => a - b).map(([, group]) => joined(group));
  };
  for (const f of groups(sub.left).reverse()) {
    append(items, gap, f.expression);
    gap = sum(f.expression.trailing, f);
  }
  append(items, gap, sub.main);
  gap = sub.main.trailing;
  for (const f of groups(sub.right)) {
    append(items, sum(gap, f), f.expression);
    gap = f.expression.trailing;
  }
  return gap;
}

/** Fragments at one position are alternatives. */
function joined(group: readonly Fragment[]): Fragment {
  const first = group[0]!;
  if (group.length === 1) return first;
  for (const f of group) {
    if (f.min !== first.min || f.max !== first.max)
      throw new ExpressionError('alternative fragments at different distances');
    if (f.expression.items.length !== 1 || f.expression.trailing.max > 0)
      throw new ExpressionError('alternative fragments with gaps');
  }
  const alternatives = group.flatMap((f) => f.expression.items[0]!.alternatives);
  return {
    ...first,
    expression: { items: [{ ...first.expression.items[0]!, alternatives }], trailing: NO_GAP },
  };
}
