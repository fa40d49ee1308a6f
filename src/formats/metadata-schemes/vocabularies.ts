import type { Term, Vocabulary } from './types.ts';

const terms = (...rows: readonly (readonly [string, ...string[]])[]): Term[] =>
  rows.map(([code, ...words]) => ({ code, words }));
const words = (list: string): Term[] => list.split(' ').map((code) => ({ code, words: [] }));

/** 密级 that may be kept on a networked install; secret levels are blocked elsewhere, and are no value here [S:SEC]. */
export const CLASSIFICATION: Vocabulary = {
  terms: terms(['public', '公开', '公開', '非密'], ['internal', '内部', '內部', '国内']),
  closed: true,
  source: 'DA/T 18-2022; State Secrets Law art. 31',
};

/** 开放标识 [S:WEN]. */
export const ACCESS_STATUS: Vocabulary = {
  terms: terms(
    ['unreviewed', '未审核', '未审', '未審核'],
    ['open', '开放', '開放'],
    ['restricted', '控制', '管控'],
    ['delayed', '延期开放', '延後開放'],
  ),
  closed: true,
  source: 'DA/T 18-2022',
};

/** 公开属性 [S:WEN]. */
export const DISCLOSURE: Vocabulary = {
  terms: words('主动公开 依申请公开 不予公开'),
  closed: true,
  source: 'DA/T 18-2022',
};

/** 生成方式 [S:WEN]. */
export const ORIGIN: Vocabulary = {
  terms: words('原生 数字化 编辑'),
  closed: true,
  source: 'DA/T 18-2022',
};

/** 稿本 [M]: lists differ, so another value is unusual and not wrong. */
export const DRAFT: Vocabulary = {
  terms: words('草稿 定稿 正本 副本 试行本 修订本 影印本'),
  closed: false,
  source: 'DA/T 18-2022 (list from memory)',
};

/** 文种 [M]: the fifteen genres of official documents (2012). */
export const GENRE: Vocabulary = {
  terms: words('命令 决议 决定 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要'),
  closed: false,
  source: 'Regulation on official documents 2012 (list from memory)',
};

/** 紧急程度 [M]. */
export const URGENCY: Vocabulary = {
  terms: words('特急 加急 特提 平急'),
  closed: false,
  source: 'Regulation on official documents 2012 (list from memory)',
};

/** 会计资料类别 [M]. */
export const ACCOUNTS: Vocabulary = {
  terms: words('会计凭证 会计账簿 财务会计报告 其他会计资料'),
  closed: false,
  source: 'Accounting archives measures 2015 (list from memory)',
};

/** The term a value stands for, by its code or any of its words; undefined where it is none. */
export function termOf(vocabulary: Vocabulary, value: string): Term | undefined {
  const said = value.normalize('NFKC').trim();
  return vocabulary.terms.find(
    (t) => t.code === said || t.words.includes(said) || (t.names && Object.values(t.names).includes(said)),
  );
}
