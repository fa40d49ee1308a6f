import { type Language, t } from '#kernel/wording';
import { drawCatalogueCover } from './catalogueCover.ts';
import { inMemory } from './inMemory.ts';
import { drawList, type ListColumn } from './list.ts';
import { PLAIN_SETTINGS } from './plain.ts';
import { type PrintSettings, shapeOf } from './settings.ts';

/** A catalogue to be printed and bound: a cover with facts, then a table whose cells are wrapped and never cut. */
export interface CatalogueInput {
  title: string;
  author: string;
  /** Stands at the foot of each page. */
  number: string;
  language: Language;
  at: Date;
  facts: readonly (readonly [label: string, value: string])[];
  columns: readonly ListColumn[];
  rows: AsyncIterable<readonly (readonly string[])[]> | Iterable<readonly (readonly string[])[]>;
}

const SETTINGS: PrintSettings = Object.assign({}, PLAIN_SETTINGS, {
  landscape: true,
  margins: { top: 18, right: 15, bottom: 16, left: 15 },
  fontSize: 9,
  titleSize: 16,
  rowHeight: 7,
});

/** Draws a catalogue on A4 across. Gives way to others between pages. @returns the PDF */
export function printCatalogue(o: CatalogueInput): Promise<Buffer> {
  const page = t(o.language, 'printForm.page', { page: '{page}', pages: '{pages}' });
  const settings: PrintSettings = Object.assign({}, SETTINGS, {
    footer: { left: '{number}', center: page, right: '' },
  });
  const running = { number: o.number };
  return inMemory({ ...o, title: `${o.title} ${o.number}` }, settings, running, async (c) => {
    const ready = (text: string) => c.sheet.ready(text);
    drawCatalogueCover(c, shapeOf(settings), {
      title: ready(o.title),
      facts: o.facts.map(([label, value]) => [ready(label), ready(value)]),
    });
    await drawList(c, {
      title: ready(o.title),
      above: [],
      columns: o.columns,
      rows: readied(o.rows, ready),
    });
  });
}

async function* readied(rows: CatalogueInput['rows'], ready: (text: string) => string) {
  for await (const batch of rows) yield batch.map((cells) => ({ cells: cells.map(ready) }));
}
