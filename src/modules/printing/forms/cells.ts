import type { ListColumn } from '#formats/print';
import { isMessageKey, type Language, type MessageKey, t } from '#kernel/wording';
import type { UnitRecord } from '#modules/holdings';
import { type ColumnKey, isColumn } from '../domain/forms.ts';
import {
  categoryOnForm,
  classificationOnForm,
  dateOnForm,
  datesOfWhole,
  numberOf,
  retentionOnForm,
  spanOf,
} from '../domain/values.ts';
import type { Printing } from './print.ts';

/** What a row knows beside its entry. */
export interface RowPlace {
  n: number;
  /** Of the first page in its volume, where all before it are counted. */
  pageNo: string;
}

/** The heading of a column. */
export function headingKey(key: ColumnKey): MessageKey {
  if (key === 'n') return 'printForm.serial';
  if (key === 'pageNo') return 'printForm.pageNo';
  if (key === 'dates') return 'printForm.spanOfDates';
  if (key === 'extent') return 'printForm.extent';
  if (key === 'note') return 'printForm.note';
  if (key === 'dept') return 'printForm.dept';
  const field = `field.${key}`;
  if (!isMessageKey(field)) throw new Error(`column ${key} has no heading`);
  return field;
}

const MIDDLE: ReadonlySet<ColumnKey> = new Set([
  'n',
  'date',
  'dates',
  'classification',
  'pages',
  'pageNo',
  'extent',
  'year',
  'retention',
  'category',
  'itemNo',
  'boxNo',
  'accessStatus',
  'level',
]);

const WHOLE: ReadonlySet<ColumnKey> = new Set(['referenceCode', 'date', 'docNo']);

export const shownColumns = ({ settings }: Pick<Printing, 'settings'>): ColumnKey[] =>
  settings.columns.map((c) => c.key).filter(isColumn);

/** The columns of a list as they are set. */
export function listColumns(
  { settings, language }: Pick<Printing, 'settings' | 'language'>,
  heading = headingKey,
): ListColumn[] {
  return settings.columns.flatMap(({ key, width }) =>
    isColumn(key)
      ? [
          {
            heading: t(language, heading(key)),
            english: settings.bilingual && language !== 'en' ? t('en', heading(key)) : '',
            width,
            whole: WHOLE.has(key),
            align: MIDDLE.has(key) ? ('center' as const) : ('left' as const),
          },
        ]
      : [],
  );
}

export function cellOf(language: Language, key: ColumnKey, u: UnitRecord, place: RowPlace): string {
  switch (key) {
    case 'n':
      return String(place.n);
    case 'pageNo':
      return place.pageNo;
    case 'referenceCode':
      return u.referenceCode ?? '';
    case 'docNo':
      return u.docNo ?? '';
    case 'creator':
      return u.creator ?? '';
    case 'title':
      return u.title;
    case 'date':
      return dateOnForm(u.date);
    case 'dates': {
      const { from, to } = spanOf(u);
      return u.date ? datesOfWhole(u.date) : from === to ? from : `${from}-${to}`;
    }
    case 'classification':
      return classificationOnForm(language, u);
    case 'pages':
      return u.pages === null ? '' : String(u.pages);
    case 'extent':
      return u.level === 'item' || u.childCount === 0 ? '' : String(u.childCount);
    case 'note':
      return u.description.note ?? '';
    case 'year':
      return u.year === null ? '' : String(u.year);
    case 'retention':
      return retentionOnForm(language, u.retention);
    case 'category':
      return categoryOnForm(language, u.category);
    case 'dept':
      return u.description.dept ?? '';
    case 'itemNo':
      return numberOf(u);
    case 'boxNo':
      return u.description.boxNo ?? '';
    case 'accessStatus':
      return t(language, `access.${u.accessStatus}`);
    case 'level':
      return t(language, `level.${u.level}`);
  }
}
