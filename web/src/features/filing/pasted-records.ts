import { cellsOf } from './pasted-cells.ts';
import { fieldOf } from './pasted-headings.ts';

/** Fields a column of a pasted spreadsheet may be, by what people call them. */
const HEADINGS: Readonly<Record<string, readonly string[]>> = {
  title: ['题名', '題名', '标题', '標題', '文件题名', 'title'],
  docNo: ['文号', '文號', '发文字号', '發文字號', '文件编号', 'document number', 'doc no'],
  creator: ['责任者', '責任者', '产生者', '產生者', '发文单位', '發文單位', 'creator'],
  date: ['日期', '文件日期', '成文日期', 'date'],
  category: ['门类', '門類', '档案门类', '檔案門類', 'category'],
  retention: ['保管期限', '期限', '保存年限', 'retention'],
  classCode: ['类目代码', '類目代碼', '机构问题', '机构或问题', '機構或問題', 'class', 'class code'],
  className: ['类目', '類目', '类目名称', '類目名稱', 'class name'],
  pages: ['页数', '頁數', 'pages'],
  classification: ['密级', '密級', '機密等級', 'classification'],
};
const DESCRIBED: Readonly<Record<string, readonly string[]>> = {
  genre: ['文种', '文種', '文別', 'genre'],
  note: ['备注', '備註', '附注', 'note'],
  mainTo: ['主送', '正本受文者'],
  copyTo: ['抄送', '副本受文者'],
};

export interface PastedRecord {
  title?: string;
  docNo?: string;
  creator?: string;
  date?: string;
  category?: string;
  retention?: string;
  classCode?: string;
  className?: string;
  pages?: string;
  classification?: string;
  description?: Record<string, string>;
}

export interface PastedRecords {
  /** Field of each recognised column, with its heading. */
  known: { field: string; heading: string }[];
  unknown: string[];
  rows: PastedRecord[];
}

/** Rows copied in a spreadsheet as records, by the headings in their first row. */
export function recordsPasted(text: string): PastedRecords {
  const [headings = [], ...rows] = cellsOf(text);
  const columns = headings.map((heading) => ({
    heading,
    field: fieldOf(heading, HEADINGS),
    described: fieldOf(heading, DESCRIBED),
  }));
  const known = columns.flatMap(({ heading, field, described }) =>
    field || described ? [{ heading, field: field ?? described ?? '' }] : [],
  );
  return {
    known,
    unknown: columns.filter((c) => !c.field && !c.described && c.heading).map((c) => c.heading),
    rows: rows.map((cells) => {
      const record: Record<string, string> = {};
      const description: Record<string, string> = {};
      for (const [i, { field, described }] of columns.entries()) {
        const value = cells[i] ?? '';
        if (value === '') continue;
        if (field) record[field] = value;
        else if (described) description[described] = value;
      }
      return Object.keys(description).length > 0 ? { ...record, description } : record;
    }),
  };
}
