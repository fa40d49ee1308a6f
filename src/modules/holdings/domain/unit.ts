/** Levels of description below the fonds (DA/T 18-2022: 类别, 案卷, 文件/件 [S:WEN]). */
export const LEVELS = ['series', 'file', 'item'] as const;
export type Level = (typeof LEVELS)[number];

/** 开放标识 [S:WEN]. */
export const ACCESS_STATUSES = ['unreviewed', 'open', 'restricted', 'delayed'] as const;
export type AccessStatus = (typeof ACCESS_STATUSES)[number];

/** 密级 that may be kept on a networked install; secret levels are refused (standards 7.5 [S:SEC]). */
export const CLASSIFICATIONS = ['public', 'internal'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

/**
 * The elements of the item record (standards 2.4) that have no column of their own and live in `description`, each
 * with the most characters it may have.
 */
export const DESCRIPTION_FIELDS = {
  dept: 200,
  catalogueNo: 50,
  volumeNo: 50,
  itemNo: 50,
  officeItemNo: 50,
  archiveItemNo: 50,
  secrecyTerm: 100,
  genre: 100,
  draft: 100,
  urgency: 50,
  mainTo: 2_000,
  copyTo: 2_000,
  subjects: 2_000,
  keywords: 2_000,
  persons: 4_000,
  abstract: 20_000,
  scope: 20_000,
  disclosure: 100,
  openReason: 500,
  openBasis: 500,
  reviewBatch: 100,
  location: 500,
  boxNo: 100,
  microNo: 100,
  originalLocation: 500,
  copyLocation: 500,
  language: 200,
  origin: 100,
  annex: 2_000,
  fileSize: 100,
  fileFormat: 200,
  medium: 500,
  custody: 20_000,
  arrangement: 20_000,
  history: 20_000,
  related: 4_000,
  classNo: 200,
  destruction: 2_000,
  describer: 200,
  describedAt: 50,
  note: 20_000,
} as const;
export type DescriptionField = keyof typeof DESCRIPTION_FIELDS;

/** Free elements kept under their own heading, such as columns of a foreign catalogue. */
export const EXTRA = 'extra';

export type Description = Partial<Record<DescriptionField, string>> & { extra?: Record<string, string> };

export const TITLE_LIMIT = 2_000;
