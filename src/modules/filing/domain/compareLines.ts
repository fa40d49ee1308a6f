import type { ScheduleLine } from './scheduleLine.ts';

/** What of a line is compared: not its number, which moves when a line is put in above. */
export const COMPARED = [
  'matter',
  'retention',
  'classCode',
  'className',
  'category',
  'department',
  'due',
  'note',
] as const;
export type ComparedField = (typeof COMPARED)[number];
type Compared = Pick<ScheduleLine, ComparedField | 'number'>;

export interface LineDifference {
  kind: 'added' | 'removed' | 'changed';
  /** Key of the line, as the later list has it; of the earlier where it is gone. */
  key: string;
  before: Compared | null;
  after: Compared | null;
  /** What differs; empty but for `changed`. */
  fields: ComparedField[];
  /** Kept for a shorter time than before: what a supervisor looks at first. */
  shorter: boolean;
}

/** A line in a comparison, by what makes it the same line on both sides. */
export interface Comparable extends Compared {
  key: string;
}

/**
 * How a list of lines differs from an earlier one: what was changed and added, in the order of the later list, then what is
 * gone.
 */
export function compareLines(before: readonly Comparable[], after: readonly Comparable[]): LineDifference[] {
  const earlier = new Map(before.map((l) => [l.key, l]));
  const differences: LineDifference[] = [];
  for (const line of after) {
    const old = earlier.get(line.key);
    earlier.delete(line.key);
    if (!old) {
      differences.push({
        kind: 'added',
        key: line.key,
        before: null,
        after: line,
        fields: [],
        shorter: false,
      });
      continue;
    }
    const fields = COMPARED.filter((f) => (old[f] ?? '') !== (line[f] ?? ''));
    if (fields.length === 0) continue;
    const shorter = yearsOf(line.retention) < yearsOf(old.retention);
    differences.push({ kind: 'changed', key: line.key, before: old, after: line, fields, shorter });
  }
  for (const old of earlier.values())
    differences.push({ kind: 'removed', key: old.key, before: old, after: null, fields: [], shorter: false });
  return differences;
}

/** Lines that came from a template, by its keys; lines of the agency's own are new to it. */
export function byTemplate(lines: readonly ScheduleLine[]): Comparable[] {
  const seen = new Set<string>();
  return lines.map((line) => {
    const own = line.templateKey === null || seen.has(line.templateKey);
    if (line.templateKey !== null) seen.add(line.templateKey);
    return { ...line, key: own ? `own:${line.key}` : (line.templateKey ?? line.key) };
  });
}

function yearsOf(retention: string): number {
  return retention === 'Y' ? Number.POSITIVE_INFINITY : Number(retention.slice(1));
}
