import { type MessageKey, t } from '#kernel/wording';
import type { FormContext } from './context.ts';
import { LINE } from './sheet.ts';

/** A fact above a list: its label and its value, which may be empty. */
export const fact = (c: FormContext, key: MessageKey, value: string): string =>
  c.sheet.ready(`${t(c.language, key)}${c.language === 'en' ? ': ' : '：'}${value}`);

/**
 * Facts one after the other, as many in a line as fit; one that is longer than a line goes on in the next.
 *
 * @returns where the last line ends
 */
export function drawFacts(
  c: FormContext,
  facts: readonly string[],
  o: { x: number; y: number; width: number },
): number {
  const { sheet, settings } = c;
  const style = { size: settings.fontSize };
  const gap = sheet.width('　　', style);
  let { y } = o;
  for (const line of aboveLines(facts, o.width, gap, (text) => sheet.width(text, style))) {
    let x = o.x;
    for (const part of line) {
      for (const [n, piece] of sheet.wrap(part, o.width, style).entries()) {
        if (n > 0) y += style.size * LINE;
        sheet.text(piece, x, y, style);
      }
      x += sheet.width(part, style) + gap;
    }
    y += style.size * LINE;
  }
  return y;
}

/** As many of the facts in a line as fit. */
function aboveLines(
  facts: readonly string[],
  width: number,
  gap: number,
  measure: (text: string) => number,
): string[][] {
  const lines: string[][] = [];
  let used = 0;
  for (const fact of facts) {
    const wide = measure(fact);
    if (lines.length === 0 || used + wide > width) {
      lines.push([fact]);
      used = wide + gap;
    } else {
      lines.at(-1)!.push(fact);
      used += wide + gap;
    }
  }
  return lines;
}
