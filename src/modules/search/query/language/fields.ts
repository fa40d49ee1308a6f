import { fold } from '../../folding/fold.ts';

/** Where a word is asked for; null: anywhere. */
export type Field = 'title' | 'docNo' | 'creator' | 'text' | 'code' | null;
/** What may stand before a colon. */
export type Named = Exclude<Field, null> | 'days' | 'years';

/** Names of fields, folded, so that both scripts, widths and cases are one. */
const FIELDS = new Map<string, Named>([
  ...['题名', '标题', 'title'].map((n) => [n, 'title'] as const),
  ...['文号', '文件编号', '发文字号', 'docno'].map((n) => [n, 'docNo'] as const),
  ...['责任者', '责任人', '作者', '形成者', '产生者', 'creator', 'author'].map(
    (n) => [n, 'creator'] as const,
  ),
  ...['全文', '正文', 'text', 'fulltext'].map((n) => [n, 'text'] as const),
  ...['档号', 'code', 'reference'].map((n) => [n, 'code'] as const),
  ...['年度', '年份', 'year'].map((n) => [n, 'years'] as const),
  ...['日期', 'date'].map((n) => [n, 'days'] as const),
]);

/** The field a name before a colon means. */
export function namedField(name: string): Named | undefined {
  return FIELDS.get(fold(name));
}

export function isFieldName(name: string): boolean {
  return FIELDS.has(fold(name));
}
