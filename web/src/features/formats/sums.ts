import type { Category, HeldFormat, Risk } from './queries.ts';

export interface CategorySum {
  category: Category;
  files: number;
  bytes: number;
  byRisk: Record<Risk, number>;
  waiting: number;
}

/** Holdings by category, the largest first. */
export function sumsByCategory(formats: readonly HeldFormat[]): CategorySum[] {
  const sums = new Map<Category, CategorySum>();
  for (const { category, files, bytes, risk, waiting } of formats) {
    const sum = sums.get(category) ?? {
      category,
      files: 0,
      bytes: 0,
      waiting: 0,
      byRisk: { high: 0, medium: 0, low: 0 },
    };
    sum.files += files;
    sum.bytes += bytes;
    sum.waiting += waiting;
    sum.byRisk[risk] += files;
    sums.set(category, sum);
  }
  return [...sums.values()].sort((a, b) => b.files - a.files);
}

export interface Waiting {
  /** Files that would be converted here and now. */
  ready: number;
  failed: number;
  /** Files that wait for a tool, by its name; '' where none is known. */
  missing: Map<string, number>;
}

/** What the policy wants converted, and what hinders it. */
export function waitingOf(formats: readonly HeldFormat[]): Waiting {
  const found: Waiting = { ready: 0, failed: 0, missing: new Map() };
  for (const { waiting, failed, hindrance, tool, policy } of formats) {
    if (policy !== 'keep') found.failed += failed;
    if (hindrance === null) found.ready += waiting;
    else {
      const name = hindrance === 'noTool' ? '' : (tool ?? '');
      found.missing.set(name, (found.missing.get(name) ?? 0) + waiting);
    }
  }
  return found;
}
