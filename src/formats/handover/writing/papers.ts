import { textElement } from '#formats/xml';
import { Refusal } from '#kernel/errors';
import { type CatalogueRule, type HandoverProfile, plainKey } from '../profile.ts';
import { encodingLabel, type HandoverEncoding } from './encode.ts';
import type { HandoverItemInput, HandoverVolumeInput } from './item.ts';

/** What is counted while the records are written. */
export interface Counted {
  items: number;
  volumes: number;
  /** Of the records with their metadata. */
  bytes: number;
  /** Of everything the list of digests has. */
  allBytes: number;
  first: string;
  last: string;
}

export const unwritable = (why: string): Refusal =>
  new Refusal('handover.unwritable', `The handover folder can not be written: ${why}.`);

/** Names with marks that no element may have stand without them. */
const element = (name: string, value: string): string => textElement(plainKey(name), value);

export const xmlHead = (encoding: HandoverEncoding, root: string): string =>
  `<?xml version="1.0" encoding="${encodingLabel(encoding)}"?>\n<${root}>\n`;

const xml = (root: string, inner: string, encoding: HandoverEncoding): string =>
  `${xmlHead(encoding, root)}${inner}</${root}>\n`;

/** A row of the catalogue. @throws Refusal `handover.unwritable` */
export function rowXml(
  item: HandoverVolumeInput,
  number: number,
  profile: HandoverProfile,
  rule: CatalogueRule,
  folder: string,
): string {
  const filled: Record<string, string> = {
    顺序号: String(number),
    ...(profile.filesColumn === ''
      ? {}
      : { [profile.filesColumn]: folder.slice(profile.records.length + 1) }),
    ...item.values,
  };
  const cells = rule.columns.flatMap(({ name, need }) => {
    const value = filled[name];
    if (need === 'must' && (value ?? '').trim() === '') throw unwritable(`row ${number} has no “${name}”`);
    return value === undefined && need === 'may' ? [] : [textElement(name, value ?? '')];
  });
  return `  <${rule.row}>${cells.join('')}</${rule.row}>\n`;
}

export function metadataXml(item: HandoverItemInput, encoding: HandoverEncoding): string {
  const said = { ...item.values, ...item.metadata };
  const fields = Object.entries(said).filter(([name]) => name !== '顺序号' && name !== '电子档案名称');
  const files = item.files.map(
    (f) => `  <文件>${textElement('计算机文件名', f.name)}${textElement('计算机文件大小', f.bytes)}</文件>\n`,
  );
  const inner = fields.map(([name, value]) => `  ${element(name, value)}\n`).join('') + files.join('');
  return xml('元数据', inner, encoding);
}

/** How many items and, where there are any, volumes there are, in the words of registers. */
const quantity = ({ items, volumes }: Counted): string =>
  volumes > 0 ? `${volumes}卷，${items}件` : `${items}件`;

/** The explanatory file. @throws Refusal `handover.unwritable` */
export function noteText(
  profile: HandoverProfile,
  given: Readonly<Record<string, string>>,
  counted: Counted,
): string {
  const note: Record<string, string> = {
    ...(profile.id === '2022'
      ? {
          起止档号: counted.items === 1 ? counted.first : `${counted.first}至${counted.last}`,
          档案数量: quantity(counted),
        }
      : {}),
    ...given,
  };
  for (const { name, need } of profile.note.keys)
    if (need === 'must' && (note[name] ?? '').trim() === '')
      throw unwritable(`the explanatory file lacks “${name}”`);
  const keys = profile.note.keys.map((k) => k.name).filter((k) => note[k] !== undefined);
  for (const key of Object.keys(note)) if (!keys.includes(key)) keys.push(key);
  return keys.map((key) => `${key}：${note[key]!.replace(/\s*[\r\n]+\s*/g, ' ')}\r\n`).join('');
}

/** The register of the handover. */
export function registerXml(
  profile: HandoverProfile,
  given: Readonly<Record<string, string>>,
  counted: Counted,
  digest: string,
  encoding: HandoverEncoding,
): string {
  const register: Record<string, string> = {
    移交电子档案数量: quantity(counted),
    移交数据量: (counted.bytes / 2 ** 30).toFixed(3),
    数字摘要: digest.toUpperCase(),
    ...given,
  };
  // Who signed stands there once somebody has.
  const names = profile.registerKeys
    .filter(({ name, need }) => need !== 'may' || register[name] !== undefined)
    .map((k) => k.name);
  const all = [...names, ...Object.keys(register).filter((key) => !names.includes(key))];
  return xml(profile.registers[0]!, all.map((key) => element(key, register[key] ?? '')).join(''), encoding);
}

/** A row of the list of digests. */
export function digestXml(
  row: string,
  path: string,
  digest: string,
  algorithm: string,
  bytes: number,
): string {
  const cells = [
    element('文件路径', path),
    element('数字摘要', digest),
    element('摘要算法', algorithm.toUpperCase()),
    element('字节数', String(bytes)),
  ];
  return `  <${row}>${cells.join('')}</${row}>\n`;
}

/** The row of the list of digests for the carrier as a whole: 载体(包)编号, 内容说明, 数字摘要, 实际容量(GB) [S:T2012]. */
export function carrierXml(
  row: string,
  note: Readonly<Record<string, string>>,
  digest: string,
  algorithm: string,
  { allBytes }: Counted,
): string {
  const cells = [
    element('载体(包)编号', note.载体编号 ?? ''),
    element('内容说明', note.内容描述 ?? ''),
    element('数字摘要', digest),
    element('摘要算法', algorithm.toUpperCase()),
    element('实际容量(GB)', (allBytes / 2 ** 30).toFixed(3)),
  ];
  return `  <${row}>${cells.join('')}</${row}>\n`;
}
