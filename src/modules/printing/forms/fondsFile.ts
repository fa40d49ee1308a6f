import { dayInWords, drawCatalogueCover, drawList, fact, type ListRow, shapeOf } from '#formats/print';
import { type MessageKey, t } from '#kernel/wording';
import type { Fonds } from '#modules/holdings';
import { type FondsPaper, type FondsPart, fondsParts } from '../domain/fondsPapers.ts';
import type { ColumnKey } from '../domain/forms.ts';
import { datesOfWhole } from '../domain/values.ts';
import { headingKey, listColumns, shownColumns } from './cells.ts';
import { fondsOf } from './findingAid.ts';
import type { Drawing, Printing } from './print.ts';

/** The heading of a column of a fonds file's catalogue. */
export const paperHeading = (key: ColumnKey): MessageKey =>
  key === 'extent' ? 'fondsFile.files' : headingKey(key);

/** A value of a paper; '' for what papers have not. */
export function paperCell({ language }: Pick<Printing, 'language'>, key: ColumnKey, p: FondsPaper): string {
  if (key === 'n') return String(p.n);
  if (key === 'date') return p.date;
  if (key === 'title') return p.title;
  if (key === 'creator') return p.author;
  if (key === 'extent') return p.files === 0 ? '' : String(p.files);
  return key === 'note' && p.noted ? t(language, 'fondsFile.system') : '';
}

/** What is in the file of a fonds, by its headings. @throws Refusal printing.oneFonds, fonds.notFound, actor.forbidden */
export async function fondsPapers(p: Printing): Promise<{ fonds: Fonds; parts: FondsPart[] }> {
  const fonds = await fondsOf(p);
  const file = await p.source.fondsFile(fonds.id);
  const parts = fondsParts(file, ({ kind, number, title, records }) =>
    t(p.language, `fondsFile.line.${kind}`, { number, title, records }),
  );
  return { fonds, parts };
}

/**
 * The file of a fonds 全宗卷 (DA/T 12-2012): its cover, then the catalogue of its papers. A heading without papers stands
 * there too, as in the binder, where its folder is empty.
 */
export async function drawFondsFile(d: Drawing): Promise<void> {
  const { c, language, settings } = d;
  const ready = (text: string) => c.sheet.ready(text);
  const { fonds, parts } = await fondsPapers(d);
  const title = settings.title || t(language, 'printForm.fondsFile');
  d.running({ title, fondsNo: fonds.number, fondsName: fonds.name });
  c.sheet.about = fonds.number;
  const facts = [
    ['field.fondsNo', fonds.number],
    ['field.fondsName', fonds.name],
  ] as const;
  if (settings.cover)
    drawCatalogueCover(c, shapeOf(settings), {
      title: ready(t(language, 'fondsFile.title')),
      facts: [
        ...facts,
        ['field.dates', datesOfWhole(fonds.dates)] as const,
        ['field.archive', d.archiveName] as const,
        ['printForm.compiledOn', dayInWords(language, d.today)] as const,
      ].map(([key, value]) => [ready(t(language, key)), ready(value)]),
    });
  await drawList(c, {
    title: ready(title),
    above: facts.map(([key, value]) => fact(c, key, value)),
    columns: listColumns(d, paperHeading),
    rows: rows(d, parts),
  });
}

async function* rows(d: Drawing, parts: readonly FondsPart[]): AsyncGenerator<ListRow[]> {
  const ready = (text: string) => d.c.sheet.ready(text);
  const keys = shownColumns(d);
  // Where the name of a heading stands: over the titles.
  const named = Math.max(0, keys.indexOf('title'));
  for (const [i, { heading, papers }] of parts.entries()) {
    const name = t(d.language, `fondsFile.heading.${heading}`);
    const shown = papers.length === 0 ? name : t(d.language, 'printForm.papers', { name, n: papers.length });
    yield [
      {
        cells: keys.map((_, k) => (k === named ? ready(`${i + 1}　${shown}`) : '')),
        bold: true,
        outline: name,
      },
      ...papers.map((paper) => {
        d.c.sheet.about = paper.title;
        return { cells: keys.map((key) => ready(paperCell(d, key, paper))) };
      }),
    ];
    d.done(papers.length);
  }
}
