import { createWorkbookWriter } from '#formats/sheets';
import { type MessageKey, t } from '#kernel/wording';
import type { UnitRecord } from '#modules/holdings';
import type { ColumnKey, Form } from '../domain/forms.ts';
import { retentionOnForm } from '../domain/values.ts';
import { boxesOf, numbersKey, spineFacts } from './boxes.ts';
import { cellOf, headingKey, shownColumns } from './cells.ts';
import { treeRows } from './findingAid.ts';
import { fondsPapers, paperCell, paperHeading } from './fondsFile.ts';
import { classParts, type ListPart, volumeParts } from './lists.ts';
import { nothing, type Printing } from './print.ts';
import { labelled } from './small.ts';

interface Table {
  columns: { heading: string; width: number }[];
  batches: AsyncIterable<(string | number | null)[][]>;
}

const WIDTHS: Partial<Record<ColumnKey, number>> = { referenceCode: 28, title: 60, docNo: 22, creator: 24 };
const NUMBERS: ReadonlySet<ColumnKey> = new Set(['n', 'pages', 'extent', 'year']);

/** Writes a list as a workbook, streamed. @returns rows written @throws Refusal printing.nothing */
export async function writeWorkbook(p: Printing, form: Form, path: string): Promise<number> {
  const table = tableOf(p, form);
  const book = createWorkbookWriter(path);
  const sheet = await book.sheet(t(p.language, `printForm.${form}`), table.columns);
  let rows = 0;
  for await (const batch of table.batches) {
    rows += batch.length;
    await sheet.rows(batch);
  }
  await book.finish();
  if (rows === 0) throw nothing();
  return rows;
}

function tableOf(p: Printing, form: Form): Table {
  if (form === 'itemList') return listTable(p, classParts(p, 'item'), 'field.fondsNo');
  if (form === 'fileCatalogue') return listTable(p, classParts(p, 'file'), 'field.fondsNo');
  if (form === 'fileList') return listTable(p, volumeParts(p), 'level.file');
  if (form === 'findingAid') return treeTable(p);
  if (form === 'boxSpine') return boxTable(p);
  if (form === 'labels') return labelTable(p);
  if (form === 'fondsFile') return fondsFileTable(p);
  throw new Error(`${form} is no list`);
}

const column = (p: Printing, key: ColumnKey) => ({
  heading: t(p.language, headingKey(key)),
  width: WIDTHS[key] ?? 14,
});

function valueIn(p: Printing, key: ColumnKey, unit: UnitRecord, place: { n: number; pageNo: string }) {
  return numberOrText(key, cellOf(p.language, key, unit, place));
}
const numberOrText = (key: ColumnKey, text: string): string | number =>
  NUMBERS.has(key) && text !== '' ? Number(text) : text;

function listTable(p: Printing, parts: AsyncIterable<ListPart>, of: MessageKey): Table {
  const keys = shownColumns(p);
  async function* batches() {
    for await (const part of parts)
      for await (const rows of part.rows)
        yield rows.map(({ unit, place }) => [
          part.belongsTo,
          ...keys.map((key) => valueIn(p, key, unit, place)),
        ]);
  }
  return {
    columns: [{ heading: t(p.language, of), width: 20 }, ...keys.map((key) => column(p, key))],
    batches: batches(),
  };
}

function treeTable(p: Printing): Table {
  const keys = shownColumns(p);
  async function* batches() {
    for await (const rows of treeRows(p))
      yield rows.map(({ unit, depth }) => [
        t(p.language, `level.${unit.level}`),
        depth + 1,
        ...keys.map((key) => valueIn(p, key, unit, { n: 0, pageNo: '' })),
      ]);
  }
  return {
    columns: [
      { heading: t(p.language, 'field.level'), width: 10 },
      { heading: '#', width: 5 },
      ...keys.map((key) => column(p, key)),
    ],
    batches: batches(),
  };
}

const BOX_HEADS = [
  'field.fondsNo',
  'field.fondsName',
  'field.year',
  'field.retention',
  'printForm.dept',
  'field.boxNo',
  'printForm.itemNumbers',
  'printForm.extent',
  'field.pages',
] as const satisfies readonly MessageKey[];

function boxTable(p: Printing): Table {
  async function* batches() {
    for await (const box of boxesOf(p)) {
      const said = new Map(spineFacts(box));
      yield [
        [
          box.fondsNo,
          box.fondsName,
          said.get('field.year') ?? '',
          box.retentionWords,
          box.dept,
          box.boxNo,
          said.get(numbersKey(box)) ?? '',
          box.count,
          box.pages,
        ],
      ];
    }
  }
  return {
    columns: BOX_HEADS.map((key) => ({ heading: t(p.language, key), width: 16 })),
    batches: batches(),
  };
}

function labelTable(p: Printing): Table {
  const heads = ['field.referenceCode', 'field.title', 'field.retention', 'field.boxNo'] as const;
  async function* batches() {
    for await (const batch of labelled(p)) {
      yield batch.map((u) => [
        u.referenceCode ?? '',
        u.title,
        retentionOnForm(p.language, u.retention),
        u.description.boxNo ?? '',
        p.addressOf(u.id),
      ]);
      p.done(batch.length);
    }
  }
  return {
    columns: [
      ...heads.map((key) => ({ heading: t(p.language, key), width: key === 'field.title' ? 60 : 24 })),
      { heading: 'QR', width: 50 },
    ],
    batches: batches(),
  };
}

function fondsFileTable(p: Printing): Table {
  const keys = shownColumns(p);
  async function* batches() {
    const { fonds, parts } = await fondsPapers(p);
    for (const { heading, papers } of parts) {
      yield papers.map((paper) => [
        fonds.number,
        t(p.language, `fondsFile.heading.${heading}`),
        ...keys.map((key) => numberOrText(key, paperCell(p, key, paper))),
      ]);
      p.done(papers.length);
    }
  }
  return {
    columns: [
      { heading: t(p.language, 'field.fondsNo'), width: 12 },
      { heading: t(p.language, 'fondsFile.headingLabel'), width: 14 },
      ...keys.map((key) => ({ heading: t(p.language, paperHeading(key)), width: WIDTHS[key] ?? 14 })),
    ],
    batches: batches(),
  };
}
