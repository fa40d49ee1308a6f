import { cellsOf, type Used } from '../sheets/columns.ts';
import type { DescribedFonds, WalkedUnit } from '../types.ts';
import { type ListForm, listColumns } from './lists.ts';
import { csvRow } from './text.ts';

export interface ListOrder {
  form: ListForm;
  archive: { name: string };
  used: Used;
  fonds: readonly DescribedFonds[];
  walk(fonds: DescribedFonds): AsyncIterable<readonly WalkedUnit[]>;
  wrote(entries: number): void;
}

/** Fonds and entries as delimited text (UTF-8 with its mark, so that Excel takes it for that), in pieces. */
export async function* listPieces(o: ListOrder): AsyncGenerator<string> {
  const columns = listColumns(o.form, o.used, o.archive);
  yield `\ufeff${csvRow(columns.map((c) => c.heading))}`;
  for (const fonds of o.fonds) {
    const row = o.form.fonds?.(fonds, o.archive);
    if (row) yield csvRow(columns.map((c) => row[c.heading]));
    for await (const batch of o.walk(fonds)) {
      let piece = '';
      for (const w of batch) piece += csvRow(cellsOf(columns, { ...w, fondsNo: fonds.number }, 'en'));
      o.wrote(batch.length);
      yield piece;
    }
  }
}
