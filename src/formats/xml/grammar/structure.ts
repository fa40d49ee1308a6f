import type { ElementEvent } from '../elements/read.ts';
import { childrenOf, type XmlElement } from '../elements/types.ts';
import type { ElementRule } from './notation.ts';

/** Where a document is not built as its format has it. */
export interface StructureFault {
  readonly what: 'element' | 'order' | 'lacks' | 'attribute' | 'value';
  readonly element: XmlElement;
  readonly message: string;
}

/** A format whose documents are compared with its elements. */
export interface Format {
  /** For people: `METS`. */
  readonly name: string;
  /** Whether an element is of the format's own namespace. */
  isOwn(element: XmlElement): boolean;
  /** What an element may hold; undefined: not looked into. */
  rule(element: XmlElement): ElementRule | undefined;
  /** Whether a value is one that the attribute of an element may have. */
  holds(element: XmlElement, attribute: string, value: string): boolean;
  /** What else is wrong with an element by itself. */
  judge?(element: XmlElement): Iterable<Pick<StructureFault, 'what' | 'message'>>;
}

/** How far the children of an open element have come. */
interface Open {
  readonly element: XmlElement;
  slot: number;
  readonly seen: Set<string>;
}

export const quotedXml = (text: string): string => `"${text.length > 80 ? `${text.slice(0, 80)}…` : text}"`;

/** Compares a document, as it goes by (`readElements`), with the elements of its format, their order and their attributes. Memory grows with depth alone. */
export class Structure {
  readonly #open: Open[] = [];
  readonly #format: Format;

  constructor(format: Format) {
    this.#format = format;
  }

  take(e: ElementEvent): StructureFault[] {
    if (e.kind === 'stray') return [];
    const faults: StructureFault[] = [];
    if (e.kind === 'close') {
      const closed = this.#open.pop();
      if (closed) this.#lacking(closed, faults);
      return faults;
    }
    const around = this.#open.at(-1);
    if (around) this.#enter(around, e.element, faults);
    this.#alone(e.element, faults);
    if (e.kind === 'open') this.#open.push({ element: e.element, slot: 0, seen: new Set() });
    else this.#within(e.element, faults);
    return faults;
  }

  #within(element: XmlElement, faults: StructureFault[]): void {
    if (!this.#format.rule(element)) return;
    const open: Open = { element, slot: 0, seen: new Set() };
    for (const child of childrenOf(element)) {
      this.#enter(open, child, faults);
      this.#alone(child, faults);
      this.#within(child, faults);
    }
    this.#lacking(open, faults);
  }

  #enter(around: Open, element: XmlElement, faults: StructureFault[]): void {
    const { name, isOwn, rule: ruleOf } = this.#format;
    const rule = ruleOf(around.element);
    if (!rule) return;
    const at = isOwn(element) ? rule.at.get(element.name) : undefined;
    const where = `in a "${around.element.name}"`;
    if (at === undefined) {
      const what = isOwn(element) ? '' : `, of the namespace ${quotedXml(element.space)},`;
      const message = `${quotedXml(element.name)}${what} stands ${where}, where ${name} has none.`;
      faults.push({ what: 'element', element, message });
      return;
    }
    const slot = rule.slots[at]!;
    const isAgain = slot.names.some((n) => around.seen.has(n));
    if (at < around.slot)
      faults.push({
        what: 'order',
        element,
        message: `${quotedXml(element.name)} stands ${where} behind what has to follow it.`,
      });
    else if (isAgain && !slot.isMany)
      faults.push({
        what: 'order',
        element,
        message: `${quotedXml(slot.names.join('" or "'))} stands ${where} more than once.`,
      });
    around.slot = Math.max(around.slot, at);
    around.seen.add(element.name);
  }

  #lacking({ element, seen }: Open, faults: StructureFault[]): void {
    const rule = this.#format.rule(element);
    if (!rule) return;
    for (const slot of rule.slots)
      if (slot.least === 1 && !slot.names.some((name) => seen.has(name)))
        faults.push({
          what: 'lacks',
          element,
          message: `A "${element.name}" lacks its "${slot.names.join('" or "')}".`,
        });
    if (rule.wantsAny && seen.size === 0)
      faults.push({
        what: 'lacks',
        element,
        message: `A "${element.name}" holds nothing of what it is for.`,
      });
  }

  /** What an element says of itself. */
  #alone(element: XmlElement, faults: StructureFault[]): void {
    const { name: format, rule: ruleOf, holds, judge } = this.#format;
    for (const fault of judge?.(element) ?? []) faults.push({ ...fault, element });
    const rule = ruleOf(element);
    if (!rule) return;
    const said = new Set<string>();
    for (const { name, space, local, value } of element.attributes) {
      // Attributes of other namespaces are let in, as formats let them in at most places.
      if (space !== '' || name === 'xmlns' || name.includes(':')) continue;
      said.add(local);
      if (!rule.attributes.has(local))
        faults.push({
          what: 'attribute',
          element,
          message: `A "${element.name}" has the attribute ${quotedXml(local)}, which ${format} does not have there.`,
        });
      else if (!holds(element, local, value.trim()))
        faults.push({
          what: 'value',
          element,
          message: `${local} of a "${element.name}" is ${quotedXml(value)}, which is no value ${format} has for it.`,
        });
    }
    for (const name of rule.required)
      if (!said.has(name))
        faults.push({ what: 'attribute', element, message: `A "${element.name}" has no ${name}.` });
  }
}
