import { elementBy, isOwnKey, type Names, namesOf } from '#formats/metadata-schemes';
import { DESCRIPTION_FIELDS, type DescriptionField, type OwnKey } from '../../domain/unit.ts';

/** Fields with a column of their own in an entry. */
const OWN = [
  'title', 'referenceCode', 'creator', 'docNo', 'date', 'dateFrom', 'dateTo', 'category', 'year', 'retention',
  'classification', 'accessStatus', 'pages', 'level', 'formerCodes',
] as const; // biome-ignore format: a row of words
/** Fields that say where an entry belongs. */
const PLACE = ['fondsNo', 'fondsName', 'sourceId', 'parentSourceId', 'depth'] as const;

/** What stands in a table taken out and is not taken in: days are set by decision, images are counted. */
const OUT_ONLY = ['opensOn', 'embargoUntil', 'pageCount'] as const;

/** What a column of a catalogue can be understood as. */
export type ImportField =
  | (typeof OWN)[number]
  | (typeof PLACE)[number]
  | (typeof OUT_ONLY)[number]
  | DescriptionField
  | OwnKey;

export interface FieldInfo {
  field: ImportField;
  /** Code used in data exchange (standards 2.4), where there is one. */
  code: string | null;
  labels: Names;
}

/** field, code, zh-CN, zh-TW, en; in the order of the item record (standards 2.4 [D]). */
const TABLE: readonly [ImportField, string | null, string, string, string][] = [
  ['referenceCode', 'DH', '档号', '檔號', 'Reference code'],
  ['title', 'TM', '题名', '題名', 'Title'],
  ['creator', 'RZZ', '责任者', '產生者', 'Creator'],
  ['docNo', 'WH', '文号', '發文字號', 'Document number'],
  ['date', 'WJRQ', '文件日期', '文件日期', 'Date'],
  ['dateFrom', 'QSRQ', '起始日期', '起始日期', 'Date from'],
  ['dateTo', 'ZZRQ', '终止日期', '結束日期', 'Date to'],
  ['fondsNo', 'QZH', '全宗号', '全宗號', 'Fonds number'],
  ['fondsName', 'QZMC', '全宗名称', '全宗名稱', 'Fonds name'],
  ['category', 'DAML', '档案门类', '檔案門類', 'Category'],
  ['year', 'ND', '年度', '年度', 'Year'],
  ['retention', 'BGQX', '保管期限', '保存年限', 'Retention period'],
  ['dept', 'JGHWT', '机构或问题', '機構或問題', 'Department or subject'],
  ['catalogueNo', 'MLH', '目录号', '目錄號', 'Catalogue number'],
  ['volumeNo', 'AJH', '案卷号', '案卷號', 'Volume number'],
  ['itemNo', 'JH', '件号', '件號', 'Item number'],
  ['officeItemNo', null, '室编件号', '室編件號', 'Item number of the office'],
  ['archiveItemNo', null, '馆编件号', '館編件號', 'Item number of the archive'],
  ['level', 'ZLCC', '著录层级', '著錄層級', 'Level of description'],
  ['classification', 'MJ', '密级', '機密等級', 'Classification'],
  ['secrecyTerm', 'BMQX', '保密期限', '保密期限', 'Secrecy term'],
  ['pages', 'YS', '页数', '頁數', 'Pages'],
  ['accessStatus', 'KFBS', '开放标识', '開放狀態', 'Access status'],
  ['disclosure', 'GKSX', '公开属性', '公開屬性', 'Disclosure attribute'],
  ['openReason', null, '延期开放理由', '延後開放理由', 'Reason for not opening'],
  ['openBasis', null, '开放审核依据', '開放審核依據', 'Basis of the access decision'],
  ['reviewBatch', null, '审核批次', '審核批次', 'Review batch'],
  ['genre', 'WZ', '文种', '文別', 'Genre'],
  ['draft', 'GB', '稿本', '稿本', 'Version (draft, fair copy …)'],
  ['urgency', 'JJCD', '紧急程度', '速別', 'Urgency'],
  ['mainTo', 'ZS', '主送', '正本受文者', 'Addressed to'],
  ['copyTo', 'CS', '抄送', '副本受文者', 'Copied to'],
  ['subjects', 'ZTC', '主题词', '主題詞', 'Subjects'],
  ['keywords', 'GJC', '关键词', '關鍵詞', 'Keywords'],
  ['persons', 'RM', '人名', '人名', 'Persons'],
  ['abstract', 'ZY', '范围和提要', '範圍與內容摘要', 'Scope and content'],
  ['classNo', 'FLH', '分类号', '分類號', 'Class number'],
  ['medium', 'ZTXT', '载体形态', '媒體型式', 'Extent and medium'],
  ['language', null, '语言或文字', '語言或文字', 'Language'],
  ['origin', null, '生成方式', '產生方式', 'Origin'],
  ['location', 'CFWZ', '存址', '存放位置', 'Location'],
  ['boxNo', 'HH', '盒号', '盒號', 'Box number'],
  ['microNo', 'SWH', '缩微号', '微縮片號', 'Microform number'],
  ['originalLocation', null, '原件存放位置', '原件存放位置', 'Location of originals'],
  ['copyLocation', null, '复制件存放位置', '複製品存放位置', 'Location of copies'],
  ['custody', null, '档案保管沿革', '檔案保管沿革', 'Custodial history'],
  ['history', null, '组织机构沿革或人物生平', '組織沿革或人物生平', 'Administrative or biographical history'],
  ['arrangement', null, '整理情况', '整理情形', 'Arrangement'],
  ['destruction', null, '销毁情况', '銷毀情形', 'Destruction'],
  ['related', null, '相关著录单元', '相關著錄單元', 'Related units'],
  ['describer', 'ZLZ', '著录者', '著錄者', 'Described by'],
  ['describedAt', 'ZLRQ', '著录日期', '著錄日期', 'Described on'],
  ['annex', 'FJ', '附件', '附件', 'Annex'],
  ['fileSize', null, '计算机文件大小', '電子檔大小', 'File size'],
  ['fileFormat', null, '计算机文件格式', '電子檔格式', 'File format'],
  ['note', 'BZ', '备注', '附註', 'Note'],
  ['identifiers', null, '来源标识', '來源識別碼', 'Identifiers in other systems'],
  ['formerCodes', null, '曾用档号', '曾用檔號', 'Former reference codes'],
  ['sourceId', null, '来源编号', '來源編號', 'Number in the source system'],
  ['parentSourceId', null, '上级来源编号', '上層來源編號', 'Number of the entry above in the source system'],
  ['depth', null, '层次深度', '層次深度', 'Depth in the hierarchy'],
  [
    'opensOn',
    null,
    '开放日期（不导入，由开放审核决定）',
    '開放日期（不匯入，由開放審核決定）',
    'Opens on (not taken in: set by decision)',
  ],
  [
    'embargoUntil',
    null,
    '封存解除日期（不导入，由开放审核决定）',
    '封存解除日期（不匯入，由開放審核決定）',
    'Embargo ends on (not taken in: set by decision)',
  ],
  [
    'pageCount',
    null,
    '图像页数（不导入，按挂接的图像计数）',
    '影像頁數（不匯入，依掛接的影像計數）',
    'Page images (not taken in: counted)',
  ],
];

const NAMED: readonly FieldInfo[] = TABLE.map(([field, code, cn, tw, en]) => ({
  field,
  code,
  labels: { 'zh-CN': cn, 'zh-TW': tw, en },
}));

/** Elements of single categories are called as their scheme calls them. */
function ofSchemes(): FieldInfo[] {
  const named = new Set(NAMED.map((f) => f.field));
  return (Object.keys(DESCRIPTION_FIELDS) as DescriptionField[]).flatMap((field) => {
    const element = named.has(field) ? undefined : elementBy(field);
    return element ? [{ field, code: null, labels: namesOf(element) }] : [];
  });
}

/** All fields a column may be given, with their names. */
export const IMPORT_FIELDS: readonly FieldInfo[] = [...NAMED, ...ofSchemes()];

const KNOWN = new Set<string>(IMPORT_FIELDS.map((f) => f.field));

export function isImportField(s: string): s is ImportField {
  return KNOWN.has(s) || isOwnKey(s);
}

export function isDescriptionField(f: ImportField): f is DescriptionField | OwnKey {
  return Object.hasOwn(DESCRIPTION_FIELDS, f) || isOwnKey(f);
}
