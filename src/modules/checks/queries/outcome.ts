import type { Sql } from '#kernel/db';
import type { ItemResult, Verdict } from '../domain/result.ts';
import { standingOf } from '../domain/verdict.ts';
import type { Slug } from '../rules/slugs.ts';
import { answersOf, type ResultRow, resultsOf } from '../store/results.ts';
import { type RunRow, runById } from '../store/runs.ts';

/** What a check came to, for who has to act on it. */
export interface Outcome {
  id: string;
  verdict: Verdict;
  /** Items that keep it from being qualified. */
  failed: readonly Slug[];
  /** Items that wait for a person's word. */
  awaited: readonly Slug[];
  /** Of the failed, those a machine had to look at and did not. */
  notPerformed: readonly Slug[];
  /** Faults of the failed items, and of those that only warn. */
  faults: number;
  warnings: number;
}

/** @returns undefined where the run is not there or not over */
export async function outcomeOf(db: Sql, id: string): Promise<Outcome | undefined> {
  const run = await runById(db, id);
  if (run?.state !== 'done' || run.verdict === null) return undefined;
  return outcomeBy(run, run.verdict, await resultsOf(db, id), await answersOf(db, id));
}

export function outcomeBy(
  run: Pick<RunRow, 'id' | 'items'>,
  verdict: Verdict,
  results: ReadonlyMap<Slug, ResultRow | ItemResult>,
  answers: Awaited<ReturnType<typeof answersOf>>,
): Outcome {
  const failed: Slug[] = [];
  const awaited: Slug[] = [];
  const notPerformed: Slug[] = [];
  let [faults, warnings] = [0, 0];
  for (const item of run.items) {
    const result = results.get(item.slug);
    const state = result?.state ?? 'notPerformed';
    const standing = standingOf(item, { state }, answers.get(item.slug));
    if (standing === 'failed') failed.push(item.slug);
    if (standing === 'awaited') awaited.push(item.slug);
    if (standing === 'failed' && state === 'notPerformed') notPerformed.push(item.slug);
    if (state !== 'failed') continue;
    if (item.severity === 'block') faults += result?.faults ?? 0;
    else if (item.severity === 'warn') warnings += result?.faults ?? 0;
  }
  return { id: run.id, verdict, failed, awaited, notPerformed, faults, warnings };
}
