import { readRetention } from '#formats/reference-codes';
import { textColumn } from '../own/columns.ts';

type Row = Readonly<Record<string, unknown>>;

/** Elements of a description by their names in DA/T 46 [S:M46]. */
const DESCRIBED: Readonly<Record<string, string>> = {
  dept: '机构或问题',
  subjects: '主题词',
  keywords: '关键词',
  persons: '人名',
  abstract: '摘要',
  classNo: '分类号',
  genre: '文种',
  urgency: '紧急程度',
  mainTo: '主送',
  copyTo: '抄送',
  secrecyTerm: '保密期限',
  language: '语种',
  draft: '稿本',
  note: '附注',
};

/** What a description says under the names of DA/T 46. */
export function describedElements({ description }: Row): Record<string, string> {
  const said = (description ?? {}) as Row;
  return Object.fromEntries(
    Object.entries(DESCRIBED).flatMap(([field, name]) => {
      const value = textColumn(said, field);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** 密级 in the words of practice. */
export const classificationWord = (row: Row): string => (row.classification === 'internal' ? '内部' : '公开');

/** 保管期限 in words; null where the entry says none. */
export function retentionWord(row: Row): string | null {
  const code = textColumn(row, 'retention');
  return code === null ? null : (readRetention(code)?.zhCN ?? code);
}

/** A day as `20240305`, else the words of the entry. */
export function dateWord(row: Row): string {
  const [from, to] = [textColumn(row, 'date_from'), textColumn(row, 'date_to')];
  if (from !== null && (to === null || from === to)) return from.replaceAll('-', '');
  return textColumn(row, 'date_text') ?? '';
}

/** 控制标识. */
export const ACCESS_WORDS: Readonly<Record<string, string>> = {
  unreviewed: '未审',
  open: '开放',
  restricted: '控制',
  delayed: '延期开放',
};
