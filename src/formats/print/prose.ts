import { drawRunning, type FormContext, insideOf } from './context.ts';
import { MM } from './measures.ts';
import { shapeOf } from './settings.ts';
import { LINE, type PageTotal } from './sheet.ts';

export interface ProseSection {
  heading: string;
  paragraphs: readonly string[];
  /** A small table below the paragraphs: the first row is its heading. */
  table?: readonly (readonly string[])[];
}

/** Running text with headings, as a guide to a fonds has it. Continues the numbering of `total`. */
export async function drawProse(
  c: FormContext,
  o: { title: string; facts: readonly string[]; sections: readonly ProseSection[]; total: PageTotal },
): Promise<void> {
  const { sheet, settings } = c;
  const shape = shapeOf(settings);
  const inside = insideOf(shape);
  const foot = inside.y + inside.height;
  const size = settings.fontSize;
  const lead = 1.65;
  let y = 0;
  const page = async () => {
    await sheet.breathe();
    sheet.page(shape);
    drawRunning(c, shape, ++o.total.count, o.total);
    y = inside.y;
  };
  const room = async (height: number) => {
    if (y + height > foot) await page();
  };
  await page();
  const title = { size: settings.titleSize, bold: true, spacing: 3 };
  y = sheet.lines(sheet.wrap(o.title, inside.width * 0.9, title), inside.x, y + 4 * MM, {
    ...title,
    width: inside.width,
    align: 'center',
  });
  y += 4 * MM;
  for (const fact of o.facts)
    for (const line of sheet.wrap(fact, inside.width, { size })) {
      await room(size * lead);
      sheet.text(line, inside.x, y, { size });
      y += size * lead;
    }
  for (const section of o.sections) {
    await room(size * lead * 3);
    y += 3 * MM;
    const head = { size: size * 1.15, bold: true };
    sheet.doc.outline.addItem(section.heading);
    for (const line of sheet.wrap(section.heading, inside.width, head)) {
      sheet.text(line, inside.x, y, head);
      y += head.size * LINE;
    }
    y += 1 * MM;
    for (const paragraph of section.paragraphs)
      for (const line of sheet.wrap(`　　${paragraph}`, inside.width, { size })) {
        await room(size * lead);
        sheet.text(line, inside.x, y, { size });
        y += size * lead;
      }
    if (section.table) await smallTable(section.table);
  }

  async function smallTable(table: readonly (readonly string[])[]): Promise<void> {
    const columns = Math.max(1, ...table.map((row) => row.length));
    const width = inside.width / columns;
    const style = (n: number) => ({ size: size * 0.92, bold: n === 0 });
    y += 1.5 * MM;
    for (const [n, row] of table.entries()) {
      const cells = row.map((cell) => sheet.wrap(cell, width - 2 * MM, style(n)));
      const high = Math.max(...cells.map((lines) => lines.length)) * size * LINE + 2 * MM;
      await room(high);
      for (let i = 0; i < columns; i++) {
        sheet.rect(inside.x + i * width, y, width, high);
        sheet.lines(cells[i] ?? [], inside.x + i * width + MM, y, {
          ...style(n),
          width: width - 2 * MM,
          align: 'center',
          height: high,
        });
      }
      y += high;
    }
  }
}
