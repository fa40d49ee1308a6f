import type { FileTree } from '#formats/tree';
import { childrenOf, readElements, textOf, type XmlRefusals } from '#formats/xml';
import { isRefusal, messageOf } from '#kernel/errors';
import type { CatalogueRule } from '../profile.ts';
import { tableRows } from './table.ts';

/** One row of a catalogue. */
export interface CatalogueRow {
  /** From 1. */
  readonly number: number;
  /** Its line in the XML, or its row in the sheet. */
  readonly line: number;
  /** By column, in the order they stand; the first of each name. */
  readonly values: ReadonlyMap<string, string>;
}

/** The catalogue can not be read on. `code` is a finding's. */
export class UnreadableCatalogue extends Error {
  override readonly name = 'UnreadableCatalogue';
  readonly code: string;
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** What else a reading tells. */
export interface RowsHeard {
  /** The XML’s root is another. */
  root?(name: string): void;
  /** An element of the XML that is no row. */
  stranger?(name: string, line: number): void;
  /** The columns a table has. */
  columns?(names: readonly string[]): void;
}

const refusals: XmlRefusals = {
  damaged: (what, cause) =>
    new UnreadableCatalogue(
      /encoding|no text/.test(what) ? 'handover.encoding' : 'handover.catalogueXml',
      `The catalogue can not be read on: ${what}.`,
      cause,
    ),
  forbidden: (what) =>
    new UnreadableCatalogue('handover.catalogueXml', `The catalogue is not read on, because it ${what}.`),
};

/**
 * The rows of a catalogue, in XML or as a table (.xlsx, .xls, delimited text), in constant memory.
 *
 * @param asGb18030 reads XML in this encoding, whatever it declares
 * @throws UnreadableCatalogue
 */
export async function* catalogueRows(
  tree: FileTree,
  path: string,
  rule: CatalogueRule,
  heard: RowsHeard = {},
  asGb18030 = false,
): AsyncGenerator<CatalogueRow> {
  if (/\.xml$/i.test(path)) yield* xmlRows(tree, path, rule, heard, asGb18030);
  else yield* rowsOfTable(tree, path, heard);
}

async function* xmlRows(
  tree: FileTree,
  path: string,
  rule: CatalogueRule,
  heard: RowsHeard,
  asGb18030: boolean,
): AsyncGenerator<CatalogueRow> {
  const bytes = (await tree.open(path)) as AsyncIterable<Buffer>;
  let number = 0;
  const reading = { isContainer: (_: unknown, parents: readonly unknown[]) => parents.length === 0 };
  for await (const event of readElements(asGb18030 ? reencoded(bytes) : bytes, reading, refusals)) {
    if (event.kind === 'open' && event.element.name !== rule.root) heard.root?.(event.element.name);
    if (event.kind !== 'whole') continue;
    const { element } = event;
    if (element.name !== rule.row) {
      heard.stranger?.(element.name, element.line);
      continue;
    }
    const values = new Map<string, string>();
    for (const child of childrenOf(element))
      if (!values.has(child.name)) values.set(child.name, textOf(child));
    yield { number: ++number, line: element.line, values };
  }
}

/** A document in GB 18030 as one in UTF-8. */
async function* reencoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('gb18030');
  let isFirst = true;
  for await (const piece of bytes) {
    let text = decoder.decode(piece, { stream: true });
    if (isFirst) text = text.replace(/^(<\?xml[^>]*?\sencoding\s*=\s*["'])[^"']+/, '$1UTF-8');
    isFirst = false;
    yield Buffer.from(text);
  }
  yield Buffer.from(decoder.decode());
}

/** Rows that are looked through for the one with the names of the columns. */
const MOST_BEFORE = 20;

async function* rowsOfTable(tree: FileTree, path: string, heard: RowsHeard): AsyncGenerator<CatalogueRow> {
  let columns: string[] | undefined;
  let number = 0;
  try {
    for await (const row of tableRows(tree, path)) {
      const cells = row.cells.map((cell) => cell.trim());
      if (!columns) {
        if (cells.includes('档号') || cells.includes('数字摘要')) {
          columns = cells.map((cell) => cell.replace(/\s+/g, ''));
          heard.columns?.(columns);
        } else if (row.number > MOST_BEFORE) return;
        continue;
      }
      const values = new Map<string, string>();
      columns.forEach((name, i) => {
        if (name !== '' && !values.has(name)) values.set(name, cells[i] ?? '');
      });
      yield { number: ++number, line: row.number, values };
    }
  } catch (e) {
    if (isRefusal(e) && e.code.startsWith('sheet.'))
      throw new UnreadableCatalogue(
        'handover.catalogueTable',
        `The table can not be read on: ${messageOf(e)}`,
        e,
      );
    throw e;
  }
}
