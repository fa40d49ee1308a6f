import { printReport, type ReportSection } from '#formats/print';
import type { Sql } from '#kernel/db';
import { type Language, type MessageKey, t } from '#kernel/wording';
import type { CheckReport, ReportItem } from '../queries/report.ts';
import { NATURES } from '../rules/rule.ts';
import { findingPage } from '../store/results.ts';
import { itemName, memoWords, reasonWords, sentence } from './words.ts';

/** Findings of one item that are printed; JSON and XML have all that were kept. */
const PRINTED = 20;

/** The report as a paper: the whole, then item by item in the order of the natures. */
export async function pdfReport(
  db: Sql,
  report: CheckReport,
  o: { language: Language; timeZone: string },
): Promise<Buffer> {
  const { run } = report;
  const { language } = o;
  const word = (key: MessageKey) => t(language, key);
  const at = run.finishedAt ?? run.createdAt;
  return printReport({
    language,
    at,
    title: word('check.reportTitle'),
    name: run.title,
    author: 'Lantai 蘭台',
    verdict: run.verdict === null ? '' : `${word('check.verdict')}: ${word(`check.verdict.${run.verdict}`)}`,
    facts: [
      [word('check.stage'), word(`check.stage.${run.stage}`)],
      [word('check.scheme'), schemeWords(report, language)],
      [word('check.units'), run.units.toLocaleString('en-US')],
      [word('check.files'), run.files.toLocaleString('en-US')],
      [word('check.bytes'), run.bytes.toLocaleString('en-US')],
      [word('check.operator'), run.startedByName],
      [word('check.finishedAt'), when(at, language, o.timeZone)],
    ],
    sections: sections(db, report, language, o.timeZone),
  });
}

const schemeWords = ({ run }: CheckReport, language: Language) =>
  run.schemeVersion === 0
    ? t(language, 'check.schemeShipped')
    : t(language, 'check.schemeVersion', {
        name: t(language, `check.stage.${run.stage}`),
        n: run.schemeVersion,
      });

async function* sections(
  db: Sql,
  { run, items }: CheckReport,
  language: Language,
  timeZone: string,
): AsyncGenerator<ReportSection> {
  for (const nature of NATURES)
    for (const item of items)
      if (item.nature === nature) yield await section(db, run.id, item, language, timeZone);
}

async function section(
  db: Sql,
  runId: string,
  { item, nature, method, result, answer, standing }: ReportItem,
  language: Language,
  timeZone: string,
): Promise<ReportSection> {
  const some = await findingPage(db, { runId, slug: item.slug, after: -1, limit: PRINTED });
  const left = (result?.faults ?? 0) + (result?.notes ?? 0) - some.length;
  const said = answer
    ? `${t(language, answer.verdict === 'yes' ? 'check.answerYes' : 'check.answerNo')}: ${answer.reason} (${t(language, 'check.answeredBy', { name: answer.byName, at: when(answer.at, language, timeZone) })})`
    : '';
  const state = result ? t(language, `check.state.${result.state}`) : '';
  const ends =
    standing === 'passed' && result?.state === 'passed' ? '' : t(language, `check.standing.${standing}`);
  return {
    heading: `${item.code ?? ''} ${itemName(item.slug, language)}`.trim(),
    aside: [
      t(language, `check.nature.${nature}`),
      t(language, `check.how.${method}`),
      state,
      ends === state ? '' : ends,
      result ? t(language, 'check.judged', { n: result.judged }) : '',
    ]
      .filter((w) => w !== '')
      .join(' · '),
    advice: [
      `${t(language, 'check.purpose')}: ${t(language, `check.purpose.${item.slug}`)}`,
      `${t(language, 'check.method')}: ${t(language, `check.method.${item.slug}`)}`,
      reasonWords(result?.reason ?? null, language),
      memoWords(result?.memo ?? {}, language),
      said,
    ]
      .filter((w) => w !== '')
      .join('\n'),
    lines: some.map((f) => ({
      place: [f.object, f.path].filter((w) => w !== '').join(' · '),
      words: sentence(f, language),
    })),
    more: left > 0 ? t(language, 'check.moreFindings', { n: left }) : '',
  };
}

function when(at: Date, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at);
}
