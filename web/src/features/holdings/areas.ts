/** The seven areas of description of DA/T 18-2022 and the elements shown in each, in order [S:WEN]. */
export const AREAS = {
  identity: [
    'archive',
    'level',
    'referenceCode',
    'aliases',
    'title',
    'docNo',
    'date',
    'category',
    'year',
    'dept',
    'catalogueNo',
    'volumeNo',
    'itemNo',
    'pages',
    'pageCount',
    'medium',
    'genre',
    'draft',
    'annex',
    'microNo',
    'origin',
    'fileFormat',
    'fileSize',
  ],
  context: ['creator', 'fonds', 'mainTo', 'copyTo', 'custody'],
  content: [
    'abstract',
    'persons',
    'subjects',
    'keywords',
    'classNo',
    'retention',
    'arrangement',
    'destruction',
  ],
  access: [
    'classification',
    'secrecyTerm',
    'urgency',
    'accessStatus',
    'disclosure',
    'openReason',
    'openBasis',
    'reviewBatch',
    'language',
  ],
  allied: ['location', 'boxNo', 'originalLocation', 'copyLocation', 'related'],
  notes: ['note'],
  control: ['describer', 'describedAt', 'createdAt', 'updatedAt'],
} as const;
export type AreaName = keyof typeof AREAS;

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
export const LONG_FIELDS: ReadonlySet<string> = new Set(['abstract', 'note', 'custody', 'arrangement']);

/** Choices offered while typing [S:WEN 2.3]; others may be typed. */
export const OFFERED: Readonly<Record<string, readonly string[]>> = {
  genre: [
    '命令',
    '决议',
    '决定',
    '公报',
    '公告',
    '通告',
    '意见',
    '通知',
    '通报',
    '报告',
    '请示',
    '批复',
    '议案',
    '函',
    '纪要',
  ],
  draft: ['正本', '定稿', '草稿', '副本', '试行本', '修订本', '影印本'],
  urgency: ['特急', '加急'],
  disclosure: ['主动公开', '依申请公开', '不予公开'],
  origin: ['原生', '数字化', '编辑'],
};

/** What the form shows, by area; the elements that only files and series, or only items, have are left out elsewhere. */
export const FORM_AREAS: readonly { area: AreaName; fields: readonly string[] }[] = [
  { area: 'context', fields: ['creator', 'mainTo', 'copyTo', 'custody'] },
  { area: 'content', fields: ['abstract', 'persons', 'keywords', 'subjects', 'classNo'] },
  { area: 'access', fields: ['classification', 'secrecyTerm', 'urgency', 'disclosure', 'language'] },
  { area: 'identity', fields: ['genre', 'draft', 'annex', 'medium', 'microNo', 'origin'] },
  { area: 'allied', fields: ['location', 'boxNo', 'originalLocation', 'copyLocation'] },
  { area: 'notes', fields: ['note', 'describer', 'describedAt'] },
];
