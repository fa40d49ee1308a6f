import { ELEMENT_LENGTHS, type ElementKey } from '#formats/metadata-schemes';

/** Levels of description below the fonds (DA/T 18-2022: 类别, 案卷, 文件/件 [S:WEN]). */
export const LEVELS = ['series', 'file', 'item'] as const;
export type Level = (typeof LEVELS)[number];

/** 开放标识 [S:WEN]. */
export const ACCESS_STATUSES = ['unreviewed', 'open', 'restricted', 'delayed'] as const;
export type AccessStatus = (typeof ACCESS_STATUSES)[number];

/** 密级 that may be kept on a networked install; secret levels are refused (standards 7.5 [S:SEC]). */
export const CLASSIFICATIONS = ['public', 'internal'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

/** Elements with a column of their own in an entry, or said by its place. */
const COLUMNS = [
  'archiveCode',
  'fondsNo',
  'fondsName',
  'category',
  'referenceCode',
  'title',
  'creator',
  'docNo',
  'date',
  'year',
  'retention',
  'classification',
  'pages',
  'accessStatus',
] as const satisfies readonly ElementKey[];
export type DescriptionField = Exclude<ElementKey, (typeof COLUMNS)[number]>;

const isDescribed = (key: string): key is DescriptionField => !COLUMNS.some((column) => column === key);

/**
 * The elements of the metadata schemes that have no column of their own and live in `description`, each with the most characters it
 * may have; in the order in which a row of a catalogue is made into a digest.
 */
export const DESCRIPTION_FIELDS: Readonly<Record<DescriptionField, number>> = Object.fromEntries(
  Object.entries(ELEMENT_LENGTHS).filter(([key]) => isDescribed(key)),
) as Record<DescriptionField, number>;

/** Free elements kept under their own heading, such as columns of a foreign catalogue. */
export const EXTRA = 'extra';

/** A key of an archive's own element. */
export type OwnKey = `own:${string}`;

export type Description = Partial<Record<DescriptionField | OwnKey, string>> & {
  extra?: Record<string, string>;
};

export const TITLE_LIMIT = 2_000;
