import type { Area } from '../../api/shapes.ts';

/** The seven areas of description of DA/T 18-2022, in order [S:WEN]. */
export const AREAS: readonly Area[] = [
  'identity',
  'context',
  'content',
  'access',
  'allied',
  'notes',
  'control',
];

/** What is shown of an entry beside its elements: before them, and behind. */
export const BEFORE: Readonly<Partial<Record<Area, readonly string[]>>> = {
  identity: ['archive', 'level'],
};
export const BEHIND: Readonly<Partial<Record<Area, readonly string[]>>> = {
  identity: ['aliases', 'pageCount'],
  context: ['fonds'],
  control: ['createdAt', 'updatedAt'],
};
/** Said by the place of an entry, and shown with it. */
export const BY_PLACE: ReadonlySet<string> = new Set(['archiveCode', 'fondsNo', 'fondsName']);

/** Said by the place of an entry, by its number, or by decision: asked for elsewhere than among the elements of a form. */
export const ELSEWHERE: ReadonlySet<string> = new Set([
  'archiveCode',
  'fondsNo',
  'fondsName',
  'referenceCode',
  'accessStatus',
  'openReason',
  'openBasis',
  'reviewBatch',
]);

/** What the number of an entry says, which may not have been given yet: shown where it stands, and asked for with the number. */
export const BY_NUMBER: ReadonlySet<string> = new Set(['volumeNo', 'itemNo']);

/** Elements a person types for a unit: columns of the record, and fields of its description. */
export const COLUMN_FIELDS = [
  'title',
  'referenceCode',
  'docNo',
  'date',
  'creator',
  'category',
  'year',
  'retention',
  'classification',
  'pages',
] as const;
export type ColumnField = (typeof COLUMN_FIELDS)[number];
/** Several of one kind stand in one text, semicolons between. */
export const LIST_FIELDS: ReadonlySet<string> = new Set(['persons', 'subjects', 'keywords']);
