import { type Language, type MessageKey, type Params, t } from '#kernel/wording';
import { MM, type PageShape } from './measures.ts';
import type { PrintSettings, Running } from './settings.ts';
import { LINE, type PageTotal, type Sheet } from './sheet.ts';
import type { TextStyle } from './typeface.ts';

/** What every form is drawn with. */
export interface FormContext {
  sheet: Sheet;
  settings: PrintSettings;
  /** Of the form's own words: Chinese by rule. */
  language: Language;
  /** What stands for the names in running heads. */
  running: Readonly<Record<string, string>>;
  readonly told: FormTold;
}

/** What a form could not print as it stands. */
export interface FormTold {
  /** Values too long for their box. */
  shortened: number;
  /** Codes whose bars would be too thin to be read, or that bars can not say. */
  unbarred: number;
}

/** A word of the form, and its English below where that is wished. */
export function said(c: FormContext, key: MessageKey, params?: Params): string {
  return c.sheet.ready(t(c.language, key, params));
}
export function saidInEnglish(c: FormContext, key: MessageKey): string {
  return c.settings.bilingual && c.language !== 'en' ? t('en', key) : '';
}

/** The room inside the margins, in points. */
export function insideOf({ width, height, margins }: PageShape) {
  return {
    x: margins.left * MM,
    y: margins.top * MM,
    width: (width - margins.left - margins.right) * MM,
    height: (height - margins.top - margins.bottom) * MM,
  };
}

const RUNNING_SIZE = 8;

/** Head and foot of a sheet that stands alone, such as a cover: it bears no number. */
export function drawRunningUnnumbered(c: FormContext, shape: PageShape): void {
  const without = ({ left, center, right }: Running): Running => {
    const one = (text: string) => (/\{pages?\}/.test(text) ? '' : text);
    return { left: one(left), center: one(center), right: one(right) };
  };
  const { header, footer } = c.settings;
  const settings = Object.assign({}, c.settings, { header: without(header), footer: without(footer) });
  drawRunning(Object.assign({}, c, { settings }), shape, 0, { count: 0, marks: new Map() });
}

/** Head and foot of the present page. `page` and `total` are those of its part. */
export function drawRunning(c: FormContext, shape: PageShape, page: number, total: PageTotal): void {
  const { header, footer, margins } = c.settings;
  band(c, shape, header, Math.max(6, margins.top - 9) * MM, page, total);
  band(c, shape, footer, (shape.height - Math.max(4, margins.bottom - 4)) * MM, page, total);
}

function band(
  c: FormContext,
  shape: PageShape,
  words: Running,
  y: number,
  page: number,
  total: PageTotal,
): void {
  const inside = insideOf(shape);
  const style = { size: RUNNING_SIZE };
  for (const place of ['left', 'center', 'right'] as const) {
    const text = c.sheet.ready(
      words[place].replace(/\{(\w+)\}/g, (whole, name: string) =>
        name === 'page' ? String(page) : name === 'pages' ? whole : (c.running[name] ?? ''),
      ),
    );
    if (text === '') continue;
    const [before = '', after] = text.split('{pages}');
    // How many pages there are is known at the end; room is left as for this page's own number.
    const guess = after === undefined ? '' : `${page}${after}`;
    const width = c.sheet.width(before + guess, style);
    const x =
      place === 'left'
        ? inside.x
        : place === 'right'
          ? inside.x + inside.width - width
          : inside.x + (inside.width - width) / 2;
    c.sheet.text(before, x, y, style);
    if (after !== undefined) c.sheet.drawTotal(total, after, x + c.sheet.width(before, style), y, style);
  }
}

export interface FitBox {
  x: number;
  y: number;
  width: number;
  height: number;
  size: number;
  least?: number;
  bold?: boolean;
  align?: 'left' | 'center';
}

/** Text in a box: smaller where it is long, and shortened, which is told, where even the smallest is too large. */
export function fitText(c: FormContext, text: string, box: FitBox): void {
  const { x, y, width, height, size, least = 5, bold = false, align = 'center' } = box;
  const { lines, style } = fittingLines(c, text, { width, height, size, least, bold });
  c.sheet.lines(lines, x, y, { ...style, width, align, height });
}

function fittingLines(
  c: FormContext,
  text: string,
  {
    width,
    height,
    size,
    least,
    bold,
  }: Required<Pick<FitBox, 'width' | 'height' | 'size' | 'least' | 'bold'>>,
): { lines: string[]; style: TextStyle } {
  for (let s = size; ; s = Math.max(least, s - 0.5)) {
    const style = { size: s, bold };
    const lines = c.sheet.wrap(text, width, style);
    if (lines.length * s * LINE <= height + 0.01 || s <= least) {
      const room = Math.max(1, Math.floor(height / (s * LINE)));
      if (lines.length <= room) return { lines, style };
      c.told.shortened++;
      const kept = lines.slice(0, room);
      kept[room - 1] = `${[...kept[room - 1]!].slice(0, -1).join('')}…`;
      return { lines: kept, style };
    }
  }
}
