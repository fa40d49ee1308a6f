import { formatReferenceCode, type SlotInput } from './format.ts';
import { parseReferenceCode } from './parse.ts';
import type { CodeLevel, ReferenceTemplate, Slot } from './template.ts';
import { defaultTemplates, templateByKey } from './templates.ts';

/** The standard's form for a category, where an archive has set none of its own: by project, group, volume or item. */
export function standardTemplate(category: string | undefined, level: CodeLevel): ReferenceTemplate {
  const key =
    category === 'KU'
      ? 'dat13-2022.accounting'
      : category === 'KJ'
        ? 'dat13-2022.project'
        : category === 'ZP'
          ? 'dat13-2022.photo'
          : level === 'item' && (category === undefined || ITEM_CATEGORIES.has(category))
            ? 'dat13-2022.item'
            : 'dat13-2022.volume';
  return templateByKey(key) ?? defaultTemplates[0]!;
}

/** What is usually arranged by item (standards reference 1.6) [S:WEN]. */
const ITEM_CATEGORIES: ReadonlySet<string> = new Set(['WS', 'LY', 'LX', 'SJ', 'YJ', 'WY', 'MT', 'SW']);

/** The running number of a code at a level: the last that counts there. Pages are numbered by hand. */
export function counterAt(template: ReferenceTemplate, level: CodeLevel): Slot | undefined {
  return template.slots.findLast((s) => s.counterScope !== null && s.level === level);
}

/** The code of the nth of a class: what stands behind the number is left out. @throws Refusal referenceCode.* */
export function codeOf(template: ReferenceTemplate, counter: Slot, values: SlotInput, n: number): string {
  const slots = template.slots.slice(0, template.slots.indexOf(counter) + 1);
  // A number that counts is there even where the code could do without.
  const full = slots.map((s) => (s === counter ? { ...s, required: true } : s));
  return formatReferenceCode({ ...values, [counter.name]: n }, { ...template, slots: full });
}

/** What the code of the entry above says of the elements; nothing where the template does not read it. */
export function valuesAbove(template: ReferenceTemplate, code: string | null): Record<string, string> {
  if (!code) return {};
  // The code above ends before the last number, whether or not that is demanded.
  for (let n = template.slots.length; n > 0; n--) {
    const slots = template.slots.slice(0, n);
    const read = parseReferenceCode(code, [{ ...template, slots }]).parsed;
    if (read) return { ...read.slots };
  }
  return {};
}
