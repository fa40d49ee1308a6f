import { type BoxThickness, printCatalogue, printNoteSheet, printSpines } from '#formats/print';
import { type Actor, type AgencyOf, scopeOf } from '#kernel/actor';
import { type Language, retentionIn, t } from '#kernel/wording';
import { agencyOf } from '../commands/agencies.ts';
import type { FilingDeps } from '../deps.ts';
import { boxesOf } from '../store/boxes.ts';
import { type FilingRecord, itemPage, type RecordFilter } from '../store/records.ts';

/** The papers of DA/T 22: the catalogue of filed documents with its cover, the note sheet of a box, its spine. */
export const PAPERS = ['catalogue.pdf', 'note.pdf', 'spines.pdf'] as const;
export type PaperName = (typeof PAPERS)[number];

export interface ListWanted extends AgencyOf {
  year: number;
  category: string;
  retention: string | undefined;
  classCode: string | undefined;
  boxNo: number | undefined;
  thickness: BoxThickness;
}

const AT_ONCE = 500;

/** Draws one of the papers of a class of an agency's year. @throws Refusal agency.notFound */
export async function printList(
  deps: FilingDeps,
  actor: Actor,
  paper: PaperName,
  wanted: ListWanted,
  language: Language,
): Promise<Buffer> {
  const { name } = await agencyOf(deps, actor, wanted);
  const [fonds] = (await deps.holdings.fondsOfAgencies([wanted.agencyId])).filter(
    (f) => f.archiveId === wanted.archiveId,
  );
  const number = fonds?.number ?? '';
  const named =
    fonds && (await deps.db.system((tx) => deps.holdings.fondsNames(tx, [fonds.id]))).get(fonds.id);
  const facts: [string, string][] = [
    [t(language, 'field.fondsNo'), number],
    [t(language, 'field.fondsName'), named?.title ?? name],
    [t(language, 'field.year'), String(wanted.year)],
  ];
  if (wanted.retention) facts.push([t(language, 'field.retention'), retentionIn(language, wanted.retention)]);
  if (wanted.classCode) facts.push([t(language, 'field.dept'), wanted.classCode]);
  if (wanted.boxNo !== undefined) facts.push([t(language, 'field.boxNo'), String(wanted.boxNo)]);
  const common = { author: name, language, at: deps.clock.now() };
  const { category, agencyId, archiveId, year, retention, classCode, boxNo } = wanted;
  const filter: RecordFilter = { category, agencyId, archiveId, year, retention, classCode, boxNo };
  if (paper === 'catalogue.pdf')
    return printCatalogue({
      ...common,
      title: t(language, 'filingList.catalogue'),
      number: [number, wanted.category, year, retention, classCode].filter(Boolean).join(' '),
      facts,
      columns: columnsIn(language),
      rows: rowsOf(deps, actor, filter, language),
    });
  const boxes = await deps.db.as(scopeOf(actor), (tx) => boxesOf(tx, filter));
  if (paper === 'spines.pdf')
    return printSpines({
      ...common,
      title: t(language, 'filingList.spines'),
      thickness: wanted.thickness,
      spines: boxes.map((b) => [
        { label: t(language, 'field.fondsNo'), value: number },
        { label: t(language, 'field.year'), value: String(year) },
        { label: t(language, 'field.retention'), value: b.retention ?? '' },
        { label: t(language, 'field.dept'), value: b.classCode ?? '', tall: true },
        { label: t(language, 'filingList.numbers'), value: `${b.first} – ${b.last}`, tall: true },
        { label: t(language, 'field.boxNo'), value: b.boxNo === null ? '' : String(b.boxNo) },
      ]),
    });
  const items = boxes.reduce((n, b) => n + b.items, 0);
  const pages = boxes.reduce((n, b) => n + b.pages, 0);
  return printNoteSheet({
    ...common,
    title: t(language, 'filingList.note'),
    facts: facts.map(([label, value]) => `${label}：${value}`),
    statement: [t(language, 'filingList.statement'), t(language, 'filingList.counted', { items, pages })],
    signatures: [
      t(language, 'filingList.arranger'),
      t(language, 'filingList.arrangedOn'),
      t(language, 'filingList.checker'),
      t(language, 'filingList.checkedOn'),
    ],
  });
}

function columnsIn(language: Language) {
  const column = (heading: string, width: number, align: 'left' | 'right' | 'center' = 'left') => ({
    heading,
    width,
    align,
  });
  return [
    column(t(language, 'schedule.number'), 40, 'right'),
    column(t(language, 'field.referenceCode'), 130),
    column(t(language, 'field.docNo'), 100),
    column(t(language, 'field.creator'), 90),
    column(t(language, 'field.title'), 208),
    column(t(language, 'field.date'), 62, 'center'),
    column(t(language, 'field.classification'), 44, 'center'),
    column(t(language, 'field.pages'), 40, 'right'),
    column(t(language, 'field.note'), 44),
  ];
}

async function* rowsOf(
  deps: FilingDeps,
  actor: Actor,
  filter: RecordFilter,
  language: Language,
): AsyncGenerator<string[][]> {
  let after: { sortKey: string; id: string } | undefined;
  let n = 0;
  for (;;) {
    const items = await deps.db.as(scopeOf(actor), (tx) => itemPage(tx, filter, { after, limit: AT_ONCE }));
    const numbered = items.filter((r) => r.referenceCode !== null);
    yield numbered.map((r) => rowOf(r, ++n, language));
    const last = items.at(-1);
    if (items.length < AT_ONCE || !last) return;
    after = { sortKey: last.sortKey, id: last.id };
  }
}

function rowOf(r: FilingRecord, n: number, language: Language): string[] {
  return [
    String(n),
    r.referenceCode ?? '',
    r.docNo ?? '',
    r.creator ?? '',
    r.title,
    r.date ?? '',
    t(language, `classification.${r.classification}`),
    r.pages === null ? '' : String(r.pages),
    r.description.note ?? '',
  ];
}
