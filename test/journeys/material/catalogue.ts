import { createWorkbookWriter } from '#formats/sheets';

export const FONDS = 'J026';
/** The heading nobody's list knows; a person says it means the persons named. */
export const ODD_HEADING = '登记对象';
const HEADINGS = ['档号', '题名', '责任者', '文号', '文件日期', '保管期限', '密级', '页数', ODD_HEADING];

const SUBJECTS = [
  '水利工程',
  '粮食征购',
  '学校建设',
  '卫生防疫',
  '乡村道路',
  '供销合作',
  '林业管护',
  '户籍管理',
];
const KINDS = ['通知', '批复', '报告', '请示', '会议纪要'];
const PEOPLE = ['石明', '林秀', '白云川', '江小满', '何青'];

/** Reference code of the n-th item (from 1). */
export function codeOf(n: number): string {
  const year = 1981 + (n % 8);
  return `${FONDS}-WS·${year}·D30-${String(n).padStart(4, '0')}`;
}

export interface Catalogue {
  rows: number;
  accepted: number;
  /** Row number in the workbook of each row that must come back, and a word of the reason. */
  rejected: ReadonlyMap<number, string>;
}

/** An office's old catalogue: some 400 rows as people keep them, a few of them wrong. */
export async function writeCatalogue(path: string, rows = 400): Promise<Catalogue> {
  const rejected = new Map<number, string>();
  const book = createWorkbookWriter(path);
  const sheet = await book.sheet(
    '归档文件目录',
    HEADINGS.map((heading) => ({ heading })),
  );
  for (let n = 1; n <= rows; n++) {
    const row = n + 1;
    const year = 1981 + (n % 8);
    const title = `石桥县民政局关于${SUBJECTS[n % SUBJECTS.length]}的${KINDS[n % KINDS.length]}（第${n}号）`;
    const cells = [
      codeOf(n),
      title,
      '石桥县民政局',
      `石民〔${year}〕${n}号`,
      `${year}.${1 + (n % 12)}.${1 + (n % 28)}`,
      '30年',
      '公开',
      1 + (n % 9),
      PEOPLE[n % PEOPLE.length] ?? '',
    ];
    if (n % 97 === 0) {
      cells[1] = '';
      rejected.set(row, '题名');
    } else if (n % 89 === 0) {
      cells[0] = codeOf(n - 1);
      rejected.set(row, '重复');
    } else if (n % 131 === 0) {
      cells[6] = '机密';
      rejected.set(row, '密');
    } else if (n % 61 === 0) cells[4] = '某年春';
    await sheet.row(cells);
  }
  await book.finish();
  return { rows, accepted: rows - rejected.size, rejected };
}
