import { printReport, type ReportSection } from '#formats/print';
import type { Sql } from '#kernel/db';
import { isMessageKey, type Language, t } from '#kernel/wording';
import { worthTelling } from '../domain/plain.ts';
import { formatCounts, insideOf } from '../store/entries.ts';
import type { Examination } from '../store/examinations.ts';
import { type FindingGroup, findingGroups, findingPage } from '../store/findings.ts';
import { insideFacts } from './inside.ts';
import { verdictOf } from './verdict.ts';

/** Findings of one rule that are printed; the JSON has all that were kept. */
const PRINTED = 30;
const FORMATS = 30;

/** The report as a paper, in a language. */
export async function pdfReport(
  db: Sql,
  e: Examination,
  o: { language: Language; timeZone: string },
): Promise<Buffer> {
  const groups = worthTelling(e.kind, await findingGroups(db, e.id));
  const formats = await formatCounts(db, e.id, FORMATS);
  const { language } = o;
  const inside = e.kind === 'file' ? await insideOf(db, e.id, 1) : null;
  const at = e.finishedAt ?? e.createdAt;
  const sum = (severity: string) =>
    groups.filter((g) => g.severity === severity).reduce((n, g) => n + g.count, 0);
  return printReport({
    title: t(language, 'examination.reportTitle'),
    name: e.name,
    language,
    at,
    author: 'Lantai 蘭台',
    verdict: t(language, verdictOf(e), { errors: sum('error'), warnings: sum('warning') }),
    facts: [
      [t(language, 'examination.kind'), kindWords(e, language)],
      [t(language, 'examination.checkedAt'), when(at, language, o.timeZone)],
      [t(language, 'examination.files'), String(e.files)],
      [t(language, 'examination.bytes'), String(e.bytes)],
      [t(language, 'examination.entries'), String(e.listed + e.unlisted)],
      [
        t(language, 'examination.formats'),
        formats
          .map(
            (f) =>
              `${f.puid === null ? t(language, 'examination.formatUnknown') : `${f.name} ${f.version} (${f.puid})`}: ${f.files}`,
          )
          .join('; '),
      ],
      ...(inside ? insideFacts(inside, language) : []),
    ],
    sections: sections(db, e, groups, language),
  });
}

async function* sections(
  db: Sql,
  e: Examination,
  groups: readonly FindingGroup[],
  language: Language,
): AsyncGenerator<ReportSection> {
  for (const group of groups) {
    const some = await findingPage(db, {
      examinationId: e.id,
      code: group.code,
      severity: group.severity,
      after: -1,
      limit: PRINTED,
    });
    const left = group.count - some.length;
    const rule = `rule.${group.code}`;
    const said = isMessageKey(rule) ? t(language, rule) : '';
    yield {
      heading: t(language, `finding.${group.family}.title`),
      aside: `${t(language, `examination.severity.${group.severity}`)} · ${group.code} · ${group.count}`,
      advice: [said, t(language, `finding.${group.family}.todo`)].filter((words) => words !== '').join('\n'),
      // The checks' own words are English: for others the rule in their language stands above.
      lines: some.map((f) => ({
        place: f.path || t(language, 'examination.whole'),
        words: language === 'en' || said === '' ? f.message : '',
      })),
      more: left > 0 ? t(language, 'examination.more', { n: left }) : '',
    };
  }
}

function kindWords(e: Examination, language: Language): string {
  const key = `examination.kind.${e.kind ?? 'unknown'}`;
  const name = isMessageKey(key) ? t(language, key) : (e.kind ?? '');
  return e.what === null || e.kind === 'file' || language !== 'en' ? name : `${name} (${e.what})`;
}

function when(at: Date, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at);
}
