import { drawQr } from '#formats/certificate';
import { asciiCode, barsOf, code128 } from './code128.ts';
import { type FormContext, fitText, insideOf } from './context.ts';
import { MM } from './measures.ts';
import { shapeOf } from './settings.ts';

/** A label for a thing on a shelf. */
export interface UnitLabelInput {
  /** The reference code, in large letters and in the codes for machines. */
  code: string;
  /** What machines read: the code itself, or an address of the entry. */
  qr: string;
  title: string;
  archive: string;
  /** Further words in small type, such as retention and box. */
  facts: string;
}

/** Quiet zone on either side of the bars, in modules (ISO/IEC 15417: ten). */
const QUIET = 10;
const PAD = 2 * MM;

/** Draws labels in the grid of a sheet of labels. */
export async function drawUnitLabels(
  c: FormContext,
  labels: AsyncIterable<UnitLabelInput> | Iterable<UnitLabelInput>,
): Promise<void> {
  const { sheet, settings } = c;
  const shape = shapeOf(settings);
  const inside = insideOf(shape);
  const { columns, rows, width, height, gapX, gapY } = settings.labels;
  let n = 0;
  for await (const label of labels) {
    const at = n++ % (columns * rows);
    if (at === 0) {
      await sheet.breathe();
      sheet.page(shape);
    }
    const x = inside.x + (at % columns) * (width + gapX) * MM;
    const y = inside.y + Math.floor(at / columns) * (height + gapY) * MM;
    drawLabel(c, label, { x, y, width: width * MM, height: height * MM });
  }
  if (n === 0) sheet.page(shape);
}

/** Whether the grid fits between the margins. */
export function gridFits({ settings }: Pick<FormContext, 'settings'>): boolean {
  const { width, height, margins } = shapeOf(settings);
  const g = settings.labels;
  const most = 0.01;
  return (
    g.columns * g.width + (g.columns - 1) * g.gapX <= width - margins.left - margins.right + most &&
    g.rows * g.height + (g.rows - 1) * g.gapY <= height - margins.top - margins.bottom + most
  );
}

/** The narrowest bar office printers and readers agree on, in millimetres. */
const LEAST_MODULE = 0.19;

function drawLabel(
  c: FormContext,
  o: UnitLabelInput,
  box: { x: number; y: number; width: number; height: number },
): void {
  const { sheet, settings } = c;
  const left = box.x + PAD;
  const width = box.width - 2 * PAD;
  const bars = settings.labelCode === 'qr' || o.code === '' ? undefined : barsFor(c, o.code, width);
  // What bars can not say, a QR code does.
  const withQr = settings.labelCode !== 'code128' || !bars;
  const barHeight = bars ? Math.min(box.height * 0.3, 14 * MM) : 0;
  const foot = box.y + box.height - PAD - (bars ? barHeight + 3 : 0);
  const qr = withQr ? Math.min(foot - box.y - PAD, width * 0.34, 30 * MM) : 0;
  if (withQr) drawQr(sheet.doc, o.qr, box.x + box.width - PAD - qr, box.y + PAD, qr);
  if (bars)
    for (const bar of bars.list)
      sheet.fill(left + (QUIET + bar.at) * bars.module, foot + 3, bar.width * bars.module, barHeight);
  const room = width - (withQr ? qr + PAD : 0);
  const size = settings.fontSize;
  let top = box.y + PAD;
  const line = (text: string, share: number, bold: boolean): void => {
    const height = size * share * 1.35;
    fitText(c, text, {
      x: left,
      y: top,
      width: room,
      height,
      size: size * share,
      least: 4.5,
      bold,
      align: 'left',
    });
    top += height;
  };
  line(o.archive, 0.8, false);
  line(o.code, 1.1, true);
  const rest = foot - top;
  const words = [o.title, o.facts].filter((part) => part !== '').join('\n');
  if (rest > 6)
    fitText(c, words, {
      x: left,
      y: top,
      width: room,
      height: rest,
      size: size * 0.9,
      least: 4.5,
      align: 'left',
    });
}

/** The bars of a code as wide as the label; none, which is told, where they could not be read. */
function barsFor(c: FormContext, code: string, width: number) {
  const symbols = code128(asciiCode(code));
  const found = symbols && barsOf(symbols);
  const module = found ? Math.min(0.5 * MM, width / (found.modules + 2 * QUIET)) : 0;
  if (found && module >= LEAST_MODULE * MM) return { list: found.bars, module };
  c.told.unbarred++;
  return undefined;
}
