/** What a page of the entry shows when it is drawn. */
export type PageKind = 'official' | 'letter' | 'marriage' | 'roll' | 'traditional' | 'english';

/** A flaw put into a row on purpose, so that refused and doubtful rows can be shown. */
export type Flaw = 'noTitle' | 'sameCode' | 'secret' | 'badDate' | 'badRetention' | 'badPages';

/** One row of a sample catalogue. */
export interface SampleEntry {
  code: string;
  level: 'file' | 'item';
  fonds: string;
  category: string;
  year: number;
  /** As written at the time: 永久, 长期, 定期30年 … */
  retention: string;
  title: string;
  creator: string;
  docNo: string;
  /** `YYYYMMDD`, unknown parts 0. */
  date: string;
  pages: number | null;
  persons: string;
  internal: boolean;
  access: string;
  origin: string;
  box: string;
  note: string;
  /** What it is about, for the text of its pages. */
  subject: string;
  drawn?: PageKind;
  flaw?: Flaw;
}

/** A sheet of a catalogue, before it is written. */
export interface SampleSheet {
  name: string;
  columns: readonly (keyof typeof HEADINGS)[];
  entries: readonly SampleEntry[];
  /** How dates are written in this sheet. */
  dates: 'plain' | 'dashed' | 'dotted' | 'chinese';
  headings: 'chinese' | 'traditional' | 'codes';
}

/** Headings of columns: plain Chinese, traditional, exchange codes. */
export const HEADINGS = {
  fonds: ['全宗号', '全宗號', 'QZH'],
  code: ['档号', '檔號', 'DH'],
  level: ['著录层级', '著錄層級', 'ZLCC'],
  title: ['题名', '題名', 'TM'],
  creator: ['责任者', '責任者', 'RZZ'],
  docNo: ['文号', '文號', 'WH'],
  date: ['日期', '日期', 'WJRQ'],
  year: ['年度', '年度', 'ND'],
  category: ['档案门类', '檔案門類', 'DAML'],
  retention: ['保管期限', '保管期限', 'BGQX'],
  classification: ['密级', '密級', 'MJ'],
  pages: ['页数', '頁數', 'YS'],
  persons: ['人名', '人名', 'RM'],
  access: ['开放标识', '開放標識', 'KFBS'],
  origin: ['生成方式', '生成方式', '生成方式'],
  box: ['盒号', '盒號', 'HH'],
  note: ['备注', '備註', 'BZ'],
} as const;

/** An entry with what nearly all have in common. */
export function entry(
  e: Partial<SampleEntry> &
    Pick<SampleEntry, 'code' | 'fonds' | 'category' | 'year' | 'title' | 'creator' | 'subject'>,
): SampleEntry {
  return {
    level: 'item',
    retention: '永久',
    docNo: '',
    date: '',
    pages: null,
    persons: '',
    internal: false,
    access: '',
    origin: '',
    box: '',
    note: '',
    ...e,
  };
}

export const padded = (n: number, width: number) => String(n).padStart(width, '0');
