import { drawRunning, type FormContext, insideOf } from './context.ts';
import { drawFacts } from './facts.ts';
import { MM } from './measures.ts';
import { shapeOf } from './settings.ts';
import { LINE, type PageTotal } from './sheet.ts';
import { widestPiece } from './wrap.ts';

export interface ListColumn {
  heading: string;
  /** English below the heading; '' for none. */
  english?: string;
  /** Its share of the width. */
  width: number;
  align?: 'left' | 'right' | 'center';
  /** Rather set smaller than broken, such as a code. */
  whole?: boolean;
}

export interface ListRow {
  cells: readonly string[];
  /** How far the text of the column `indented` is set in, in steps. */
  depth?: number;
  bold?: boolean;
  /** An entry of the document's outline. */
  outline?: string;
}

export interface ListInput {
  title: string;
  /** Stand above the table, such as whose list it is; on each page. */
  above: readonly string[];
  columns: readonly ListColumn[];
  /** The column that is set in by the depth of a row. */
  indented?: number;
  rows: AsyncIterable<readonly ListRow[]> | Iterable<readonly ListRow[]>;
  /** Numbering of pages goes on from an earlier part. */
  total?: PageTotal;
}

const PAD = 1.1 * MM;
const STEP = 3 * MM;

/** The columns of a list as they are set, in points. */
interface Laid {
  columns: { x: number; width: number; align: 'left' | 'right' | 'center' }[];
  head: { lines: string[]; english: string[]; size: number; small: number }[];
  headHeight: number;
}

/**
 * A table over as many pages as it takes: headings on each, rows as high as their longest cell and never parted, but for one
 * that is higher than a page. Each list counts its own pages.
 *
 * @returns how many rows it has
 */
export async function drawList(c: FormContext, o: ListInput): Promise<number> {
  const { sheet, settings } = c;
  const shape = shapeOf(settings);
  const inside = insideOf(shape);
  const size = settings.fontSize;
  const lead = size * LINE;
  const total = o.total ?? sheet.total();
  const laid = layColumns(c, o, inside);
  const least = Math.max(settings.rowHeight * MM, lead + 2 * PAD);
  const foot = inside.y + inside.height;
  let y = Number.POSITIVE_INFINITY;
  let atTop = false;
  let drawn = 0;
  const newPage = async () => {
    await sheet.breathe();
    sheet.page(shape);
    total.count++;
    drawRunning(c, shape, total.count, total);
    y = drawHead(c, o, laid, inside);
    atTop = true;
  };
  for await (const batch of o.rows)
    for (const row of batch) {
      const style = { size, bold: row.bold ?? false };
      const cells = laid.columns.map((column, i) => {
        const inset = i === o.indented ? (row.depth ?? 0) * STEP : 0;
        const room = Math.max(size * 2, column.width - 2 * PAD - inset);
        const text = row.cells[i] ?? '';
        const fitting = { size: sizeFor(c, text, room, style, o.columns[i]?.whole), bold: style.bold };
        return {
          ...column,
          inset,
          style: fitting,
          lines: text === '' ? [] : sheet.wrap(text, room, fitting),
        };
      });
      let from = 0;
      const most = Math.max(1, ...cells.map((cell) => cell.lines.length));
      while (from < most) {
        const left = most - from;
        const whole = Math.max(least, left * lead + 2 * PAD);
        if (y + whole > foot + 0.01) {
          if (!atTop) {
            await newPage();
            continue;
          }
          const part = Math.max(1, Math.floor((foot - y - 2 * PAD) / lead));
          if (part < left) {
            drawRow(c, { cells, from, to: from + part, y, height: foot - y, lead });
            from += part;
            await newPage();
            continue;
          }
        }
        if (row.outline !== undefined && from === 0) sheet.doc.outline.addItem(row.outline);
        y = drawRow(c, { cells, from, to: most, y, height: whole, lead });
        atTop = false;
        from = most;
      }
      drawn++;
    }
  // A list of nothing is still a form.
  if (y === Number.POSITIVE_INFINITY) await newPage();
  if (settings.fillRows) fillRows(c, laid, { y, foot, least });
  if (!o.total) sheet.endTotal(total);
  return drawn;
}

const LEAST_SHARE = 0.7;

/** A date or a number that is a little too wide is set smaller, rather than broken in the middle. */
function sizeFor(
  c: FormContext,
  text: string,
  room: number,
  style: { size: number; bold: boolean },
  whole = false,
): number {
  const measure = (part: string) => c.sheet.width(part, style);
  const widest = whole && measure(text) * LEAST_SHARE <= room ? measure(text) : widestPiece(text, measure);
  const share = widest > room ? room / widest : 1;
  return share >= LEAST_SHARE ? Math.floor(style.size * share * 10) / 10 : style.size;
}

function layColumns(c: FormContext, o: ListInput, inside: ReturnType<typeof insideOf>): Laid {
  const { sheet, settings } = c;
  const shares = o.columns.reduce((sum, column) => sum + column.width, 0);
  let x = inside.x;
  const columns = o.columns.map((column) => {
    const width = (column.width / shares) * inside.width;
    const at = { x, width, align: column.align ?? ('left' as const) };
    x += width;
    return at;
  });
  const style = { size: settings.fontSize, bold: true };
  const head = o.columns.map((column, i) => {
    const width = columns[i]!.width - PAD;
    // A word that is a little too long is set smaller, rather than broken.
    const size = sizeFor(c, column.heading, width, style);
    const english = column.english ?? '';
    const small = sizeFor(c, english, width, { size: settings.fontSize * 0.7, bold: false });
    return {
      lines: sheet.wrap(column.heading, width, { size, bold: true }),
      english: english ? sheet.wrap(english, width, { size: small }) : [],
      size,
      small,
    };
  });
  const heights = head.map((h) => h.lines.length * h.size * LINE + h.english.length * h.small * LINE);
  return { columns, head, headHeight: Math.max(settings.rowHeight * MM, Math.max(...heights) + 2 * PAD) };
}

/** Title, what stands above the table, and the headings. @returns where the rows begin */
function drawHead(c: FormContext, o: ListInput, laid: Laid, inside: ReturnType<typeof insideOf>): number {
  const { sheet, settings } = c;
  let y = inside.y;
  const title = { size: settings.titleSize, bold: true, spacing: settings.titleSize * 0.15 };
  const lines = sheet.wrap(o.title, inside.width * 0.9, title);
  y = sheet.lines(lines, inside.x, y, { ...title, width: inside.width, align: 'center' });
  if (o.above.length > 0) y = drawFacts(c, o.above, { x: inside.x, y: y + 3, width: inside.width });
  y += 4;
  const { headHeight } = laid;
  for (const [i, column] of laid.columns.entries()) {
    const { lines: words, english, size, small } = laid.head[i]!;
    sheet.rect(column.x, y, column.width, headHeight, 0.6);
    const high = words.length * size * LINE + english.length * small * LINE;
    const top = sheet.lines(words, column.x, y + (headHeight - high) / 2, {
      size,
      bold: true,
      width: column.width,
      align: 'center',
    });
    sheet.lines(english, column.x, top, { size: small, width: column.width, align: 'center' });
  }
  return y + headHeight;
}

interface DrawnRow {
  cells: (Laid['columns'][number] & {
    inset: number;
    lines: string[];
    style: { size: number; bold: boolean };
  })[];
  from: number;
  to: number;
  y: number;
  height: number;
  lead: number;
}

function drawRow({ sheet }: FormContext, o: DrawnRow): number {
  for (const { x, width, align, inset, lines, style } of o.cells) {
    sheet.rect(x, o.y, width, o.height);
    const shown = lines.slice(o.from, o.to);
    if (shown.length === 0) continue;
    const top = o.y + Math.max(PAD, (o.height - shown.length * o.lead) / 2);
    sheet.lines(shown, x + PAD + inset, top, {
      ...style,
      width: width - 2 * PAD - inset,
      align,
      lead: o.lead / style.size,
    });
  }
  return o.y + o.height;
}

function fillRows(
  { sheet }: FormContext,
  laid: Laid,
  { y, foot, least }: { y: number; foot: number; least: number },
): void {
  for (let top = y; top + least <= foot + 0.01; top += least)
    for (const { x, width } of laid.columns) sheet.rect(x, top, width, least);
}
