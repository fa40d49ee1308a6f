import { areaOf } from './areas.ts';
import { type MetadataField, type Obligation, SCHEME_LEVELS, type SchemeLevel } from './types.ts';
import {
  ACCESS_STATUS,
  ACCOUNTS,
  CLASSIFICATION,
  DISCLOSURE,
  DRAFT,
  GENRE,
  ORIGIN,
  URGENCY,
} from './vocabularies.ts';

/**
 * An element with its obligation at fonds, series, file and item; `-`: not used there (DA/T 18, standards reference 2.2
 * [S:WEN]).
 */
export interface Element extends Omit<MetadataField, 'key' | 'area' | 'obligation'> {
  readonly levels: string;
}

const OBLIGATION: Readonly<Record<string, Obligation>> = {
  R: 'required',
  C: 'conditional',
  O: 'optional',
};

const D18 = 'DA/T 18-2022';
const D46 = 'DA/T 46-2009';
const D54 = 'DA/T 54-2014';
const D63 = 'DA/T 63-2017';
const ISAD = 'ISAD(G)';
const OURS = 'Lantai';

type More = Partial<Omit<Element, 'levels'>>;
const text = (
  elements: string,
  levels: string,
  maxLength: number,
  source: string,
  more: More = {},
): Element => ({ elements: elements.split(' '), levels, type: 'text', maxLength, source, ...more });
const long = (elements: string, levels: string, source: string, more: More = {}): Element =>
  text(elements, levels, 20_000, source, { long: true, ...more });

const COUNTS = { inherits: 'counts' } as const;
const SHOWS = { inherits: 'shows' } as const;
const DELAYED = { when: { field: 'accessStatus', is: ['delayed'] }, inherits: 'shows' } as const;

/**
 * The elements of a description (DA/T 18 and DA/T 46; the record of standards reference 2.4), and what ISAD(G) has beside them.
 * Lengths are ours [D]: what the catalogue keeps, and less where a longer value is surely a mistake. The order is that in which
 * a row of a catalogue is made into a digest: new elements stand at the end.
 */
const COMMON = {
  archiveCode: text('档案馆代码', 'ROOO', 6, D18, { pattern: '[0-9]{6}' }),
  fondsNo: text('全宗号', 'RRRR', 20, D46, { pattern: '[A-Z0-9]{1,20}', slot: 'fonds' }),
  fondsName: text('全宗名称', '-OOO', 300, D46, SHOWS),
  category: text('档案门类 门类', '-RRR', 50, 'DA/T 13-2022', {
    type: 'category',
    slot: 'category',
    ...COUNTS,
  }),
  referenceCode: text('档号', 'RRRR', 200, D18, { type: 'referenceCode' }),
  title: text('题名', 'RRRR', 500, D18),
  creator: text('责任者', 'RRRR', 1_000, D18, SHOWS),
  docNo: text('文件编号 文号', '---C', 200, D18),
  date: text('日期 文件日期', 'RRRR', 120, D18, { type: 'date' }),
  year: text('年度', '-ORR', 4, D46, { type: 'year', slot: 'year', range: [1, 2_999] }),
  retention: text('保管期限', '--RR', 50, D18, { type: 'retention', slot: 'retention', ...COUNTS }),
  dept: text('机构或问题', '--CC', 200, D46, { slot: 'department', ...COUNTS }),
  catalogueNo: text('目录号', '-OOO', 50, D46, { slot: 'catalogue', ...COUNTS }),
  volumeNo: text('案卷号 馆编案卷号 室编案卷号', '--RC', 50, D46, { slot: 'volume', ...COUNTS }),
  itemNo: text('件号', '---R', 50, D46, { slot: 'item', or: ['officeItemNo', 'archiveItemNo'] }),
  officeItemNo: text('室编件号', '---O', 50, D46),
  archiveItemNo: text('馆编件号', '---O', 50, D46),
  classification: text('密级', '--CR', 50, `${D18}; ${D46}`, { vocabulary: CLASSIFICATION }),
  secrecyTerm: text('保密期限', '---C', 100, D46, SHOWS),
  pages: text('页数', '--CC', 7, 'DA/T 22-2015', { type: 'integer', range: [1, 1_000_000] }),
  accessStatus: text('开放标识 控制标识', '--RR', 50, D18, { vocabulary: ACCESS_STATUS, stages: ['BC'] }),
  genre: text('文种', '---O', 100, D18, { vocabulary: GENRE }),
  draft: text('稿本', '---O', 100, D18, { vocabulary: DRAFT }),
  urgency: text('紧急程度', '---O', 50, D46, { vocabulary: URGENCY }),
  mainTo: text('主送', '---O', 2_000, D46),
  copyTo: text('抄送', '---O', 2_000, D46),
  subjects: text('主题词', '---O', 2_000, D18),
  keywords: text('关键词', '---O', 2_000, D18),
  persons: text('人名', '--OO', 4_000, D18),
  abstract: long('摘要 范围和提要', '-OOO', D18),
  scope: long('范围和提要', 'O---', D18),
  disclosure: text('公开属性', '---O', 100, D18, { vocabulary: DISCLOSURE, ...SHOWS }),
  openReason: text('延期开放理由', '--CC', 500, OURS, DELAYED),
  openBasis: text('开放审核依据', '--CC', 500, OURS, DELAYED),
  reviewBatch: text('审核批次', '--OO', 100, OURS),
  location: text('存储位置 当前位置', 'OOOO', 500, D18, SHOWS),
  boxNo: text('盒号', '--OO', 100, OURS, SHOWS),
  microNo: text('缩微号', 'OOOO', 100, D18),
  originalLocation: text('原件存放位置', 'OOOO', 500, D18, SHOWS),
  copyLocation: text('复制件存放位置', 'OOOO', 500, D18, SHOWS),
  language: text('语种 语言或文字', 'OO-O', 200, D18, SHOWS),
  origin: text('生成方式', '--OO', 100, D18, { vocabulary: ORIGIN, ...SHOWS }),
  annex: text('附件', '---O', 2_000, D18),
  fileSize: text('计算机文件大小', '--OO', 100, D18),
  fileFormat: text('计算机文件格式', '--OO', 200, D18),
  medium: text('载体形态', 'O-OC', 500, D18),
  custody: long('档案保管沿革', 'ROOO', D18, SHOWS),
  arrangement: long('整理情况', 'OO--', D18, SHOWS),
  history: long('组织机构沿革 人物生平', 'O---', D18),
  related: text('相关著录单元', 'OO--', 4_000, D18),
  classNo: text('分类号', '--OO', 200, D18),
  destruction: text('销毁情况', '--CO', 2_000, D18),
  describer: text('著录者', 'OOOO', 200, D18),
  describedAt: text('著录日期', 'OOOO', 50, D18, { type: 'date' }),
  note: long('附注 备注', 'OOOO', D18),
  acquisition: long('直接来源', 'OO--', ISAD, SHOWS),
  appraisal: long('鉴定情况', 'OO--', ISAD),
  accruals: long('续增情况', 'OO--', ISAD),
  accessConditions: long('利用条件', 'OOO-', ISAD, SHOWS),
  reproduction: long('复制条件', 'OOO-', ISAD, SHOWS),
  physical: long('物理特征和技术要求', 'OOO-', ISAD),
  findingAids: long('检索工具', 'OO--', ISAD),
  publications: long('编研出版说明', 'OOO-', ISAD),
  rules: text('著录规则', 'OO--', 500, ISAD, SHOWS),
  // Names the entry has in other systems (number in the source system, ARK, address), a line each.
  identifiers: text('来源标识', '-OOO', 4_000, OURS, { long: true }),
} as const satisfies Readonly<Record<string, Element>>;

const GPS =
  '-?[0-9]{1,2}(?:[.][0-9]{1,8})?, ?-?[0-9]{1,3}(?:[.][0-9]{1,8})?(?:, ?-?[0-9]{1,5}(?:[.][0-9]{1,3})?)?';
const number = (elements: string, source: string) => text(elements, '-OOO', 100, source);

/** Elements that only some categories have. */
const SPECIAL = {
  place: text('地点', '---O', 500, D54),
  event: text('背景 事由', '--OO', 2_000, D54),
  gps: text('GPS 经纬度', '---O', 100, D54, { pattern: GPS }),
  device: text('设备型号', '---O', 200, D54),
  duration: text('时间长度', '---O', 20, D63, { type: 'seconds' }),
  frames: text('总帧数', '---O', 15, D63, { type: 'integer' }),
  projectNo: text('项目号', '-OOO', 50, 'DA/T 13-2022', { slot: 'project', ...SHOWS }),
  projectName: text('项目名称', '-OOO', 500, OURS, SHOWS),
  discipline: text('专业', '-OOO', 100, OURS, SHOWS),
  phase: text('阶段', '-OOO', 100, OURS, SHOWS),
  scale: text('比例', '---O', 50, OURS),
  equipmentNo: number('设备编号', OURS),
  accountKind: text('会计资料类别', '-OOO', 100, OURS, { vocabulary: ACCOUNTS, ...SHOWS }),
  accountSubject: text('会计科目', '-OOO', 200, OURS),
  period: text('会计期间', '-OOO', 100, OURS, SHOWS),
  voucherNos: text('凭证起止号', '--OO', 100, OURS),
  amount: text('金额', '--OO', 30, OURS, { type: 'decimal' }),
  businessNo: number('业务编号', OURS),
  businessKind: text('业务类别', '-OOO', 200, OURS, SHOWS),
  party: text('当事人', '--OO', 2_000, OURS),
  closedOn: text('办结日期', '--OO', 50, OURS, { type: 'date' }),
  outcome: text('办理结果', '--OO', 500, OURS),
} as const satisfies Readonly<Record<string, Element>>;

/** Keys of all elements the standards' schemes know. */
export type ElementKey = keyof typeof COMMON | keyof typeof SPECIAL;
const ALL: Readonly<Record<string, Element>> = { ...COMMON, ...SPECIAL };

/** The most characters each element may have, in the order of the table. */
export const ELEMENT_LENGTHS: Readonly<Record<ElementKey, number>> = Object.fromEntries(
  Object.entries(ALL).map(([key, e]) => [key, e.maxLength]),
) as Record<ElementKey, number>;

/** An element as it is used at a level; undefined where it is not. */
function fieldAt(key: string, level: SchemeLevel): MetadataField | undefined {
  const element = ALL[key];
  if (!element) return undefined;
  const { levels, ...rest } = element;
  const obligation = OBLIGATION[levels[SCHEME_LEVELS.indexOf(level)] ?? '-'];
  return obligation && { key, area: areaOf(key), ...rest, obligation };
}

/** The elements used at a level, with their obligation there. */
export const fieldsAt = (
  level: SchemeLevel,
  keys: readonly string[] = Object.keys(COMMON),
): MetadataField[] => keys.flatMap((key) => fieldAt(key, level) ?? []);

/** An element, whether or not a level uses it. */
export function elementBy(key: string): MetadataField | undefined {
  const element = Object.hasOwn(ALL, key) ? ALL[key] : undefined;
  if (!element) return undefined;
  const { levels: _, ...rest } = element;
  return { key, area: areaOf(key), ...rest, obligation: 'optional' };
}

/** @throws where there is none: a mistake of the scheme */
export function elementOf(key: ElementKey): MetadataField {
  const found = elementBy(key);
  if (!found) throw new Error(`there is no element ${key}`);
  return found;
}

const file = (
  key: string,
  elements: string,
  obligation: Obligation,
  maxLength: number,
  source: string,
  more: Partial<MetadataField> = {},
): MetadataField => ({
  key,
  elements: elements.split(' '),
  obligation,
  type: 'text',
  maxLength,
  source,
  measured: true,
  area: 'identity',
  ...more,
});

/** 电子属性 of every computer file (DA/T 46, M46 to M50; GB/T 18894 asks for the first three). */
export const FILE_ELEMENTS: readonly MetadataField[] = [
  file('fileName', '计算机文件名', 'required', 1_000, D46),
  file('fileSize', '计算机文件大小', 'required', 20, D46, { type: 'size' }),
  file('fileFormat', '格式信息 计算机文件格式', 'optional', 200, D46),
  file('creatingProgram', '文档创建程序', 'optional', 500, D46),
];

/** Of photographs (DA/T 54, read out of the picture). */
export const PICTURE_ELEMENTS: readonly MetadataField[] = [
  ...FILE_ELEMENTS,
  file('imageWidth', '图像宽度', 'required', 10, 'DA/T 54-2014', { type: 'integer', range: [1, 10_000_000] }),
  file('imageHeight', '图像高度', 'required', 10, 'DA/T 54-2014', {
    type: 'integer',
    range: [1, 10_000_000],
  }),
];

/** Of sound and film (DA/T 63, read out of the file). */
export const RECORDING_ELEMENTS: readonly MetadataField[] = [
  ...FILE_ELEMENTS,
  file('duration', '时间长度', 'optional', 20, 'DA/T 63-2017', { type: 'seconds' }),
];
