import { Refusal } from '#kernel/errors';
import { type CodeLevel, type ReferenceTemplate, type Slot, slotPattern } from './template.ts';

/** Values for a code: a number is padded as the template says, a string is taken as it stands. */
export type SlotInput = Readonly<Record<string, string | number | undefined>>;

function textOf(slot: Slot, values: SlotInput): string | undefined {
  const value = values[slot.name];
  if (value === undefined || value === '') return undefined;
  return typeof value === 'number' ? String(value).padStart(slot.pad, '0') : value;
}

/**
 * Builds a reference code. `format(parse(code))` gives the code back.
 *
 * @throws Refusal `referenceCode.missingElement` or `referenceCode.badElement` (detail: element).
 */
export function formatReferenceCode(values: SlotInput, template: ReferenceTemplate): string {
  let code = '';
  for (const slot of template.slots) {
    const text = textOf(slot, values);
    if (text === undefined) {
      if (slot.required)
        throw new Refusal('referenceCode.missingElement', `The reference code lacks its ${slot.name}.`, {
          element: slot.name,
        });
      continue;
    }
    if (!slotPattern(slot).test(text))
      throw new Refusal(
        'referenceCode.badElement',
        `"${text}" can not be the ${slot.name} of a reference code.`,
        {
          element: slot.name,
        },
      );
    code += slot.separatorBefore + text;
  }
  return code;
}

/**
 * The scope within which a counter slot runs 1, 2, 3 …, as a string to lock and to store the counter under. Absent
 * optional elements are part of it, so that a class with and one without a department count apart.
 *
 * @throws Refusal `referenceCode.noCounter` when the slot does not count.
 */
export function counterScopeKey(template: ReferenceTemplate, slotName: string, values: SlotInput): string {
  const slot = template.slots.find((s) => s.name === slotName);
  if (!slot?.counterScope)
    throw new Refusal('referenceCode.noCounter', `${slotName} is not a running number.`, {
      element: slotName,
    });
  const scope = slot.counterScope;
  const parts = template.slots
    .filter((s) => scope.includes(s.name))
    .map((s) => `${s.name}=${textOf(s, values) ?? ''}`);
  return `${template.key}:${slotName}|${parts.join('|')}`;
}

export interface AncestorCode {
  readonly level: CodeLevel;
  readonly code: string;
}

/**
 * The codes above one code, outermost first and without itself: fonds, class, file. For
 * `J019-KU·01·2017-001-001` these are `J019`, `J019-KU·01·2017`, `J019-KU·01·2017-001`.
 */
export function ancestorCodes(values: SlotInput, template: ReferenceTemplate): AncestorCode[] {
  const above: AncestorCode[] = [];
  let code = '';
  let level: CodeLevel | null = null;
  for (const slot of template.slots) {
    const text = textOf(slot, values);
    if (text === undefined) continue;
    if (level !== null && slot.level !== level) above.push({ level, code });
    code += slot.separatorBefore + text;
    level = slot.level;
  }
  return above;
}
