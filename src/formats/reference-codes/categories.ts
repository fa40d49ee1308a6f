/** First-level archival categories 档案门类 with their codes (DA/T 13-2022) [S:WEN]. */
export interface Category {
  readonly code: string;
  readonly zhCN: string;
  readonly zhTW: string;
  readonly en: string;
  /** Where the code comes from, for the reference table's source column. */
  readonly source: string;
}

const S = 'DA/T 13-2022';

export const categories: readonly Category[] = [
  { code: 'WS', zhCN: '文书', zhTW: '文書', en: 'Administrative records', source: S },
  { code: 'KJ', zhCN: '科技', zhTW: '科技', en: 'Science and engineering', source: S },
  { code: 'RS', zhCN: '人事', zhTW: '人事', en: 'Personnel', source: S },
  { code: 'KU', zhCN: '会计', zhTW: '會計', en: 'Accounting', source: S },
  { code: 'ZY', zhCN: '专业', zhTW: '專業', en: 'Professional records', source: S },
  { code: 'ZP', zhCN: '照片', zhTW: '照片', en: 'Photographs', source: S },
  { code: 'LY', zhCN: '录音', zhTW: '錄音', en: 'Sound recordings', source: S },
  { code: 'LX', zhCN: '录像', zhTW: '錄影', en: 'Video recordings', source: S },
  { code: 'SJ', zhCN: '业务数据', zhTW: '業務資料', en: 'Business data', source: S },
  { code: 'YJ', zhCN: '公务电子邮件', zhTW: '公務電子郵件', en: 'Official e-mail', source: S },
  { code: 'WY', zhCN: '网页信息', zhTW: '網頁資訊', en: 'Web pages', source: S },
  { code: 'MT', zhCN: '社交媒体', zhTW: '社群媒體', en: 'Social media', source: S },
  { code: 'SW', zhCN: '实物', zhTW: '實物', en: 'Objects', source: S },
];

const byCode = new Map(categories.map((c) => [c.code, c]));
/** The names of the standard in traditional characters, where Taiwan says it otherwise. */
const TRADITIONAL: readonly (readonly [string, string])[] = [
  ['錄像', 'LX'],
  ['業務數據', 'SJ'],
  ['網頁信息', 'WY'],
  ['社交媒體', 'MT'],
];
const byName = new Map([
  ...categories.flatMap((c) => [c.zhCN, c.zhTW].map((name) => [name, c] as const)),
  ...TRADITIONAL.map(([name, code]) => [name, byCode.get(code)!] as const),
]);

export function categoryByCode(code: string): Category | undefined {
  return byCode.get(code);
}

/** The category a catalogue cell names: `WS`, `ws`, `文书`, `文書档案`, `文书类`. Undefined when it names none. */
export function readCategory(text: string): Category | undefined {
  const t = text.normalize('NFKC').trim();
  return byCode.get(t.toUpperCase()) ?? byName.get(t.replace(/(?:[类類])?(?:档案|檔案)?$/u, ''));
}
