import type { Sql } from '#kernel/db';
import type { Language } from '#kernel/wording';
import type { CheckReport, ReportItem } from '../queries/report.ts';
import { NATURES } from '../rules/rule.ts';
import { findingPage } from '../store/results.ts';
import { itemName, memoWords, reasonWords, sentence } from './words.ts';

const PAGE = 500;

/** What is told of one item in every form of the report. */
export function itemFacts(
  { item, nature, method, result, answer, standing }: ReportItem,
  language: Language,
) {
  return {
    slug: item.slug,
    code: item.code,
    name: itemName(item.slug, language),
    nature,
    method,
    severity: item.severity,
    must: item.must,
    sample: item.sample,
    parameters: item.parameters,
    state: result?.state ?? null,
    standing,
    reason: result?.reason ? { ...result.reason, words: reasonWords(result.reason, language) } : null,
    judged: result?.judged ?? 0,
    faults: result?.faults ?? 0,
    notes: result?.notes ?? 0,
    memo: result?.memo ?? {},
    memoWords: memoWords(result?.memo ?? {}, language),
    answer: answer && {
      verdict: answer.verdict,
      reason: answer.reason,
      by: answer.byName,
      at: answer.at.toISOString(),
    },
  };
}

export function runFacts({ run }: CheckReport) {
  const { id, title, about, stage, category, profile, schemeVersion, verdict, units, files, bytes } = run;
  return {
    id,
    title,
    about,
    stage,
    category,
    profile,
    schemeVersion,
    schemeId: run.schemeId,
    verdict,
    units,
    files,
    bytes,
    hashingMs: Math.round(run.hashingMs),
    identifyingMs: Math.round(run.identifyingMs),
    operator: run.startedByName,
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}

/** The whole report with every finding that was kept, piece by piece: package, nature, item, findings. */
export async function* jsonReport(db: Sql, report: CheckReport, language: Language): AsyncGenerator<string> {
  const head = JSON.stringify(
    { format: 'lantai-check-report', formatVersion: 1, ...runFacts(report) },
    null,
    1,
  );
  yield `${head.slice(0, -2)},\n "checks": [`;
  let first = true;
  for (const nature of NATURES) {
    yield `${first ? '' : ','}\n  { "nature": "${nature}", "items": [`;
    first = false;
    let isFirstItem = true;
    for (const item of report.items.filter((i) => i.nature === nature)) {
      yield `${isFirstItem ? '' : ','}\n   ${JSON.stringify(itemFacts(item, language)).slice(0, -1)},"findings":[`;
      isFirstItem = false;
      yield* findings(db, report.run.id, item.item.slug, language);
      yield ']}';
    }
    yield ']}';
  }
  yield '\n ]\n}\n';
}

async function* findings(db: Sql, runId: string, slug: string, language: Language): AsyncGenerator<string> {
  let after = -1;
  for (;;) {
    const rows = await findingPage(db, { runId, slug, after, limit: PAGE });
    for (const { seq, slug: _, ...f } of rows) {
      yield `${after < 0 ? '' : ','}\n    ${JSON.stringify({ ...f, words: sentence(f, language) })}`;
      after = seq;
    }
    if (rows.length < PAGE) return;
  }
}
