import type { Sql } from '#kernel/db';
import { type Language, t } from '#kernel/wording';
import type { CheckReport, ReportItem } from '../queries/report.ts';
import { NATURES } from '../rules/rule.ts';
import { findingPage } from '../store/results.ts';
import { itemName, memoWords, reasonWords, sentence } from './words.ts';

const PAGE = 500;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters XML 1.0 can not hold are replaced. */
const escaped = (text: string) =>
  text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"]/g, (c) => ESCAPES[c] ?? c);

type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;
const open = (name: string, attributes: Attributes) =>
  `<${name}${Object.entries(attributes)
    .filter(([, v]) => v !== null && v !== undefined && v !== '')
    .map(([k, v]) => ` ${k}="${escaped(String(v))}"`)
    .join('')}>`;
const leaf = (name: string, text: string) => (text === '' ? '' : `<${name}>${escaped(text)}</${name}>`);

/** The report as XML, in the layout products use: package, check of a nature, item with name, purpose, method, result, memo. */
export async function* xmlReport(db: Sql, report: CheckReport, language: Language): AsyncGenerator<string> {
  const { run } = report;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<checkReport version="1" language="${language}">\n`;
  yield `${open('package', {
    id: run.id,
    name: run.title,
    stage: run.stage,
    category: run.category,
    profile: run.profile,
    schemeVersion: run.schemeVersion,
    verdict: run.verdict,
    records: run.units,
    files: run.files,
    bytes: run.bytes,
    operator: run.startedByName,
    startedAt: run.startedAt?.toISOString(),
    finishedAt: run.finishedAt?.toISOString(),
  })}\n`;
  for (const nature of NATURES) {
    yield `<check nature="${nature}" name="${escaped(t(language, `check.nature.${nature}`))}">\n`;
    for (const item of report.items) if (item.nature === nature) yield* itemXml(db, run.id, item, language);
    yield '</check>\n';
  }
  yield '</package>\n</checkReport>\n';
}

async function* itemXml(
  db: Sql,
  runId: string,
  { item, method, result, answer, standing }: ReportItem,
  language: Language,
): AsyncGenerator<string> {
  yield open('item', {
    slug: item.slug,
    code: item.code,
    severity: item.severity,
    must: item.must,
    sample: item.sample,
    how: method,
    state: result?.state,
    standing,
    judged: result?.judged,
    faults: result?.faults,
    notes: result?.notes,
  });
  yield leaf('name', itemName(item.slug, language));
  yield leaf('purpose', t(language, `check.purpose.${item.slug}`));
  yield leaf('method', t(language, `check.method.${item.slug}`));
  yield leaf('result', result ? t(language, `check.state.${result.state}`) : '');
  yield leaf('reason', reasonWords(result?.reason ?? null, language));
  yield leaf('memo', memoWords(result?.memo ?? {}, language));
  if (answer)
    yield `${open('answer', { verdict: answer.verdict, by: answer.byName, at: answer.at.toISOString() })}${escaped(answer.reason)}</answer>`;
  for (let after = -1; ; ) {
    const rows = await findingPage(db, { runId, slug: item.slug, after, limit: PAGE });
    for (const f of rows) {
      const { object, path, note, message } = f;
      yield `\n${open('finding', { object, path, note, message })}${escaped(sentence(f, language))}</finding>`;
      after = f.seq;
    }
    if (rows.length < PAGE) break;
  }
  yield '</item>\n';
}
