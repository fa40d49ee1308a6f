import type { Slug } from '../rules/slugs.ts';
import type { Answer, ItemResult, Verdict } from './result.ts';
import type { SchemeItem } from './scheme.ts';

/** How an item stands once people's answers are counted. */
export type Standing = 'passed' | 'failed' | 'awaited' | 'without';

/** Whether a person's word can settle an item that stands so; a machine that has to look is no person's to stand in for. */
export function mayAnswer(item: SchemeItem, result: Pick<ItemResult, 'state'>): boolean {
  switch (result.state) {
    case 'open':
      return true;
    case 'notPerformed':
      return !item.must;
    case 'failed':
      // A fault of a blocking item is no matter of opinion; one that warns is confirmed with a reason, or not.
      return item.severity !== 'block';
    case 'passed':
      return item.method === 'confirmed';
    default:
      return false;
  }
}

/** How one item stands. An item for information alone holds nothing up, unless a machine had to look at it. */
export function standingOf(
  item: SchemeItem,
  result: Pick<ItemResult, 'state'>,
  answer: Answer | undefined,
): Standing {
  if (result.state === 'notApplicable') return 'passed';
  if (result.state === 'passed' && item.method !== 'confirmed') return 'passed';
  if (result.state === 'notPerformed' && item.must) return 'failed';
  if (answer && mayAnswer(item, result)) {
    if (answer.verdict === 'yes') return 'passed';
    return item.severity === 'info' ? 'without' : 'failed';
  }
  if (item.severity === 'info') return 'without';
  return result.state === 'failed' && item.severity === 'block' ? 'failed' : 'awaited';
}

/**
 * The result of the whole: 合格 only when every blocking item passes, every warning is confirmed with a reason, every manual
 * item answered, and all that a machine had to look at was looked at. An item without a result was not performed.
 */
export function verdictOf(
  items: readonly SchemeItem[],
  results: ReadonlyMap<Slug, Pick<ItemResult, 'state'>>,
  answers: ReadonlyMap<Slug, Answer>,
): Verdict {
  let verdict: Verdict = 'qualified';
  for (const item of items) {
    const result = results.get(item.slug) ?? { state: 'notPerformed' as const };
    const standing = standingOf(item, result, answers.get(item.slug));
    if (standing === 'failed') return 'unqualified';
    if (standing === 'awaited') verdict = 'open';
  }
  return verdict;
}
