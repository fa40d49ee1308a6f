import { cellsOf } from './pasted-cells.ts';
import { fieldOf } from './pasted-headings.ts';

/** A line as it comes out of a spreadsheet. */
export interface PastedLine {
  number: string;
  className: string;
  classCode: string;
  category: string;
  matter: string;
  retention: string;
  keywords: string[];
  department: string;
  due: string;
  note: string;
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  number: ['序号', '序號', 'no.', 'no', 'number'],
  className: ['类目', '類目', '类目名称', '類目名稱', 'class', 'class name'],
  classCode: ['代码', '代碼', '类目代码', '類目代碼', 'class code'],
  category: ['门类', '門類', 'category'],
  matter: ['归档范围', '歸檔範圍', 'what is filed', 'scope'],
  retention: ['保管期限', '保存年限', '期限', 'retention'],
  keywords: ['识别词', '辨識詞', '識別詞', '关键词', '關鍵詞', 'keywords', 'telling words'],
  department: ['归档单位', '歸檔單位', '归档部门', '歸檔部門', 'filed by', 'department'],
  due: ['归档时间', '歸檔時間', 'filed when', 'when'],
  note: ['备注', '備註', 'note'],
};
/** Columns of a sheet that has no headings. */
const USUAL = ['className', 'classCode', 'matter', 'retention', 'note'];
const SHORT = ['matter', 'retention'];

/**
 * Rows copied in a spreadsheet as lines. Columns are told by their headings; without any they are class name, class code, what is
 * filed, retention, note; or what is filed and retention alone. A class stands for the rows below it that name none.
 */
export function linesPasted(text: string): PastedLine[] {
  const lines: PastedLine[] = [];
  let headings: (string | undefined)[] | undefined;
  let [className, classCode] = ['', ''];
  for (const cells of cellsOf(text)) {
    const named = cells.map((cell) => fieldOf(cell, NAMES));
    if (named.includes('matter') && named.includes('retention')) {
      headings = named;
      continue;
    }
    const columns = headings ?? (cells.length <= SHORT.length ? SHORT : USUAL);
    const of = (field: string): string => cells[columns.indexOf(field)] ?? '';
    if (of('className') && of('className') !== className)
      [className, classCode] = [of('className'), of('classCode')];
    else if (of('classCode')) classCode = of('classCode');
    if (!of('matter')) continue;
    lines.push({
      number: of('number'),
      className,
      classCode,
      category: of('category') || 'WS',
      matter: of('matter'),
      retention: of('retention'),
      keywords: of('keywords')
        .split(/[\s,，、;；]+/u)
        .filter(Boolean),
      department: of('department'),
      due: of('due'),
      note: of('note'),
    });
  }
  return lines;
}
