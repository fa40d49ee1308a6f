import type { CodeElement } from '../../api/shapes.ts';

export const ELEMENTS = [
  'fonds', 'category', 'class2', 'class3', 'class4', 'project', 'catalogue', 'year', 'retention', 'department',
  'volume', 'group', 'item', 'page',
] as const satisfies readonly CodeElement['name'][]; // biome-ignore format: a row of words

const NUMBERS: ReadonlySet<string> = new Set(['volume', 'group', 'item', 'page']);

/** Whether an element is a running number. */
export const counts = (name: string): boolean => NUMBERS.has(name);

/** What a template is tried with until something else is typed; optional classes are left out. */
export function sampleOf(name: CodeElement['name'], required: boolean, year: number): string {
  if (!required && name !== 'retention') return '';
  const samples: Partial<Record<CodeElement['name'], string>> = {
    year: String(year),
    retention: 'Y',
    class2: 'JJ',
    project: '01',
    catalogue: '001',
    department: 'BGS',
    volume: '001',
    group: '001',
  };
  return samples[name] ?? '';
}

/** A template's form in words: `[…]` may be left out, a number shows its digits. */
export function shapeOf(
  elements: readonly CodeElement[],
  nameOf: (name: CodeElement['name']) => string,
): string {
  return elements
    .map((e) => {
      const digits = counts(e.name) && e.pad > 0 ? `(${e.pad})` : '';
      const text = `${e.separatorBefore}${nameOf(e.name)}${digits}`;
      return e.required ? text : `[${text}]`;
    })
    .join('');
}

/** The levels a template numbers, the highest first. */
export function levelsOf(elements: readonly CodeElement[]): ('file' | 'item')[] {
  const names = new Set(elements.map((e) => e.name));
  const levels: ('file' | 'item')[] = [];
  if (names.has('volume') || names.has('group')) levels.push('file');
  if (names.has('item')) levels.push('item');
  return levels;
}

/** An element moved by some places; the first has no separator and can not be left out. */
export function moved(elements: readonly CodeElement[], at: number, by: number): CodeElement[] {
  const list = [...elements];
  const [one] = list.splice(at, 1);
  if (one) list.splice(at + by, 0, one);
  return settled(list);
}

/** With separators where they belong. */
export function settled(elements: readonly CodeElement[]): CodeElement[] {
  return elements.map((e, i) =>
    i === 0
      ? { ...e, separatorBefore: '', required: true }
      : { ...e, separatorBefore: e.separatorBefore === '' ? '-' : e.separatorBefore },
  );
}
