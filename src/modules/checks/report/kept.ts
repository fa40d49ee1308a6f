import type { Sql } from '#kernel/db';
import type { Language } from '#kernel/wording';
import type { CheckReport } from '../queries/report.ts';
import { findingsOfRun } from '../store/results.ts';
import { jsonReport, runFacts } from './json.ts';
import { sentence } from './words.ts';
import { xmlReport } from './xml.ts';

/** What a check came to, as it is kept with what was checked. */
export interface KeptReport {
  /** Of the whole: the run, its scheme, how every item stands and what people answered, without names of findings. */
  summary: Record<string, unknown>;
  /** What was found of one object, by its reference code. */
  about(object: string): readonly Record<string, unknown>[];
  /** The whole report, as it can be downloaded. */
  json(): Promise<string>;
  xml(): Promise<string>;
}

/** A report is as large as its findings; beyond this the first of it says less than the database, and none is kept. */
const LARGEST = 8 * 2 ** 20;

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    if (text.length > LARGEST) return '';
  }
  return text;
}

/** Gathers a report to be kept. Findings are held in memory: a thousand an item at the most. */
export async function keptReport(db: Sql, report: CheckReport, language: Language): Promise<KeptReport> {
  const { startedAt, finishedAt, operator, id, stage, profile, schemeVersion, verdict, units, files, bytes } =
    runFacts(report);
  const of = Map.groupBy(await findingsOfRun(db, id), (f) => f.object);
  return {
    summary: {
      check: id,
      stage,
      profile,
      schemeVersion,
      verdict,
      operator,
      startedAt,
      finishedAt,
      records: units,
      files,
      bytes,
      items: report.items.map(({ item, result, standing, answer }) => ({
        slug: item.slug,
        code: item.code,
        severity: item.severity,
        state: result?.state ?? null,
        standing,
        ...(result?.faults ? { faults: result.faults } : {}),
        ...(answer ? { answer: { verdict: answer.verdict, reason: answer.reason, by: answer.byName } } : {}),
      })),
    },
    about: (object) =>
      (of.get(object) ?? []).map((f) => {
        const { slug, note, path, message } = f;
        return { item: slug, note, path, message, words: sentence(f, language) };
      }),
    json: () => whole(jsonReport(db, report, language)),
    xml: () => whole(xmlReport(db, report, language)),
  };
}
