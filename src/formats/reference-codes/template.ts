import type { Finding } from '#kernel/errors';

/** Level of description a slot brings a code to. */
export type CodeLevel = 'fonds' | 'series' | 'file' | 'item' | 'page';

/** One element of a reference code. */
export interface Slot {
  readonly name: string;
  /** Empty for the first slot alone. */
  readonly separatorBefore: '' | '-' | '·';
  /** Regular expression source the whole element must match (`u` flag). */
  readonly pattern: string;
  /** Digits a number is padded to when a code is made; 0 for no padding. Codes received are never padded. */
  readonly pad: number;
  readonly required: boolean;
  /** Names of the preceding slots within which this one counts 1, 2, 3 …; null when it is no counter. */
  readonly counterScope: readonly string[] | null;
  readonly level: CodeLevel;
}

/** How the reference codes of one fonds, category and period are built (DA/T 13-2022 lets the unit choose, then fix it). */
export interface ReferenceTemplate {
  readonly key: string;
  readonly label: string;
  /** The rule it follows. */
  readonly basis: string;
  readonly slots: readonly Slot[];
}

export type SlotValues = Readonly<Record<string, string>>;

const compiled = new Map<string, RegExp>();

/** The pattern of a slot, anchored at both ends. */
export function slotPattern(slot: Slot): RegExp {
  let regexp = compiled.get(slot.pattern);
  if (!regexp) {
    regexp = new RegExp(`^(?:${slot.pattern})$`, 'u');
    if (compiled.size < 1000) compiled.set(slot.pattern, regexp);
  }
  return regexp;
}

/** What is wrong with a template someone configured; empty when it can be used. */
export function checkTemplate(template: ReferenceTemplate): Finding[] {
  const findings: Finding[] = [];
  const say = (code: string, path: string, message: string) =>
    findings.push({ code: `template.${code}`, severity: 'error', path, message });
  if (template.slots.length === 0) say('empty', template.key, 'A template needs at least one element.');
  const seen = new Set<string>();
  template.slots.forEach((slot, i) => {
    if (seen.has(slot.name)) say('duplicate', slot.name, `The element ${slot.name} stands twice.`);
    if ((i === 0) !== (slot.separatorBefore === ''))
      say('separator', slot.name, 'The first element has no separator before it, every other has one.');
    if (i === 0 && !slot.required) say('optionalFirst', slot.name, 'The first element can not be optional.');
    try {
      slotPattern(slot);
    } catch {
      say('pattern', slot.name, `The pattern of ${slot.name} is not a regular expression.`);
    }
    for (const name of slot.counterScope ?? [])
      if (!seen.has(name))
        say('scope', slot.name, `${slot.name} counts within ${name}, which does not come before it.`);
    if (!Number.isInteger(slot.pad) || slot.pad < 0 || slot.pad > 12)
      say('pad', slot.name, 'Padding is a whole number from 0 to 12.');
    seen.add(slot.name);
  });
  return findings;
}
