import { gapsIn } from './arrange.ts';

/** What is missing before a year can be filed, or was when it was. */
export interface Missing {
  items: number;
  files: number;
  bytes: number;
  /** Each with how many, and the first of them. */
  gaps: MissingGroup[];
}

export const MISSING = [
  'noRetention',
  'noNumber',
  'noClass',
  'noFile',
  'metadata',
  'gap',
  'emptyLine',
  'noSchedule',
] as const;
export type MissingCode = (typeof MISSING)[number];

/** What has to be mended before a year is filed; the rest can be explained. */
const BLOCKING: ReadonlySet<MissingCode> = new Set(['noRetention', 'noNumber']);

export interface MissingGroup {
  code: MissingCode;
  blocking: boolean;
  count: number;
  examples: MissingExample[];
}

export interface MissingExample {
  /** The record, where it is one. */
  id: string | null;
  /** Its code or title; the scope of a gap; the number of a line. */
  label: string;
  /** The numbers of a gap, the fields that are empty, the matter of a line. */
  detail: string;
}

const SHOWN = 20;

/** Gathers what is missing, one finding after another, in constant memory. */
export function missingTally(totals: Pick<Missing, 'items' | 'files' | 'bytes'>) {
  const groups = new Map<MissingCode, MissingGroup>();
  return {
    note(code: MissingCode, example: MissingExample) {
      const group = groups.get(code) ?? { code, blocking: BLOCKING.has(code), count: 0, examples: [] };
      group.count++;
      if (group.examples.length < SHOWN) group.examples.push(example);
      groups.set(code, group);
    },
    told(): Missing {
      const gaps = MISSING.flatMap((code) => groups.get(code) ?? []);
      return { items: totals.items, files: totals.files, bytes: totals.bytes, gaps };
    },
  };
}

/** The runs of numbers missing in a class, as `3` or `5–8`. @param numbers ascending */
export function gapWords(numbers: readonly number[]): string[] {
  return gapsIn(numbers).map(([a, b]) => (a === b ? String(a) : `${a}–${b}`));
}

export const blocks = (missing: Missing): boolean => missing.gaps.some((g) => g.blocking);
