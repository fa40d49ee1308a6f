import { cellsOf } from './pasted-cells.ts';

/** A line as it comes out of a spreadsheet. */
export interface PastedLine {
  className: string;
  classCode: string;
  matter: string;
  retention: string;
  note: string;
}

const HEADINGS = /归档范围|歸檔範圍|保管期限|保存年限|retention/i;

/**
 * Rows copied in a spreadsheet as lines: class name, class code, what is filed, retention, note; or what is filed and retention
 * alone. A row of headings is left out, and a class stands for the rows below it that name none.
 */
export function linesPasted(text: string): PastedLine[] {
  const lines: PastedLine[] = [];
  let [className, classCode] = ['', ''];
  for (const cells of cellsOf(text)) {
    if (cells.some((c) => c.length < 12 && HEADINGS.test(c))) continue;
    if (cells.length <= 2) {
      const [matter = '', retention = ''] = cells;
      if (matter) lines.push({ className, classCode, matter, retention, note: '' });
      continue;
    }
    const [name = '', code = '', matter = '', retention = '', note = ''] = cells;
    if (name && name !== className) [className, classCode] = [name, code];
    else if (code) classCode = code;
    if (matter) lines.push({ className, classCode, matter, retention, note });
  }
  return lines;
}
