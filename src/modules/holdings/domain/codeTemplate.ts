import {
  checkTemplate,
  counts,
  defaultTemplates,
  elementsOf,
  parseReferenceCode,
  type ReferenceTemplate,
  slotsOf,
  type TemplateElement,
} from '#formats/reference-codes';
import { Refusal } from '#kernel/errors';

/** What a person sets of how codes are built. */
export interface TemplateInput {
  name: string;
  /** Null: of all fonds, of all categories. */
  fondsId: string | null;
  category: string | null;
  elements: readonly TemplateElement[];
}

/** Keys of standards' forms that are offered as starting points, by what they are for. */
const STARTS = [
  { key: 'dat13-2022.item', category: 'WS', drop: [] },
  { key: 'dat22-2015.item', category: 'WS', drop: [] },
  { key: 'dat13-2022.volume', category: 'WS', drop: ['class2', 'class3', 'class4', 'project'] },
  { key: 'dat13-2022.project', category: 'KJ', drop: [] },
  { key: 'dat13-2022.accounting', category: 'KU', drop: [] },
  { key: 'dat13-2022.photo', category: 'ZP', drop: [] },
  { key: 'dat13-2022.item', category: 'LY', drop: ['class2', 'class3', 'class4', 'department'] },
  { key: 'dat13-2022.item', category: 'LX', drop: ['class2', 'class3', 'class4', 'department'] },
  { key: 'dat22-2000.item', category: 'WS', drop: [] },
  { key: 'dat13-1994.catalogue', category: 'WS', drop: [] },
] as const;

export interface StartingPoint {
  /** Of the standard's template. */
  key: string;
  basis: string;
  category: string;
  elements: TemplateElement[];
}

/** The standards' forms to begin from. */
export function startingPoints(): StartingPoint[] {
  return STARTS.flatMap(({ key, category, drop }) => {
    const of = defaultTemplates.find((t) => t.key === key);
    if (!of) return [];
    const dropped: readonly string[] = drop;
    const elements = elementsOf(of.slots).filter((e) => !dropped.includes(e.name));
    return [{ key, basis: of.basis, category, elements }];
  });
}

/**
 * The template a person describes.
 *
 * @throws Refusal `codeTemplate.*` naming the first thing that can not be so
 */
export function readTemplate(key: string, input: TemplateInput): ReferenceTemplate {
  const name = input.name.trim();
  if (name === '' || [...name].length > 200)
    throw new Refusal('codeTemplate.name', 'A template needs a name of at most 200 characters.', {
      field: 'name',
    });
  const category = input.category === null ? null : input.category.trim().toUpperCase();
  if (category !== null && !/^[A-Z]{2}$/.test(category))
    throw new Refusal('codeTemplate.category', 'A category is two letters.', { field: 'category' });
  const template = { key, label: name, basis: 'archive', slots: slotsOf(input.elements, category) };
  const wrong = checkTemplate(template)[0];
  if (wrong)
    throw new Refusal('codeTemplate.elements', wrong.message, { element: wrong.path, why: wrong.code });
  const first = input.elements[0]?.name;
  if (first !== 'fonds' && first !== 'category')
    throw new Refusal('codeTemplate.first', 'A reference code begins with the fonds or the category.');
  if (!input.elements.some((e) => counts(e.name) && e.name !== 'page'))
    throw new Refusal('codeTemplate.noNumber', 'A template needs a running number.');
  return template;
}

/** Whether a code made by a template is read as it was made; optional parts that look alike spoil that. */
export function readsBack(
  template: ReferenceTemplate,
  values: Record<string, string>,
  code: string,
): boolean {
  const read = parseReferenceCode(code, [template]).parsed;
  if (!read) return false;
  const made = template.slots.filter((s) => values[s.name] !== undefined && s.counterScope === null);
  return made.every((s) => read.slots[s.name] === values[s.name] || s.name === 'fonds');
}
