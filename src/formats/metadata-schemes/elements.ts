import type { MetadataField, Obligation, SchemeLevel } from './types.ts';
import { ACCESS_STATUS, CLASSIFICATION, DISCLOSURE, DRAFT, GENRE, ORIGIN, URGENCY } from './vocabularies.ts';

/** An element with its obligation at each level; `-`: not used there (DA/T 18, standards reference 2.2 [S:WEN]). */
export interface Element extends Omit<MetadataField, 'obligation'> {
  readonly levels: string;
}

const OBLIGATION: Readonly<Record<string, Obligation>> = {
  R: 'required',
  C: 'conditional',
  O: 'optional',
};
const AT: readonly SchemeLevel[] = ['series', 'file', 'item'];

const D18 = 'DA/T 18-2022';
const D46 = 'DA/T 46-2009';
const OURS = 'Lantai';

const text = (
  key: string,
  elements: string,
  levels: string,
  maxLength: number,
  source: string,
  more: Partial<Element> = {},
): Element => ({ key, elements: elements.split(' '), levels, type: 'text', maxLength, source, ...more });

/**
 * The elements of a description (DA/T 18 and DA/T 46; the record of standards reference 2.4). `levels`: series, file, item.
 * Lengths are ours [D]: what the catalogue keeps, and less where a longer value is surely a mistake.
 */
export const ELEMENTS: readonly Element[] = [
  text('archiveCode', '档案馆代码', 'OOO', 6, D18, { pattern: '[0-9]{6}' }),
  text('fondsNo', '全宗号', 'RRR', 20, D46, { pattern: '[A-Z0-9]{1,20}', slot: 'fonds' }),
  text('fondsName', '全宗名称', 'OOO', 300, D46),
  text('category', '档案门类 门类', 'RRR', 50, 'DA/T 13-2022', { type: 'category', slot: 'category' }),
  text('referenceCode', '档号', 'RRR', 200, D18, { type: 'referenceCode' }),
  text('title', '题名', 'RRR', 500, D18),
  text('creator', '责任者', 'RRR', 1_000, D18),
  text('docNo', '文件编号 文号', '--C', 200, D18),
  text('date', '日期 文件日期', 'RRR', 120, D18, { type: 'date' }),
  text('year', '年度', 'ORR', 4, D46, { type: 'year', slot: 'year', range: [1, 2_999] }),
  text('retention', '保管期限', '-RR', 50, D18, { type: 'retention', slot: 'retention' }),
  text('dept', '机构或问题', '-CC', 200, D46, { slot: 'department' }),
  text('catalogueNo', '目录号', 'OOO', 50, D46, { slot: 'catalogue' }),
  text('volumeNo', '案卷号 馆编案卷号 室编案卷号', '-RC', 50, D46, { slot: 'volume' }),
  text('itemNo', '件号', '--R', 50, D46, { slot: 'item', or: ['officeItemNo', 'archiveItemNo'] }),
  text('officeItemNo', '室编件号', '--O', 50, D46),
  text('archiveItemNo', '馆编件号', '--O', 50, D46),
  text('classification', '密级', '-CR', 50, `${D18}; ${D46}`, { vocabulary: CLASSIFICATION }),
  text('secrecyTerm', '保密期限', '--C', 100, D46),
  text('pages', '页数', '-CC', 7, 'DA/T 22-2015', { type: 'integer', range: [1, 1_000_000] }),
  text('accessStatus', '开放标识 控制标识', '-RR', 50, D18, { vocabulary: ACCESS_STATUS, stages: ['BC'] }),
  text('openReason', '延期开放理由', '-CC', 500, OURS, {
    when: { field: 'accessStatus', is: ['delayed'] },
  }),
  text('openBasis', '开放审核依据', '-CC', 500, OURS, {
    when: { field: 'accessStatus', is: ['delayed'] },
  }),
  text('disclosure', '公开属性', '--O', 100, D18, { vocabulary: DISCLOSURE }),
  text('genre', '文种', '--O', 100, D18, { vocabulary: GENRE }),
  text('draft', '稿本', '--O', 100, D18, { vocabulary: DRAFT }),
  text('urgency', '紧急程度', '--O', 50, D46, { vocabulary: URGENCY }),
  text('mainTo', '主送', '--O', 2_000, D46),
  text('copyTo', '抄送', '--O', 2_000, D46),
  text('annex', '附件', '--O', 2_000, D18),
  text('subjects', '主题词', '--O', 2_000, D18),
  text('keywords', '关键词', '--O', 2_000, D18),
  text('persons', '人名', '-OO', 4_000, D18),
  text('abstract', '摘要 范围和提要', 'OOO', 20_000, D18),
  text('classNo', '分类号', '-OO', 200, D18),
  text('language', '语种 语言或文字', '--O', 200, D18),
  text('medium', '载体形态', 'O-C', 500, D18),
  text('origin', '生成方式', '-OO', 100, D18, { vocabulary: ORIGIN }),
  text('custody', '档案保管沿革', 'OOO', 20_000, D18),
  text('arrangement', '整理情况', 'O--', 20_000, D18),
  text('destruction', '销毁情况', '-CO', 2_000, D18),
  text('location', '存储位置 当前位置', 'OOO', 500, D18),
  text('originalLocation', '原件存放位置', 'OOO', 500, D18),
  text('copyLocation', '复制件存放位置', 'OOO', 500, D18),
  text('microNo', '缩微号', 'OOO', 100, D18),
  text('boxNo', '盒号', '-OO', 100, OURS),
  text('related', '相关著录单元', 'OOO', 4_000, D18),
  text('describer', '著录者', 'OOO', 200, D18),
  text('describedAt', '著录日期', 'OOO', 50, D18, { type: 'date' }),
  text('note', '附注 备注', 'OOO', 20_000, D18),
];

/** The elements used at a level, with their obligation there. */
export function fieldsAt(level: SchemeLevel, elements: readonly Element[] = ELEMENTS): MetadataField[] {
  const at = AT.indexOf(level);
  return elements.flatMap(({ levels, ...field }) => {
    const obligation = OBLIGATION[levels[at] ?? '-'];
    return obligation ? [{ ...field, obligation }] : [];
  });
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
