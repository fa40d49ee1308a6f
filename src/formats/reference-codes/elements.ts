import type { CodeLevel, Slot } from './template.ts';
import { elementPatterns as P } from './templates.ts';

/** The elements a reference code may be built of (standards reference 1.2) [S:WEN]. */
export const ELEMENTS = [
  'fonds', 'category', 'class2', 'class3', 'class4', 'project', 'catalogue', 'year', 'retention', 'department',
  'volume', 'group', 'item', 'page',
] as const; // biome-ignore format: a row of words
export type ElementName = (typeof ELEMENTS)[number];

/** An element as an archive places it in its codes; what it may hold and where it counts is the standard's. */
export interface TemplateElement {
  name: ElementName;
  /** Empty for the first alone. */
  separatorBefore: Slot['separatorBefore'];
  /** Digits a number is padded to; 0 for none. */
  pad: number;
  required: boolean;
}

const CLASS = `${P.subCategory}|[0-9]{2}`;
const PATTERNS: Record<ElementName, string> = {
  fonds: P.fonds,
  category: P.category,
  class2: CLASS,
  class3: CLASS,
  class4: CLASS,
  project: '[0-9A-Z]{1,12}',
  catalogue: P.catalogue,
  year: P.year,
  retention: P.retention,
  department: P.department,
  volume: P.number,
  group: P.number,
  item: P.number,
  page: P.number,
};
const LEVELS: Partial<Record<ElementName, CodeLevel>> = {
  fonds: 'fonds',
  volume: 'file',
  group: 'file',
  item: 'item',
  page: 'page',
};

/** Whether an element is a running number. */
export const counts = (name: ElementName): boolean => PATTERNS[name] === P.number;

/**
 * The slots of a template out of its elements: each number counts within all that stands before it.
 *
 * @param category the category the template is for; null when for any
 */
export function slotsOf(elements: readonly TemplateElement[], category: string | null): Slot[] {
  return elements.map(({ name, separatorBefore, pad, required }, i) => ({
    name,
    separatorBefore,
    pattern: name === 'category' && category ? category : PATTERNS[name],
    pad: counts(name) ? pad : 0,
    required,
    counterScope: counts(name) ? elements.slice(0, i).map((e) => e.name) : null,
    level: LEVELS[name] ?? 'series',
  }));
}

/** The elements of stored slots, for showing and for changing them. */
export function elementsOf(slots: readonly Slot[]): TemplateElement[] {
  return slots.flatMap(({ name, separatorBefore, pad, required }) => {
    const known = ELEMENTS.find((e) => e === name);
    return known ? [{ name: known, separatorBefore, pad, required }] : [];
  });
}
