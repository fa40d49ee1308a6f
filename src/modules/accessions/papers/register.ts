import type { Readable } from 'node:stream';
import { printCatalogue } from '#formats/print';
import { streamSheet } from '#formats/sheets';
import type { Actor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { type Language, type MessageKey, t } from '#kernel/wording';
import { archiveOf, demandRead, todayOf } from '../commands/reach.ts';
import type { AccessionDeps } from '../deps.ts';
import { isNothing, without } from '../domain/extent.ts';
import { readable } from '../domain/money.ts';
import { everyLine, type RegisterLine, type RegisterWish } from '../queries/register.ts';
import { dayWords, extentWords, nameOf, spanWords } from './words.ts';

/** Above this a PDF is no paper any more; the workbook has no limit. */
const MOST_PRINTED = 5_000;

interface Column {
  heading: MessageKey;
  /** Its share of the width. */
  width: number;
  whole?: boolean;
  cell(a: RegisterLine, language: Language): string;
}

/** Columns of the register as offices keep it 接收征集登记簿. */
const COLUMNS: readonly Column[] = [
  { heading: 'accession.number', width: 20, whole: true, cell: (a) => a.number },
  { heading: 'accession.registeredOn', width: 12, whole: true, cell: (a) => a.registeredOn },
  { heading: 'accession.wayLabel', width: 9, cell: (a, l) => t(l, `accession.way.${a.way}`) },
  { heading: 'accession.source', width: 18, cell: (a) => a.sourceName },
  { heading: 'accession.name', width: 38, cell: (a) => a.title },
  { heading: 'accession.span', width: 13, cell: spanWords },
  {
    heading: 'accession.extent',
    width: 16,
    cell: (a, l) =>
      isNothing(a.came)
        ? t(l, 'accession.paper.promised', { extent: extentWords(l, a.promised) })
        : // What went back whole is still told by how much it was.
          extentWords(l, isNothing(without(a.came, a.back)) ? a.came : without(a.came, a.back)),
  },
  { heading: 'accession.cameOn', width: 12, whole: true, cell: (a) => a.cameOn ?? '' },
  { heading: 'accession.price', width: 13, cell: (a) => (a.price ? readable(a.price) : '') },
  { heading: 'accession.receivedBy', width: 10, cell: (a) => a.receivedBy ?? '' },
  { heading: 'accession.location', width: 13, cell: (a) => a.location ?? '' },
  { heading: 'accession.fonds', width: 10, cell: (a) => a.fonds?.number ?? '' },
  {
    heading: 'accession.stateLabel',
    width: 9,
    cell: (a, l) => t(l, `accession.state.${a.state}`),
  },
  { heading: 'accession.note', width: 14, cell: (a) => a.note ?? '' },
];

/** The register as a workbook, as a stream. @throws Refusal archive.notFound */
export async function registerSheet(
  deps: AccessionDeps,
  actor: Actor,
  wish: RegisterWish,
  o: { language: Language; failed(e: Error): void },
): Promise<{ name: string; sheet: Readable }> {
  demandRead(actor, wish.archiveId);
  const { language } = o;
  const archive = await archiveOf(deps, wish.archiveId);
  const lines = everyLine(deps, actor, wish);
  const sheet = await streamSheet({
    sheet: t(language, 'accession.register'),
    columns: COLUMNS.map((c) => ({ heading: t(language, c.heading), width: c.width + 4 })),
    batches: (async function* () {
      for await (const rows of lines) yield rows.map((a) => COLUMNS.map((c) => c.cell(a, language)));
    })(),
    failed: o.failed,
  });
  return { name: `${t(language, 'accession.register')}-${archive.code}-${todayOf(deps)}.xlsx`, sheet };
}

/** The register to be printed and bound. @throws Refusal archive.notFound, accession.tooMany */
export async function registerPaper(
  deps: AccessionDeps,
  actor: Actor,
  wish: RegisterWish,
  language: Language,
): Promise<{ name: string; pdf: Buffer }> {
  demandRead(actor, wish.archiveId);
  const archive = await archiveOf(deps, wish.archiveId);
  const rows: (readonly string[])[][] = [];
  let n = 0;
  for await (const lines of everyLine(deps, actor, wish)) {
    n += lines.length;
    if (n > MOST_PRINTED)
      throw new Refusal('accession.tooManyLines', `More than ${MOST_PRINTED} lines come as a workbook.`, {
        most: MOST_PRINTED,
      });
    rows.push(lines.map((a) => COLUMNS.map((c) => c.cell(a, language))));
  }
  const pdf = await printCatalogue({
    title: t(language, 'accession.register'),
    author: archive.name,
    number: archive.code,
    language,
    at: deps.clock.now(),
    facts: [
      [t(language, 'accession.paper.archive'), nameOf(archive, language)],
      [t(language, 'accession.year'), wish.year === undefined ? '' : String(wish.year)],
      [t(language, 'accession.paper.lines'), String(n)],
      [t(language, 'accession.paper.printedOn'), dayWords(language, todayOf(deps))],
    ],
    columns: COLUMNS.map((c) => ({
      heading: t(language, c.heading),
      width: c.width,
      whole: c.whole ?? false,
    })),
    rows,
  });
  return { name: `${t(language, 'accession.register')}-${archive.code}.pdf`, pdf };
}
