import type { Description } from './unit.ts';

/** Elements of the description that are found by search; places and housekeeping are not. */
const SEARCHED = [
  'dept',
  'genre',
  'mainTo',
  'copyTo',
  'subjects',
  'keywords',
  'persons',
  'abstract',
  'scope',
  'history',
  'note',
] as const;

/**
 * Columns that say nothing of the record: what counts the rows of a list, and what a list calls open, which is filtered by
 * once it has been decided.
 */
const BESIDE =
  /^(序号|序號|顺序号|順序號|流水号|流水號|行号|行號|no\.?|nr\.?|#|row|line|(开放|開放)(标识|標識|状态|狀態|情况|情況)|是否(开放|開放)|accessstatus)$/i;

/** The searched parts of a description, free elements included. */
export function searchedParts(description: Description): string[] {
  const values: Partial<Record<string, unknown>> = description;
  const parts = SEARCHED.map((k) => values[k]);
  for (const [heading, value] of Object.entries(description.extra ?? {}))
    if (!BESIDE.test(heading.replace(/\s/g, ''))) parts.push(value);
  return parts.filter((x): x is string => typeof x === 'string');
}
