import { isMessageKey, type Language, t } from '#kernel/wording';
import type { DrillRow } from '#modules/backup';
import { type Html, html } from '../portal/html.ts';

/** What is to be concluded from a drill, in one sentence. */
export function conclusionOf(l: Language, d: DrillRow): string {
  if (d.endedAt === null) return t(l, 'backup.report.running');
  if (d.equal === null) return t(l, 'backup.report.unknown');
  if (!d.equal) return t(l, 'backup.report.failed');
  return t(
    l,
    d.findings.some((f) => f.severity === 'error') ? 'backup.report.trouble' : 'backup.report.passed',
  );
}

/** What was found, in the reader's words; what the machine said of it stands behind. */
export function troubleOf(l: Language, f: { code: string }): string {
  const key = `backup.trouble.${f.code}`;
  return isMessageKey(key) ? t(l, key) : t(l, 'backup.trouble.other', { code: f.code });
}

/** The report of a drill as a page to print. */
export function drillReport(l: Language, d: DrillRow, timeZone: string): { title: string; body: Html } {
  const when = (at: Date) =>
    new Intl.DateTimeFormat(l, { dateStyle: 'long', timeStyle: 'medium', timeZone }).format(at);
  const number = (n: number) => new Intl.NumberFormat(l).format(n);
  const facts: (readonly [string, string | null])[] = [
    [t(l, 'backup.report.when'), when(d.askedAt)],
    [t(l, 'backup.report.by'), d.asked === 'clock' ? t(l, 'backup.asked.clock') : d.byName],
    [t(l, 'backup.report.backup'), d.backup],
    [t(l, 'backup.report.taken'), d.takenAt && when(d.takenAt)],
    [
      t(l, 'backup.report.rows'),
      d.rows === null ? null : t(l, 'backup.report.rowsOf', { rows: number(d.rows), tables: d.tables ?? 0 }),
    ],
    [t(l, 'backup.report.files'), d.files === null ? null : number(d.files)],
    [t(l, 'backup.report.size'), d.bytes === null ? null : `${number(Math.round(d.bytes / 1e4) / 100)} MB`],
    [t(l, 'backup.report.took'), d.seconds && took(l, d.seconds.whole)],
  ];
  const title = t(l, 'backup.report.title');
  return {
    title,
    body: html`<h1>${title}</h1>
<p><strong>${conclusionOf(l, d)}</strong></p>
<dl>${facts.filter(([, value]) => value !== null).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<h2>${t(l, 'backup.report.findings')}</h2>
${
  d.findings.length === 0
    ? html`<p>${t(l, 'backup.report.none')}</p>`
    : html`<ul>${d.findings.map((f) => html`<li>${troubleOf(l, f)}${f.message && html` <span class="soft">${f.path} ${f.message}</span>`}</li>`)}</ul>`
}
<p class="soft">${t(l, 'backup.report.what')}</p>
<p>${t(l, 'backup.report.signed')}</p>`,
  };
}

const took = (l: Language, whole: number) =>
  t(l, 'backup.report.minutes', { minutes: Math.floor(whole / 60), seconds: Math.round(whole % 60) });
