import { dayInWords, drawProse, fact, type ProseSection } from '#formats/print';
import { t } from '#kernel/wording';
import type { UnitRecord } from '#modules/holdings';
import { categoryOnForm, datesOfWhole, retentionOnForm, retentionRank } from '../domain/values.ts';
import type { Figure } from '../reading/source.ts';
import { fondsOf } from './findingAid.ts';
import type { Drawing } from './print.ts';

const MOST_SERIES = 200;

/** The guide to a fonds 全宗指南: its creator, its records, what they are about, how they are consulted. */
export async function drawFondsGuide(d: Drawing): Promise<void> {
  const { c, language, settings } = d;
  const ready = (text: string) => c.sheet.ready(text);
  const fonds = await fondsOf(d);
  const figures = await d.source.figures(fonds.id);
  const title = settings.title || t(language, 'printForm.guideOf', { name: fonds.name });
  d.running({ title, fondsNo: fonds.number, fondsName: fonds.name });
  c.sheet.about = fonds.number;
  const toWrite = t(language, 'printForm.guide.toWrite');
  const paragraphs = (text: string | null): string[] => ready(text ?? toWrite).split(/\n+/);
  const series = await seriesOf(d, fonds.id);
  const sections: ProseSection[] = [
    { heading: t(language, 'printForm.guide.creator'), paragraphs: paragraphs(fonds.history) },
    {
      heading: t(language, 'printForm.guide.records'),
      paragraphs: [...figureWords(d, figures), ...paragraphs(fonds.custody)],
      table: figureTable(d, figures),
    },
    {
      heading: t(language, 'printForm.guide.content'),
      paragraphs: paragraphs(fonds.scope),
      ...(series.length > 1 ? { table: series } : {}),
    },
    {
      heading: t(language, 'printForm.guide.use'),
      paragraphs: [t(language, 'printForm.guide.open', { open: sum(figures, (f) => f.access === 'open') })],
    },
  ];
  const total = c.sheet.total();
  await drawProse(c, {
    title: ready(title),
    facts: [
      fact(c, 'field.archive', d.archiveName),
      fact(c, 'field.fondsNo', fonds.number),
      fact(c, 'field.dates', datesOfWhole(fonds.dates)),
      fact(c, 'printForm.compiledOn', dayInWords(language, d.today)),
    ],
    sections,
    total,
  });
  c.sheet.endTotal(total);
}

const sum = (figures: readonly Figure[], which: (f: Figure) => boolean): number =>
  figures.filter(which).reduce((n, f) => n + f.units, 0);

function figureWords({ language }: Drawing, figures: readonly Figure[]): string[] {
  const words = [
    t(language, 'printForm.guide.figures', {
      total: sum(figures, () => true),
      files: sum(figures, (f) => f.level === 'file'),
      items: sum(figures, (f) => f.level === 'item'),
    }),
  ];
  const years = figures.map((f) => f.year).filter((y) => y !== null);
  if (years.length > 0) {
    const [from, to] = [Math.min(...years), Math.max(...years)];
    words.push(t(language, 'printForm.guide.years', { from: String(from), to: String(to) }));
  }
  return words;
}

/** By category and retention: volumes and items. */
function figureTable({ c, language }: Drawing, figures: readonly Figure[]): string[][] {
  const rows = new Map<string, { head: [string, string]; files: number; items: number }>();
  for (const f of figures) {
    // By category, and there the longest kept first.
    const key = [f.category ?? '~', retentionRank(f.retention)].join(' ');
    const row = rows.get(key) ?? {
      head: [categoryOnForm(language, f.category), retentionOnForm(language, f.retention)],
      files: 0,
      items: 0,
    };
    if (f.level === 'file') row.files += f.units;
    if (f.level === 'item') row.items += f.units;
    rows.set(key, row);
  }
  const heads = (['field.category', 'field.retention', 'level.file', 'level.item'] as const).map((key) =>
    t(language, key),
  );
  const shown = [...rows]
    .filter(([, row]) => row.files + row.items > 0)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([, row]) => row);
  return [
    heads,
    ...shown.map((row) => [...row.head.map((w) => c.sheet.ready(w)), String(row.files), String(row.items)]),
  ];
}

/** What stands directly under the fonds, with its dates: the classes it is arranged in. */
async function seriesOf(d: Drawing, fondsId: string): Promise<string[][]> {
  const { c, language } = d;
  const keys = [
    'printForm.guide.series',
    'field.referenceCode',
    'printForm.spanOfDates',
    'printForm.extent',
  ] as const;
  const rows = [keys.map((key) => t(language, key))];
  const row = (u: UnitRecord) =>
    [u.title, u.referenceCode ?? '', datesOfWhole(u.date), String(u.childCount)].map((w) => c.sheet.ready(w));
  for await (const batch of d.source.below(fondsId, 'series'))
    for (const unit of batch) {
      if (rows.length > MOST_SERIES) {
        rows.push([t(language, 'printForm.guide.fewer'), '', '', '']);
        return rows;
      }
      rows.push(row(unit));
    }
  return rows;
}
