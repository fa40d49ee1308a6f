import { PassThrough, type Readable } from 'node:stream';
import { type CellInput, type ColumnInput, createWorkbookWriter } from './workbook-writer.ts';

export interface StreamedSheet {
  sheet: string;
  columns: readonly ColumnInput[];
  /** Rows in batches. */
  batches: AsyncGenerator<readonly (readonly CellInput[])[], void>;
  /** What went wrong while it was on its way; the stream is broken off then. */
  failed: (e: Error) => void;
}

/**
 * A workbook of one sheet as a stream, so that its size costs no memory. The first batch is taken before it resolves: what is
 * wrong with the question is thrown here, while it can still be answered.
 */
export async function streamSheet(o: StreamedSheet): Promise<Readable> {
  const first = await o.batches.next();
  const out = new PassThrough();
  write(o, first, out).catch((e: Error) => {
    o.failed(e);
    out.destroy(e);
  });
  return out;
}

async function write(
  { sheet, columns, batches }: StreamedSheet,
  first: IteratorResult<readonly (readonly CellInput[])[], void>,
  out: PassThrough,
): Promise<void> {
  try {
    const book = createWorkbookWriter(out);
    const writer = await book.sheet(sheet, columns);
    for (let step = first; !step.done; step = await batches.next()) await writer.rows(step.value);
    await book.finish();
  } finally {
    await batches.return();
  }
}
