import { type Actor, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { mayConfirm, maySee, mayWrite, noRun } from '../commands/reach.ts';
import type { ChecksDeps } from '../deps.ts';
import type { SchemeItem } from '../domain/scheme.ts';
import { mayAnswer, type Standing, standingOf } from '../domain/verdict.ts';
import { ruleOf } from '../rules/index.ts';
import type { Nature, Rule } from '../rules/rule.ts';
import {
  type AnswerRow,
  answersOf,
  type FindingRow,
  findingPage,
  type ResultRow,
  resultsOf,
} from '../store/results.ts';
import { type RunRow, runById, runPage } from '../store/runs.ts';

/** One item of a run: what was asked, what came of it, what was said of it. */
export interface ReportItem {
  item: SchemeItem;
  nature: Nature;
  method: Rule['method'];
  /** Null while it runs. */
  result: ResultRow | null;
  answer: AnswerRow | null;
  standing: Standing;
  /** Whether this actor may answer it. */
  mayAnswer: boolean;
}

export interface CheckReport {
  run: RunRow;
  items: ReportItem[];
}

/** @throws Refusal check.notFound */
export async function reportOf(deps: Pick<ChecksDeps, 'db'>, actor: Actor, id: string): Promise<CheckReport> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const run = await runById(tx, id);
    if (!run || !maySee(actor, run)) throw noRun();
    const [results, answers] = [await resultsOf(tx, id), await answersOf(tx, id)];
    const writes = mayWrite(actor, run) || mayConfirm(actor, run);
    return {
      run,
      items: run.items.map((item): ReportItem => {
        const result = results.get(item.slug) ?? null;
        const answer = answers.get(item.slug) ?? null;
        const { nature, method: usual } = ruleOf(item.slug);
        const method = item.method ?? usual;
        const may = result !== null && writes && mayAnswer(item, result);
        return {
          item,
          nature,
          method,
          result,
          answer,
          standing: standingOf(item, result ?? { state: 'notPerformed' }, answer ?? undefined),
          mayAnswer: may && (result.state !== 'failed' || mayConfirm(actor, run)),
        };
      }),
    };
  });
}

export async function findingsOf(
  deps: Pick<ChecksDeps, 'db'>,
  actor: Actor,
  o: { id: string; slug: string; cursor: string | undefined; limit: number },
): Promise<{ items: FindingRow[]; next: string | null }> {
  const after = o.cursor ? Number(decodeCursor(o.cursor, ['number'])[0]) : -1;
  return deps.db.as(scopeOf(actor), async (tx) => {
    const run = await runById(tx, o.id);
    if (!run || !maySee(actor, run)) throw noRun();
    const rows = await findingPage(tx, { runId: o.id, slug: o.slug, after, limit: o.limit + 1 });
    const items = rows.slice(0, o.limit);
    return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)?.seq ?? 0]) : null };
  });
}

/** Checks in reach, the newest first. */
export async function runsInReach(
  deps: Pick<ChecksDeps, 'db'>,
  actor: Actor,
  o: { archiveId?: string; about?: string; aboutId?: string; cursor?: string; limit: number },
): Promise<{ items: RunRow[]; next: string | null }> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const items: RunRow[] = [];
    let before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
    // Row-level security leaves whole archives; what a post does not reach of one is passed over here.
    for (;;) {
      const rows = await runPage(tx, { ...o, before, limit: o.limit + 1 });
      for (const run of rows) {
        if (!maySee(actor, run)) continue;
        if (items.length === o.limit) return { items, next: encodeCursor([items.at(-1)?.id ?? '']) };
        items.push(run);
      }
      if (rows.length <= o.limit) return { items, next: null };
      before = rows.at(-1)?.id;
    }
  });
}
