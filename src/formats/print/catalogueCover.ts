import { type FormContext, insideOf } from './context.ts';
import { MM, type PageShape } from './measures.ts';
import { LINE } from './sheet.ts';

/** The cover of a catalogue (DA/T 22-2015, 5.5.4 [S:DAC]): its title, then what it is of; what is empty stays to be written in. */
export function drawCatalogueCover(
  c: FormContext,
  shape: PageShape,
  o: { title: string; facts: readonly (readonly [label: string, value: string])[] },
): void {
  const { sheet } = c;
  sheet.page(shape);
  const inside = insideOf(shape);
  const title = { size: 30, bold: true, spacing: 8 };
  const lines = sheet.wrap(o.title, inside.width * 0.86, title);
  const end = sheet.lines(lines, inside.x, inside.y + inside.height * 0.13, {
    ...title,
    width: inside.width,
    align: 'center',
  });
  const style = { size: 14 };
  const label = Math.max(...o.facts.map(([words]) => sheet.width(words, { ...style, bold: true }))) + 8;
  const width = Math.min(inside.width, 120 * MM);
  const left = inside.x + (inside.width - width) / 2;
  const room = inside.height * 0.92 - (end - inside.y);
  const step = Math.min(15 * MM, room / Math.max(1, o.facts.length));
  let y = end + Math.min(22 * MM, inside.height * 0.12);
  for (const [words, value] of o.facts) {
    const wrapped = sheet.wrap(value, width - label - 8, style);
    const high = Math.max(step, wrapped.length * style.size * LINE + 6);
    const base = y + high - 6;
    sheet.text(words, left, base - style.size * LINE, { ...style, bold: true });
    sheet.lines(wrapped, left + label + 4, base - wrapped.length * style.size * LINE, {
      ...style,
      width: width - label - 8,
      align: 'center',
    });
    sheet.line(left + label, base + 2, left + width, base + 2, 0.6);
    y += high;
  }
}
