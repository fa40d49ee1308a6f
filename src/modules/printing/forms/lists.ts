import { drawCatalogueCover, drawList, fact, type ListRow, shapeOf } from '#formats/print';
import { type MessageKey, t } from '#kernel/wording';
import type { UnitRecord } from '#modules/holdings';
import { grouped } from '../domain/grouped.ts';
import { catalogueNoOf, numberOf, retentionOnForm } from '../domain/values.ts';
import { cellOf, listColumns, type RowPlace, shownColumns } from './cells.ts';
import { type Drawing, nothing, type Printing } from './print.ts';

/** One list: of a class, or of a volume. */
export interface ListPart {
  /** Above the table, and on the cover: label and value. */
  facts: readonly (readonly [MessageKey, string])[];
  /** What it belongs to, for the column of a workbook. */
  belongsTo: string;
  rows: AsyncIterable<readonly ListedRow[]>;
  fonds: { number: string; name: string };
}
export interface ListedRow {
  unit: UnitRecord;
  place: RowPlace;
}

/** Filed documents by class (DA/T 22-2015, 5.5 [S:DAC]), or volumes: a list for each class where that is wished. */
export async function* classParts(p: Printing, level: 'item' | 'file'): AsyncGenerator<ListPart> {
  const units = p.source.chosen([level]);
  const keyOf = (u: UnitRecord) =>
    p.settings.perClass
      ? JSON.stringify([u.fondsId, u.year, u.retention, u.description.dept ?? ''])
      : u.fondsId;
  for await (const { first, members } of grouped(units, keyOf)) {
    const { number, name } = await p.source.fonds(first.fondsId);
    const facts: [MessageKey, string][] = [
      ['field.fondsNo', number],
      ['field.fondsName', name],
    ];
    if (p.settings.perClass)
      facts.push(
        ['field.year', first.year === null ? '' : String(first.year)],
        ['field.retention', retentionOnForm(p.language, first.retention)],
        ['printForm.dept', first.description.dept ?? ''],
      );
    yield { facts, belongsTo: number, fonds: { number, name }, rows: numbered(p, members) };
  }
}

/** The documents of each volume (GB/T 9705-2008 [S:EXAM]). */
export async function* volumeParts(p: Printing): AsyncGenerator<ListPart> {
  for await (const batch of p.source.chosen(['file']))
    for (const file of batch) yield volumePart(p, file, await p.source.fonds(file.fondsId));
}

export function volumePart(p: Printing, file: UnitRecord, fonds: { number: string; name: string }): ListPart {
  const facts: [MessageKey, string][] = [
    ['field.fondsNo', fonds.number],
    ['field.catalogueNo', catalogueNoOf(file)],
    ['field.volumeNo', numberOf(file)],
    ['field.referenceCode', file.referenceCode ?? ''],
    ['field.title', file.title],
  ];
  const rows = numbered(p, p.source.below(file.id), file);
  return { facts, belongsTo: file.referenceCode ?? '', fonds, rows };
}

/**
 * Rows with their number, and the page each begins on as long as all before are counted.
 *
 * @param file they lie in: where not all of it is seen, nobody can tell which pages lie between
 */
async function* numbered(
  p: Printing,
  units: AsyncIterable<readonly UnitRecord[]>,
  file?: UnitRecord,
): AsyncGenerator<ListedRow[]> {
  let n = 0;
  let page: number | undefined = !file || (await p.source.seesAllBelow(file)) ? 1 : undefined;
  for await (const batch of units) {
    const rows: ListedRow[] = [];
    for (const unit of batch) {
      const pageNo: string = page === undefined ? '' : pagesFrom(page, unit.pages);
      rows.push({ unit, place: { n: ++n, pageNo } });
      page = page === undefined || unit.pages === null ? undefined : page + unit.pages;
    }
    yield rows;
    p.done(rows.length);
  }
}

const pagesFrom = (page: number, pages: number | null): string =>
  pages !== null && pages > 1 ? `${page}-${page + pages - 1}` : String(page);

/** Draws lists one after the other, each with its cover where that is wished. @throws Refusal printing.nothing */
export async function drawLists(d: Drawing, parts: AsyncIterable<ListPart>, title: string): Promise<void> {
  let any = false;
  for await (const part of parts) {
    any = true;
    await drawPart(d, part, title);
  }
  if (!any) throw nothing();
}

export async function drawPart(d: Drawing, part: ListPart, title: string): Promise<void> {
  const { c, settings, language } = d;
  const ready = (text: string) => c.sheet.ready(text);
  d.running({ title, fondsNo: part.fonds.number, fondsName: part.fonds.name });
  c.sheet.about = part.belongsTo;
  if (settings.cover)
    drawCatalogueCover(c, shapeOf(settings), {
      title: ready(title),
      facts: part.facts.map(([key, value]) => [ready(t(language, key)), ready(value)]),
    });
  const keys = shownColumns(d);
  await drawList(c, {
    title: ready(title),
    above: part.facts.map(([key, value]) => fact(c, key, value)),
    columns: listColumns(d),
    rows: rowsOf(d, part.rows, (row) => ({
      cells: keys.map((key) => ready(cellOf(language, key, row.unit, row.place))),
    })),
  });
}

async function* rowsOf(
  { c }: Drawing,
  rows: ListPart['rows'],
  draw: (row: ListedRow) => ListRow,
): AsyncGenerator<ListRow[]> {
  for await (const batch of rows)
    yield batch.map((row) => {
      c.sheet.about = row.unit.referenceCode ?? row.unit.title;
      return draw(row);
    });
}
