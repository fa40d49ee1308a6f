import { DESCRIPTION_FIELDS } from '../domain/unit.ts';

/** What the values of a field are, which decides how it is asked for. */
export type FieldKind = 'text' | 'word' | 'number' | 'day' | 'time';

/** Fields of an entry that have a column of their own. */
export const COLUMN_KINDS = {
  referenceCode: 'text',
  title: 'text',
  creator: 'text',
  docNo: 'text',
  date: 'day',
  year: 'number',
  level: 'word',
  category: 'word',
  retention: 'word',
  classification: 'word',
  accessStatus: 'word',
  opensOn: 'day',
  embargoUntil: 'day',
  pages: 'number',
  pageCount: 'number',
  childCount: 'number',
  created: 'time',
  changed: 'time',
} as const satisfies Record<string, FieldKind>;
export type ColumnKey = keyof typeof COLUMN_KINDS;

/** A field tables are filtered, sorted, grouped and changed by: a column, or an element of the description. */
export type TableField =
  | { in: 'column'; key: ColumnKey; kind: FieldKind }
  | { in: 'description'; key: string; kind: 'text' }
  /** Under a foreign heading. */
  | { in: 'extra'; key: string; kind: 'text' };

/** Elements an archive added itself, and headings of foreign catalogues, by these beginnings. */
export const OWN = 'own:';
const EXTRA = 'extra:';
const MOST = 200;

/** The field of a name as tables use it: `title`, `persons`, `own:lake`, `extra:旧档号`; undefined where there is none. */
export function tableField(name: string): TableField | undefined {
  if (Object.hasOwn(COLUMN_KINDS, name)) {
    const key = name as ColumnKey;
    return { in: 'column', key, kind: COLUMN_KINDS[key] };
  }
  if (Object.hasOwn(DESCRIPTION_FIELDS, name)) return { in: 'description', key: name, kind: 'text' };
  if (name.length > MOST) return undefined;
  if (name.startsWith(OWN) && name.length > OWN.length) return { in: 'description', key: name, kind: 'text' };
  if (name.startsWith(EXTRA) && name.length > EXTRA.length)
    return { in: 'extra', key: name.slice(EXTRA.length), kind: 'text' };
  return undefined;
}
