/** A column of a catalogue, or a key of the explanatory file. */
export interface FieldRule {
  readonly name: string;
  /** `must`: there and filled in. `should`: there; empty is a warning. `may`: left out or empty as one likes. */
  readonly need: 'must' | 'should' | 'may';
}

export interface CatalogueRule {
  /** Base names the file may have, the first being the standard's. */
  readonly files: readonly string[];
  /** Of the XML: the root, and the element of one row. */
  readonly root: string;
  readonly row: string;
  readonly level: 'item' | 'volume';
  readonly columns: readonly FieldRule[];
}

/**
 * How a handover folder is laid out. What the sources do not state beyond doubt ([M], [M-low]) is here to be set otherwise,
 * and nowhere else.
 */
export interface HandoverProfile {
  readonly id: '2012' | '2022';
  /** Whose rule it is, for people. */
  readonly source: string;
  readonly note: { readonly file: string; readonly keys: readonly FieldRule[] };
  readonly catalogues: readonly CatalogueRule[];
  /** The folder of the records; '' where they lie in folders of the root. */
  readonly records: string;
  readonly others: { readonly folder: string; readonly required: boolean };
  /** How a row finds its files: by the column that names them, or by the folder called after its reference code. */
  readonly filesBy: 'column' | 'code';
  readonly filesColumn: string;
  /** Several names in that column are parted by one of these characters. */
  readonly nameSeparators: string;
  /** Whether each item has metadata in XML: missing is an error, a warning, or nothing. */
  readonly metadata: 'must' | 'should' | 'may';
  /** How metadata files are called: they begin so; any other XML counts too where the profile says `anyXml`. */
  readonly metadataName: string;
  readonly anyXml: boolean;
  /** Retention periods that are known; others are a warning. Empty: not looked at. */
  readonly retention: readonly string[];
  /** Base names the register of the handover may have. */
  readonly registers: readonly string[];
  /** Fields of the register. */
  readonly registerKeys: readonly FieldRule[];
  /** Base names of lists of digests. */
  readonly digestLists: readonly string[];
}

const fields = (need: FieldRule['need'], names: string): FieldRule[] =>
  names.split(' ').map((name) => ({ name, need }));

/** Who signs and seals the register, for either side [S:T2012]: who filled it in, who checked it, the body's seal, each with its day. */
export const REGISTER_SIDES = ['移交单位', '接收单位'] as const;
export const SIGNED: readonly (readonly [by: string, on: string])[] = [
  ['填表人', '填表日期'],
  ['审核人', '审核日期'],
  ['印章', '盖章日期'],
];
const SIGNERS = REGISTER_SIDES.flatMap((side) => SIGNED.flat().map((name) => `${side}${name}`)).join(' ');

/** [S:T2012] the fields; whether they must be filled in is [M]. */
const REGISTER_KEYS: readonly FieldRule[] = [
  ...fields('must', '交接工作名称 移交电子档案数量 移交数据量 移交载体类型、规格'),
  ...fields(
    'should',
    '内容描述 载体起止顺序号 准确性检验 完整性检验 可用性检验 安全性检验 载体外观检验 数字摘要',
  ),
  ...fields('may', SIGNERS),
];
const REGISTERS = ['电子档案移交与接收登记表', '移交与接收登记表', '登记表'];
/** [M-low]: the list comes with the register; how its file is called is nowhere said. */
const DIGEST_LISTS = ['数字摘要清单', '数字摘要', '数字摘要列表'];
/** Both vocabularies are in use [M]. */
const RETENTION = ['永久', '定期30年', '定期10年', '30年', '10年', '长期', '短期'];

const COLUMNS_2012: readonly FieldRule[] = [
  ...fields('must', '顺序号 档号'),
  ...fields('should', '责任者'),
  ...fields('must', '题名'),
  ...fields('should', '日期 密级'),
  ...fields('must', '电子档案名称'),
  ...fields('may', '备注'),
];

/** 电子档案移交与接收办法 (2012), annex 2 [S:T2012]. */
export const HANDOVER_2012: HandoverProfile = {
  id: '2012',
  source: '电子档案移交与接收办法 (2012), annex 2',
  note: {
    file: '说明文件',
    keys: [
      ...fields('may', '载体参数'),
      ...fields('should', '载体编号 保管单位 制作单位 检查单位 软硬件环境'),
    ],
  },
  catalogues: [
    {
      files: ['文件目录', '归档文件目录', '卷内目录', '卷内文件目录'],
      root: '文件目录',
      row: '文件',
      level: 'item',
      columns: COLUMNS_2012,
    },
    { files: ['案卷目录'], root: '案卷目录', row: '案卷', level: 'volume', columns: COLUMNS_2012 },
  ],
  records: '电子档案',
  others: { folder: '其他', required: true },
  filesBy: 'column',
  filesColumn: '电子档案名称',
  nameSeparators: ';；|\n',
  metadata: 'should',
  metadataName: '元数据',
  anyXml: true,
  retention: [],
  registers: REGISTERS,
  registerKeys: REGISTER_KEYS,
  digestLists: DIGEST_LISTS,
};

/** DA/T 93-2022, annex B [S:D93]; volumes are [M-low]. */
export const HANDOVER_2022: HandoverProfile = {
  id: '2022',
  source: 'DA/T 93-2022, annex B',
  note: {
    file: '说明文件',
    keys: [
      ...fields('must', '移交单位 内容描述 起止档号 档案数量 软硬件环境'),
      ...fields('may', '离线载体参数 载体编号 载体数量 制作单位 检查单位'),
    ],
  },
  catalogues: [
    {
      files: ['目录文件', '归档文件目录', '卷内目录'],
      root: '文件目录',
      row: '文件',
      level: 'item',
      columns: [
        ...fields('must', '顺序号 档号'),
        ...fields('should', '责任者'),
        ...fields('must', '题名'),
        ...fields('should', '日期'),
        ...fields('must', '保管期限'),
        ...fields('should', '密级'),
        ...fields('may', '页数 备注'),
      ],
    },
    {
      files: ['案卷目录'],
      root: '案卷目录',
      row: '案卷',
      level: 'volume',
      columns: [
        ...fields('must', '顺序号 档号 题名'),
        ...fields('may', '责任者 日期 保管期限 密级 件数 页数 备注'),
      ],
    },
  ],
  records: '',
  others: { folder: '其他', required: false },
  filesBy: 'code',
  filesColumn: '',
  nameSeparators: '',
  metadata: 'must',
  metadataName: '元数据',
  anyXml: true,
  retention: RETENTION,
  registers: REGISTERS,
  registerKeys: REGISTER_KEYS,
  digestLists: DIGEST_LISTS,
};

export const PROFILES: readonly HandoverProfile[] = [HANDOVER_2022, HANDOVER_2012];

const folded = (name: string) => name.normalize('NFC').toLowerCase();

/** A file's base name and extension, for comparing: folders from other systems differ in case. */
export function partsOf(path: string): { base: string; extension: string } {
  const name = folded(path.slice(path.lastIndexOf('/') + 1));
  const dot = name.lastIndexOf('.');
  return dot <= 0
    ? { base: name, extension: '' }
    : { base: name.slice(0, dot), extension: name.slice(dot + 1) };
}

export const CATALOGUE_FORMS: readonly string[] = ['xml', 'xlsx', 'xls', 'csv', 'txt'];

/** Which catalogue a file of the root is. */
export function catalogueRule(profile: HandoverProfile, path: string): CatalogueRule | undefined {
  const { base, extension } = partsOf(path);
  if (!CATALOGUE_FORMS.includes(extension)) return undefined;
  return profile.catalogues.find((c) => c.files.includes(base));
}

/** A field's name without marks that an element's name can not have, or that people leave out. */
export const plainKey = (name: string): string => name.replace(/[、，,()（）/／\s]/g, '');
