import { type Margins, PLAIN_SETTINGS, type PrintSettings } from '#formats/print';
import type { Sight } from '#kernel/visibility';

/** Forms there are, in the order in which they are offered. */
export const FORMS = [
  'itemList',
  'fileSet',
  'fileCover',
  'fileList',
  'fileNote',
  'fileCatalogue',
  'boxSpine',
  'boxFace',
  'boxNote',
  'stamp',
  'labels',
  'findingAid',
  'fondsGuide',
  'fondsFile',
] as const;
export type Form = (typeof FORMS)[number];

export const FORMATS = ['pdf', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

/**
 * What the rule of visibility is asked of each entry: paper says what the screen says; a workbook is data that leaves the
 * house in bulk (decision 10). Whoever asks for a file needs the capability of that sight.
 */
export const SIGHT_FOR = { pdf: 'description', xlsx: 'export' } as const satisfies Record<Format, Sight>;
export type FormatSight = (typeof SIGHT_FOR)[Format];

/** Parts of the settings; a screen shows those a form uses. */
export const SETTING_PARTS = [
  'page',
  'type',
  'title',
  'running',
  'columns',
  'rows',
  'cover',
  'perClass',
  'box',
  'labels',
  'bilingual',
] as const;
export type SettingPart = (typeof SETTING_PARTS)[number];

/** Values of an entry a column may show. */
export const COLUMN_KEYS = [
  'n',
  'referenceCode',
  'docNo',
  'creator',
  'title',
  'date',
  'dates',
  'classification',
  'pages',
  'pageNo',
  'extent',
  'note',
  'year',
  'retention',
  'category',
  'dept',
  'itemNo',
  'boxNo',
  'accessStatus',
  'level',
] as const;
export type ColumnKey = (typeof COLUMN_KEYS)[number];

export interface FormKind {
  formats: readonly Format[];
  uses: readonly SettingPart[];
  /** Columns it may have; its own order stands in the settings. */
  columns: readonly ColumnKey[];
  settings: PrintSettings;
}

const NO_WORDS = { left: '', center: '', right: '' };
const sides = (top: number, right: number, bottom: number, left: number): Margins => ({
  top,
  right,
  bottom,
  left,
});

/** `{page}` alone stands for the words of the form's language: 第 x 页 共 y 页. */
export const PAGE_WORDS = '{page}';

const with_ = (changes: Partial<PrintSettings>): PrintSettings =>
  Object.assign({}, PLAIN_SETTINGS, { footer: { left: '', center: PAGE_WORDS, right: '' } }, changes);
const columns = (...list: [ColumnKey, number][]) => list.map(([key, width]) => ({ key, width }));

const ITEM_COLUMNS: readonly ColumnKey[] = COLUMN_KEYS.filter(
  (k) => k !== 'pageNo' && k !== 'dates' && k !== 'extent',
);
const LIST_PARTS: readonly SettingPart[] = [
  'page',
  'type',
  'title',
  'running',
  'columns',
  'rows',
  'cover',
  'bilingual',
];
const SHEET: readonly SettingPart[] = ['page', 'type', 'title', 'running'];

export const FORM_KINDS: Readonly<Record<Form, FormKind>> = {
  // Columns by DA/T 22-2015, 5.5.2 [S:DAC].
  itemList: {
    formats: ['pdf', 'xlsx'],
    uses: [...LIST_PARTS, 'perClass'],
    columns: ITEM_COLUMNS,
    settings: with_({
      landscape: true,
      margins: sides(25, 15, 15, 15),
      fontSize: 10,
      titleSize: 18,
      cover: true,
      perClass: true,
      columns: columns(
        ['n', 11],
        ['referenceCode', 52],
        ['docNo', 37],
        ['creator', 28],
        ['title', 75],
        ['date', 20],
        ['classification', 12],
        ['pages', 12],
        ['note', 20],
      ),
    }),
  },
  fileSet: {
    formats: ['pdf'],
    uses: ['page', 'type', 'running', 'columns', 'rows', 'bilingual'],
    columns: COLUMN_KEYS.filter((k) => k !== 'extent' && k !== 'dates'),
    settings: with_({ fillRows: true, fontSize: 10.5, columns: volumeColumns() }),
  },
  fileCover: {
    formats: ['pdf'],
    uses: [...SHEET, 'bilingual'],
    columns: [],
    settings: with_({ margins: sides(25, 20, 20, 25), titleSize: 24, footer: NO_WORDS }),
  },
  // Columns by GB/T 9705-2008 [M].
  fileList: {
    formats: ['pdf', 'xlsx'],
    uses: LIST_PARTS.filter((p) => p !== 'cover'),
    columns: COLUMN_KEYS.filter((k) => k !== 'extent' && k !== 'dates'),
    settings: with_({ fillRows: true, fontSize: 10.5, columns: volumeColumns() }),
  },
  fileNote: {
    formats: ['pdf'],
    uses: SHEET,
    columns: [],
    settings: with_({ fontSize: 13, titleSize: 22, footer: NO_WORDS }),
  },
  fileCatalogue: {
    formats: ['pdf', 'xlsx'],
    uses: [...LIST_PARTS, 'perClass'],
    columns: COLUMN_KEYS.filter((k) => k !== 'pageNo' && k !== 'date'),
    settings: with_({
      landscape: true,
      margins: sides(25, 15, 15, 15),
      fontSize: 10,
      titleSize: 18,
      cover: true,
      columns: columns(
        ['n', 12],
        ['referenceCode', 46],
        ['title', 96],
        ['dates', 36],
        ['retention', 24],
        ['extent', 18],
        ['pages', 14],
        ['note', 21],
      ),
    }),
  },
  boxSpine: {
    formats: ['pdf', 'xlsx'],
    uses: ['page', 'box', 'bilingual'],
    columns: [],
    settings: with_({ paper: 'A3', margins: sides(20, 15, 20, 15), footer: NO_WORDS }),
  },
  boxFace: {
    formats: ['pdf'],
    uses: ['page', 'type', 'box'],
    columns: [],
    settings: with_({
      paper: 'A3',
      margins: sides(20, 15, 20, 15),
      fontSize: 14,
      titleSize: 34,
      trueSize: true,
      footer: NO_WORDS,
    }),
  },
  boxNote: {
    formats: ['pdf'],
    uses: SHEET,
    columns: [],
    settings: with_({ fontSize: 13, titleSize: 22, footer: NO_WORDS }),
  },
  stamp: {
    formats: ['pdf'],
    uses: ['page', 'running'],
    columns: [],
    settings: with_({ margins: sides(15, 7, 15, 7) }),
  },
  labels: {
    formats: ['pdf', 'xlsx'],
    uses: ['page', 'type', 'labels'],
    columns: [],
    settings: with_({ margins: sides(15, 4, 15, 4.5), fontSize: 9, footer: NO_WORDS }),
  },
  findingAid: {
    formats: ['pdf', 'xlsx'],
    uses: LIST_PARTS,
    columns: COLUMN_KEYS.filter((k) => k !== 'pageNo' && k !== 'n'),
    settings: with_({
      margins: sides(25, 15, 18, 22),
      fontSize: 10,
      titleSize: 18,
      rowHeight: 6.5,
      cover: true,
      columns: columns(
        ['referenceCode', 50],
        ['title', 66],
        ['dates', 22],
        ['retention', 20],
        ['extent', 12],
        ['accessStatus', 19],
      ),
    }),
  },
  fondsGuide: {
    formats: ['pdf'],
    uses: ['page', 'type', 'title', 'running'],
    columns: [],
    settings: with_({ fontSize: 12 }),
  },
  // The columns a fonds file's catalogue has by DA/T 12-2012 [M]; what an entry's extent is, the attachments are here.
  fondsFile: {
    formats: ['pdf', 'xlsx'],
    uses: LIST_PARTS,
    columns: ['n', 'date', 'title', 'creator', 'extent', 'note'],
    settings: with_({
      margins: sides(25, 15, 18, 22),
      titleSize: 20,
      cover: true,
      columns: columns(['n', 12], ['creator', 34], ['title', 74], ['date', 22], ['extent', 13], ['note', 18]),
    }),
  },
};

function volumeColumns() {
  return columns(
    ['n', 10],
    ['docNo', 34],
    ['creator', 29],
    ['title', 55],
    ['date', 20],
    ['pageNo', 14],
    ['note', 12],
  );
}

export const isForm = (word: string): word is Form => FORMS.some((form) => form === word);
export const isColumn = (word: string): word is ColumnKey => COLUMN_KEYS.some((key) => key === word);
