import { type Model, modelFor, type Slot } from '../grammar/models.ts';
import { valueRule } from '../grammar/values.ts';
import { Base64Stream } from '../reading/base64.ts';
import type { WalkedElement } from '../reading/walk.ts';

/** Characters of a value that are looked at. */
const LONGEST_VALUE = 4000;
/** Base64 kept whole: certificates and signatures. */
const LONGEST_KEPT = 1 << 20;

/** An element being read. */
export interface Frame {
  readonly name: string;
  /** `/电子文件封装包/…`, with a number where the element may stand several times. */
  readonly path: string;
  readonly line: number;
  readonly attributes: ReadonlyMap<string, string>;
  readonly model: Model | undefined;
  /** Where it stands in the element around it; undefined for what does not belong there. */
  readonly slot: Slot | undefined;
  /** It is not written in the document: what should stand in it stands in the element around it. */
  readonly implied: boolean;
  /** How often each slot was filled, and how far the order has come. */
  readonly counts: number[];
  reached: number;
  /** Children by name. */
  readonly children: Map<string, number>;
  /** Values of children that hold text, the first of each name. */
  readonly values: Map<string, string>;
  /** What it says itself, cut to a length. */
  text: string;
  /** Text beside children. */
  readonly base64: Base64Stream | undefined;
  /** Of the data in it, where it is a 编码. */
  data?: { bytes: number; empty: boolean; isBroken: boolean; start: string; refersTo: string | undefined };
}

export function frameOf(
  element: Pick<WalkedElement, 'name' | 'attributes' | 'line'>,
  around: Frame | undefined,
  slot: Slot | undefined,
  implied = false,
): Frame {
  const { name, line } = element;
  const nth = (around?.children.get(name) ?? 0) + 1;
  around?.children.set(name, nth);
  const model = modelFor(name);
  const counted = nth > 1 || (slot?.most ?? 1) > 1;
  return {
    name,
    path: `${around?.path ?? ''}/${name}${counted ? `[${nth}]` : ''}`,
    line,
    attributes: new Map(element.attributes.map((a) => [a.name, a.value])),
    model,
    slot,
    implied,
    counts: model ? model.slots.map(() => 0) : [],
    reached: 0,
    children: new Map(),
    values: new Map(),
    text: '',
    base64: valueRule(name).kind === 'base64' ? new Base64Stream() : undefined,
  };
}

export function addText(frame: Frame, text: string): void {
  if (frame.base64) {
    frame.base64.push(text);
    // Data is not kept; certificates and signatures are.
    if (frame.name !== '编码数据' && frame.text.length < LONGEST_KEPT) frame.text += text;
    else if (frame.text.length < 64) frame.text += text.trim().slice(0, 64);
  } else if (frame.text.length < LONGEST_VALUE) {
    // White space between elements may be without end.
    const more = frame.model === undefined ? text : text.trim();
    frame.text += more.slice(0, LONGEST_VALUE - frame.text.length);
  }
}

/** A value as it is quoted in a message. */
export function quoted(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return `“${line.length > 60 ? `${[...line.slice(0, 60)].join('')}…` : line}”`;
}
