import { childrenOf, type ElementEvent, type XmlElement } from '#formats/xml';
import { GRAMMAR, VALUES } from './grammar.ts';
import { METS } from './names.ts';

/** Where a document is not built as METS 1.12 has it. */
export interface StructureFault {
  readonly code: 'mets.element' | 'mets.order' | 'mets.lacks' | 'mets.attribute' | 'mets.value';
  readonly element: XmlElement;
  readonly message: string;
}

/** How far the children of an open element have come. */
interface Open {
  readonly element: XmlElement;
  slot: number;
  readonly seen: Set<string>;
}

const quoted = (text: string) => `"${text.length > 80 ? `${text.slice(0, 80)}…` : text}"`;

/** Compares a document, as it goes by (`readMets`), with the elements, their order and the attributes of METS. Memory grows with depth alone. */
export class Structure {
  readonly #open: Open[] = [];

  take(e: ElementEvent): StructureFault[] {
    if (e.kind === 'stray') return [];
    const faults: StructureFault[] = [];
    if (e.kind === 'close') {
      const closed = this.#open.pop();
      if (closed) lacking(closed, faults);
      return faults;
    }
    const around = this.#open.at(-1);
    if (around) enter(around, e.element, faults);
    attributesOf(e.element, faults);
    if (e.kind === 'open') this.#open.push({ element: e.element, slot: 0, seen: new Set() });
    else within(e.element, faults);
    return faults;
  }
}

function within(element: XmlElement, faults: StructureFault[]): void {
  if (element.space !== METS || element.name === 'xmlData' || element.name === 'binData') return;
  const open: Open = { element, slot: 0, seen: new Set() };
  for (const child of childrenOf(element)) {
    enter(open, child, faults);
    attributesOf(child, faults);
    within(child, faults);
  }
  lacking(open, faults);
}

function enter(around: Open, element: XmlElement, faults: StructureFault[]): void {
  const rule = GRAMMAR.get(around.element.name);
  if (!rule || around.element.space !== METS) return;
  const at = element.space === METS ? rule.at.get(element.name) : undefined;
  const where = `in a "${around.element.name}"`;
  if (at === undefined) {
    const what = element.space === METS ? '' : `, of the namespace ${quoted(element.space)},`;
    const message = `${quoted(element.name)}${what} stands ${where}, where METS has none.`;
    faults.push({ code: 'mets.element', element, message });
    return;
  }
  const slot = rule.slots[at]!;
  const isAgain = slot.names.some((name) => around.seen.has(name));
  if (at < around.slot)
    faults.push({
      code: 'mets.order',
      element,
      message: `${quoted(element.name)} stands ${where} behind what has to follow it.`,
    });
  else if (isAgain && !slot.isMany)
    faults.push({
      code: 'mets.order',
      element,
      message: `${quoted(slot.names.join('" or "'))} stands ${where} more than once.`,
    });
  around.slot = Math.max(around.slot, at);
  around.seen.add(element.name);
}

function lacking({ element, seen }: Open, faults: StructureFault[]): void {
  if (element.space !== METS) return;
  for (const slot of GRAMMAR.get(element.name)?.slots ?? [])
    if (slot.least === 1 && !slot.names.some((name) => seen.has(name)))
      faults.push({
        code: 'mets.lacks',
        element,
        message: `A "${element.name}" lacks its "${slot.names.join('" or "')}".`,
      });
}

function attributesOf(element: XmlElement, faults: StructureFault[]): void {
  const rule = element.space === METS ? GRAMMAR.get(element.name) : undefined;
  if (!rule) return;
  const said = new Set<string>();
  for (const { name, space, local, value } of element.attributes) {
    // Attributes of other namespaces are let in, as METS lets them in at most places.
    if (space !== '' || name === 'xmlns' || name.includes(':')) continue;
    said.add(local);
    const holds = VALUES.get(`${element.name} ${local}`) ?? VALUES.get(local);
    if (!rule.attributes.has(local))
      faults.push({
        code: 'mets.attribute',
        element,
        message: `A "${element.name}" has the attribute ${quoted(local)}, which METS does not have there.`,
      });
    else if (holds && !holds(value.trim()))
      faults.push({
        code: 'mets.value',
        element,
        message: `${local} of a "${element.name}" is ${quoted(value)}, which is no value METS has for it.`,
      });
  }
  for (const name of rule.required)
    if (!said.has(name))
      faults.push({ code: 'mets.attribute', element, message: `A "${element.name}" has no ${name}.` });
}
