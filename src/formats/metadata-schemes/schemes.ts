import { elementOf, FILE_ELEMENTS, fieldsAt, PICTURE_ELEMENTS, RECORDING_ELEMENTS } from './elements.ts';
import { type MetadataField, type MetadataScheme, SCHEME_LEVELS, type SchemeLevel } from './types.ts';

type Change = Partial<MetadataField>;

/** A scheme's fields with some changed, some taken away and some put behind another. */
function altered(
  fields: readonly MetadataField[],
  changes: Readonly<Record<string, Change>>,
  without: readonly string[] = [],
  added: readonly MetadataField[] = [],
): MetadataField[] {
  const kept = fields
    .filter((f) => !without.includes(f.key))
    .map((f) => (changes[f.key] ? { ...f, ...changes[f.key] } : f));
  const at = kept.findIndex((f) => f.key === 'date') + 1;
  return [...kept.slice(0, at), ...added, ...kept.slice(at)];
}

/** What only official documents have. */
const OF_DOCUMENTS = ['genre', 'draft', 'urgency', 'mainTo', 'copyTo', 'disclosure'];
/** Elements of one category at a level. */
const special = (level: SchemeLevel, keys: string): MetadataField[] => fieldsAt(level, keys.split(' '));

const general = (level: SchemeLevel): MetadataScheme => ({
  key: `general.${level}`,
  category: null,
  level,
  source: 'DA/T 18-2022',
  fields: fieldsAt(level),
  files: FILE_ELEMENTS,
});

/** 文书 (DA/T 46; GB/T 18894 for what filing asks least). */
const administrative = (level: SchemeLevel): MetadataScheme => ({
  ...general(level),
  key: `WS.${level}`,
  category: 'WS',
  source: 'DA/T 46-2009',
});

/** 照片 (DA/T 54; what is required is ours [D]). Its photographer and day of taking are the creator and the date. */
const photographs = (level: SchemeLevel): MetadataScheme => ({
  key: `ZP.${level}`,
  category: 'ZP',
  level,
  source: 'DA/T 54-2014',
  fields:
    level === 'item'
      ? altered(
          fieldsAt(level),
          {
            creator: { label: 'field.photographer', elements: ['摄影者', '责任者'], source: 'DA/T 54-2014' },
            date: { label: 'field.takenOn', elements: ['摄影时间', '日期'], source: 'DA/T 54-2014' },
            volumeNo: { label: 'field.groupNo', elements: ['照片组号', '案卷号'], slot: 'volume' },
            itemNo: { label: 'field.photoNo', elements: ['张号', '件号'] },
            persons: { elements: ['人物', '人名'] },
            abstract: { label: 'field.caption', elements: ['主题内容说明', '文字说明', '摘要'] },
          },
          [...OF_DOCUMENTS, 'docNo', 'pages'],
          [
            ...altered(special(level, 'place event gps device'), {
              place: { label: 'field.takenAt', elements: ['摄影地点'] },
              event: { elements: ['背景'] },
            }),
            { ...elementOf('related'), elements: ['参见号', '相关著录单元'], source: 'DA/T 54-2014' },
          ],
        )
      : altered(fieldsAt(level), {}, [], special(level, 'event')),
  files: PICTURE_ELEMENTS,
});

/** 录音 and 录像 (DA/T 63). */
const recordings =
  (category: 'LY' | 'LX') =>
  (level: SchemeLevel): MetadataScheme => ({
    key: `${category}.${level}`,
    category,
    level,
    source: 'DA/T 63-2017',
    fields:
      level === 'item'
        ? altered(
            fieldsAt(level),
            {
              creator: { label: 'field.recorder', elements: ['录制者', '摄录者', '责任者'] },
              date: { label: 'field.recordedOn', elements: ['录制时间', '日期'], source: 'DA/T 63-2017' },
              persons: { elements: ['人物', '人名'] },
              abstract: { elements: ['内容提要', '事由', '摘要'] },
            },
            [...OF_DOCUMENTS, 'docNo', 'pages'],
            altered(
              special(level, category === 'LX' ? 'place duration frames device' : 'place duration device'),
              {
                place: { label: 'field.recordedAt', elements: ['录制地点'], source: 'DA/T 63-2017' },
                device: { source: 'DA/T 63-2017' },
              },
            ),
          )
        : fieldsAt(level),
    files: RECORDING_ELEMENTS,
  });

/** 科技: its documents have numbers of drawings and of projects rather than an addressee [D]. */
const scientific = (level: SchemeLevel): MetadataScheme => ({
  key: `KJ.${level}`,
  category: 'KJ',
  level,
  source: 'DA/T 18-2022',
  fields: altered(
    fieldsAt(level),
    { docNo: { label: 'field.drawingNo', elements: ['图号', '文件编号', '文号'] } },
    OF_DOCUMENTS.filter((key) => key !== 'draft'),
    special(level, 'projectNo projectName discipline phase scale equipmentNo'),
  ),
  files: FILE_ELEMENTS,
});

/** 会计: vouchers, books and reports, arranged by volume [D]. */
const accounting = (level: SchemeLevel): MetadataScheme => ({
  key: `KU.${level}`,
  category: 'KU',
  level,
  source: 'DA/T 18-2022',
  fields: altered(
    fieldsAt(level),
    { docNo: { label: 'field.voucherNo', elements: ['凭证号', '文件编号', '文号'] } },
    [...OF_DOCUMENTS, 'subjects'],
    special(level, 'accountKind accountSubject period voucherNos amount'),
  ),
  files: FILE_ELEMENTS,
});

/** 专业: as the general description, without what only official documents have. */
const professional = (level: SchemeLevel): MetadataScheme => ({
  key: `ZY.${level}`,
  category: 'ZY',
  level,
  source: 'DA/T 18-2022',
  fields: altered(
    fieldsAt(level),
    {},
    OF_DOCUMENTS,
    special(level, 'businessNo businessKind party closedOn outcome'),
  ),
  files: FILE_ELEMENTS,
});

/** Below the fonds, which is of no category. */
const BELOW = SCHEME_LEVELS.filter((level) => level !== 'fonds');

/** Every scheme that is shipped, the general ones last. */
export const METADATA_SCHEMES: readonly MetadataScheme[] = [
  ...[
    administrative,
    scientific,
    accounting,
    professional,
    photographs,
    recordings('LY'),
    recordings('LX'),
  ].flatMap((make) => BELOW.map(make)),
  ...SCHEME_LEVELS.map(general),
];

const byKey = new Map(METADATA_SCHEMES.map((s) => [s.key, s]));

/** The scheme for records of a category at a level; the general one where the category has none of its own. */
export function schemeFor(category: string | null | undefined, level: SchemeLevel): MetadataScheme {
  return byKey.get(`${category}.${level}`) ?? byKey.get(`general.${level}`)!;
}

/** What an archive may say otherwise of a field. No patterns: those are the standard's. */
export interface FieldChange {
  readonly obligation?: MetadataField['obligation'] | undefined;
  readonly maxLength?: number | undefined;
  /** Further values of its vocabulary. */
  readonly terms?: readonly string[] | undefined;
}

/** A scheme as an archive has set it. Fields it does not have are passed over. */
export function withChanges(
  scheme: MetadataScheme,
  changes: Readonly<Record<string, FieldChange>>,
): MetadataScheme {
  return {
    ...scheme,
    fields: scheme.fields.map((field) => {
      const change = changes[field.key];
      if (!change) return field;
      const { vocabulary } = field;
      return {
        ...field,
        obligation: change.obligation ?? field.obligation,
        maxLength: change.maxLength ?? field.maxLength,
        ...(vocabulary && change.terms
          ? {
              vocabulary: {
                ...vocabulary,
                terms: [...vocabulary.terms, ...change.terms.map((code) => ({ code, words: [] }))],
              },
            }
          : {}),
      };
    }),
  };
}
