import {
  dayInWords,
  drawCatalogueCover,
  drawList,
  drawProse,
  fact,
  type ListRow,
  type ProseSection,
  shapeOf,
} from '#formats/print';
import { Refusal } from '#kernel/errors';
import { t } from '#kernel/wording';
import type { Fonds, UnitRecord } from '#modules/holdings';
import { datesOfWhole } from '../domain/values.ts';
import type { Standing } from '../reading/source.ts';
import { cellOf, listColumns, shownColumns } from './cells.ts';
import type { Drawing, Printing } from './print.ts';

/** Entries of the outline: a reader is lost among more. */
const MOST_OUTLINED = 2_000;

/** @throws Refusal printing.oneFonds where nothing says which */
export async function fondsOf(p: Printing): Promise<Fonds> {
  const id = await p.source.fondsOfChoice();
  if (!id) throw new Refusal('printing.oneFonds', 'Choose one fonds, or a part of it, for this form.');
  return p.source.fonds(id);
}

/** A fonds, or one of its parts, with its hierarchy: what is known of it first, then entry by entry. */
export async function drawFindingAid(d: Drawing): Promise<void> {
  const { c, language, settings } = d;
  const ready = (text: string) => c.sheet.ready(text);
  const fonds = await fondsOf(d);
  const top = await d.source.top();
  const name = top?.title ?? fonds.name;
  const title = settings.title || t(language, 'printForm.inventoryOf', { name });
  d.running({ title, fondsNo: fonds.number, fondsName: fonds.name });
  c.sheet.about = top?.referenceCode ?? fonds.number;
  const facts = [
    ['field.archive', d.archiveName],
    ['field.fondsNo', fonds.number],
    ['field.fondsName', fonds.name],
    ...(top ? ([['field.referenceCode', top.referenceCode ?? '']] as const) : []),
    ['field.dates', datesOfWhole(top?.date ?? fonds.dates)],
    ['printForm.compiledOn', dayInWords(language, d.today)],
  ] as const;
  const total = c.sheet.total();
  if (settings.cover)
    drawCatalogueCover(c, shapeOf(settings), {
      title: ready(title),
      facts: facts.map(([key, value]) => [ready(t(language, key)), ready(value)]),
    });
  const sections = aboutWhole(d, fonds, top);
  if (sections.length > 0)
    await drawProse(c, {
      title: ready(t(language, 'printForm.about')),
      facts: facts.slice(0, -1).map(([key, value]) => fact(c, key, value)),
      sections,
      total,
    });
  const shown = shownColumns(d);
  await drawList(c, {
    title: ready(title),
    above: [],
    columns: listColumns(d),
    indented: shown.indexOf('title'),
    rows: rows(d, top?.id ?? fonds.id),
    total,
  });
  c.sheet.endTotal(total);
}

/** What is described of the whole, heading by heading; nothing where nothing is. */
function aboutWhole(d: Drawing, fonds: Fonds, top: UnitRecord | undefined): ProseSection[] {
  const of = top?.description;
  const known = [
    ['field.history', top ? of?.history : fonds.history],
    ['field.custody', top ? of?.custody : fonds.custody],
    ['field.scope', top ? (of?.scope ?? of?.abstract) : fonds.scope],
    ['field.arrangement', of?.arrangement],
    ['field.note', of?.note],
  ] as const;
  return known.flatMap(([key, text]) =>
    text
      ? [
          {
            heading: d.c.sheet.ready(t(d.language, key)),
            paragraphs: d.c.sheet.ready(text).split(/\n+/),
          },
        ]
      : [],
  );
}

async function* rows(d: Drawing, place: string): AsyncGenerator<ListRow[]> {
  const keys = shownColumns(d);
  let outlined = 0;
  for await (const batch of d.source.tree(place)) {
    yield batch.map(({ unit, depth }): ListRow => {
      d.c.sheet.about = unit.referenceCode ?? unit.title;
      const cells = keys.map((key) => d.c.sheet.ready(cellOf(d.language, key, unit, { n: 0, pageNo: '' })));
      const series = unit.level === 'series';
      return {
        cells,
        depth: Math.min(depth, 8),
        bold: series,
        ...(series && outlined++ < MOST_OUTLINED ? { outline: unit.title } : {}),
      };
    });
    d.done(batch.length);
  }
}

/** The same entry by entry, for a workbook. */
export async function* treeRows(p: Printing): AsyncGenerator<Standing[]> {
  const fonds = await fondsOf(p);
  const top = await p.source.top();
  for await (const batch of p.source.tree(top?.id ?? fonds.id)) {
    yield batch;
    p.done(batch.length);
  }
}
