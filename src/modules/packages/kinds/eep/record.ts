import { documentsNode, type EepInput, type EepNode, eepNode, eepText } from '#formats/eep';
import type { ConsignedFile, ConsignedFonds, ConsignedUnit, Consignment } from '../../consignment.ts';
import { textColumn } from '../../own/columns.ts';
import { ACCESS_WORDS, classificationWord, dateWord, describedElements, retentionWord } from '../elements.ts';

/** What stands where the standard asks for something the entry does not say. */
const UNKNOWN = '不详';
const UNDECIDED = '未定';
/** A year no record is of. */
const NO_YEAR = '0001';

export interface RecordOrder {
  consignment: Consignment;
  unit: ConsignedUnit;
  fonds: ConsignedFonds | undefined;
  files: readonly ConsignedFile[];
  /** ISO 8601. */
  at: string;
}

/** Characters XML 1.0 can not hold are replaced; the complete description has them. */
const held = (text: string) =>
  text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
const required = (name: string, text: string | null | undefined, otherwise = UNKNOWN): EepNode => {
  const said = held(text ?? '');
  return eepText(name, said.trim() === '' ? otherwise : said);
};

/** An entry with its files as an EEP says it (DA/T 48, elements of DA/T 46). */
export function recordOf({ consignment, unit, fonds, files, at }: RecordOrder): EepInput {
  const { key, row } = unit;
  const text = (column: string) => textColumn(row, column);
  const described = describedElements(row);
  const optional = (name: string, value = described[name]) =>
    value === undefined || value.trim() === '' ? undefined : eepText(name, held(value));
  const archive = consignment.archive?.name ?? '';
  const title = required('题名', text('title'));
  return {
    createdAt: at,
    createdBy: required('', archive).text ?? UNKNOWN,
    record: eepNode('文件实体', [
      eepText('聚合层次', '文件'),
      eepNode('来源', [
        required('档案馆名称', archive),
        required('档案馆代码', consignment.archive?.code),
        required('全宗名称', fonds?.name),
        required('立档单位名称', fonds?.agency?.name ?? fonds?.name),
      ]),
      eepText('电子文件号', key),
      codeOf(unit, optional('机构或问题')),
      eepNode('内容描述', [
        title,
        ...['主题词', '关键词', '人名', '摘要', '分类号'].map((name) => optional(name)),
        optional('文件编号', text('doc_no') ?? undefined),
        required('责任者', text('creator')),
        required('日期', dateWord(row)),
        ...['文种', '紧急程度', '主送', '抄送'].map((name) => optional(name)),
        eepText('密级', classificationWord(row)),
        optional('保密期限'),
      ]),
      eepNode('形式特征', [
        eepText('文件组合类型', files.length > 1 ? '组合文件' : '单件'),
        typeof row.pages === 'number' ? eepText('页数', String(row.pages)) : undefined,
        ...['语种', '稿本'].map((name) => optional(name)),
      ]),
      eepNode('存储位置', [eepText('脱机载体编号', '在线')]),
      eepNode('权限管理', [optional('控制标识', ACCESS_WORDS[String(row.access_status)])]),
      optional('附注'),
      documentsNode(0, [
        {
          isMain: true,
          title: title.text ?? '',
          files: files.map((file, i) => ({
            name: required('', file.name, `${i + 1}`).text ?? '',
            bytes: file.bytes,
            ...(file.mediaType === null ? {} : { formatInfo: file.mediaType }),
            open: async () => (await file.open()) as AsyncIterable<Buffer>,
          })),
        },
      ]),
    ]),
    events: [
      eepNode('业务实体', [
        ...[eepText('业务标识符', 'Y1'), eepText('机构人员标识符', 'J1'), eepText('文件标识符', key)],
        ...[eepText('业务状态', '历史行为'), eepText('业务行为', '封装'), eepText('行为时间', at)],
      ]),
    ],
    agents: [
      eepNode('机构人员实体', [
        ...[eepText('机构人员标识符', 'J1'), eepText('机构人员类型', '单位')],
        required('机构人员名称', archive),
      ]),
    ],
  };
}

function codeOf({ key, fonds, row }: ConsignedUnit, department: EepNode | undefined): EepNode {
  const code = textColumn(row, 'reference_code');
  const node = eepNode('档号', [
    eepText('全宗号', fonds),
    eepText('年度', yearOf(row) ?? NO_YEAR),
    required('保管期限', retentionWord(row), UNDECIDED),
    department,
    required('馆编件号', code, key),
  ]);
  return code === null ? node : { ...node, text: held(code) };
}

/** Of the entry, or of its date. */
export function yearOf(row: ConsignedUnit['row']): string | null {
  if (typeof row.year === 'number') return String(row.year).padStart(4, '0');
  return textColumn(row, 'date_from')?.slice(0, 4) ?? null;
}
