import type { FileTree } from '#formats/tree';
import { childrenOf, readElements, textOf, type XmlElement, type XmlRefusals } from '#formats/xml';
import { isRefusal, messageOf } from '#kernel/errors';
import { tableRows } from '../catalogue/table.ts';
import { type HandoverProfile, partsOf, plainKey, REGISTER_SIDES, SIGNED } from '../profile.ts';
import { keyedLines, readText } from '../text.ts';
import { quoted, type Say } from './say.ts';

class BrokenXml extends Error {}
const refusals: XmlRefusals = {
  damaged: (what) => new BrokenXml(what),
  forbidden: (what) => new BrokenXml(`it ${what}`),
};

/** Entries of a form that are read. */
const MOST = 2000;

/**
 * What a register of handover says, by field without marks (`plainKey`): XML (elements that hold text), text (`键：值`) or a table in which the value
 * follows the field's name. Undefined for scans and documents, which people read.
 */
export async function readRegister(
  tree: FileTree,
  path: string,
  profile: HandoverProfile,
): Promise<Map<string, string> | undefined> {
  const fields = await fieldsOf(tree, path, profile);
  return fields && new Map([...fields].map(([name, value]) => [plainKey(name), value]));
}

async function fieldsOf(
  tree: FileTree,
  path: string,
  profile: HandoverProfile,
): Promise<Map<string, string> | undefined> {
  const { extension } = partsOf(path);
  if (extension === 'xml') return fromXml(tree, path);
  if (extension === 'txt') return keyedLines((await readText(tree, path)).text);
  if (['xlsx', 'xls', 'csv'].includes(extension)) return fromTable(tree, path, profile);
  return undefined;
}

async function fromXml(tree: FileTree, path: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const note = (name: string, value: string) => {
    if (found.size < MOST && !found.has(name)) found.set(name, value);
  };
  // What stands below a side of the handover (`<移交单位><填表人>`) is that side's, as in the form's two columns.
  const gather = (element: XmlElement, side = '') => {
    const children = childrenOf(element);
    const below = REGISTER_SIDES.find((s) => s === element.name) ?? side;
    for (const child of children) gather(child, below);
    if (children.length > 0) return;
    note(element.name, textOf(element));
    if (side !== '') note(`${side}${element.name}`, textOf(element));
  };
  const reading = { isContainer: (_: unknown, parents: readonly unknown[]) => parents.length === 0 };
  for await (const event of readElements((await tree.open(path)) as AsyncIterable<Buffer>, reading, refusals))
    if (event.kind === 'whole') gather(event.element);
  return found;
}

async function fromTable(
  tree: FileTree,
  path: string,
  profile: HandoverProfile,
): Promise<Map<string, string>> {
  const keys = new Set(profile.registerKeys.map((k) => plainKey(k.name)));
  const found = new Map<string, string>();
  for await (const { cells } of tableRows(tree, path)) {
    for (let i = 0; i < cells.length; i++) {
      const key = plainKey(cells[i]!).replace(/[：:]$/, '');
      const value = cells.slice(i + 1).find((cell) => cell.trim() !== '');
      if (keys.has(key) && !found.has(key) && value !== undefined) found.set(key, value.trim());
    }
    if (found.size >= keys.size) break;
  }
  return found;
}

export interface Totals {
  items: number;
  volumes: number;
  /** Of the records, and of all there is. */
  recordBytes: number;
  allBytes: number;
}

/** Reads a register and says what its fields lack. Empty where it can not be read by a program. */
export async function openRegister(
  tree: FileTree,
  path: string,
  profile: HandoverProfile,
  say: Say,
): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const fields = await readRegister(tree, path, profile);
    if (!fields) {
      say('info', 'registerScan', path, 'The register is a document or a scan: people have to read it.');
      return undefined;
    }
    for (const { name, need } of profile.registerKeys)
      if (need !== 'may' && (fields.get(plainKey(name))?.trim() ?? '') === '')
        say(
          need === 'must' ? 'error' : 'warning',
          'registerField',
          path,
          `The register does not say “${name}”.`,
        );
    for (const side of REGISTER_SIDES) judgeSignatures(fields, side, path, say);
    return fields;
  } catch (e) {
    if (!(e instanceof BrokenXml) && !isRefusal(e)) throw e;
    say('error', 'registerUnreadable', path, `The register can not be read: ${messageOf(e)}.`);
    return undefined;
  }
}

/** Whether a side has signed: people with the day they did, and the seal. On paper the signatures may stand elsewhere. */
function judgeSignatures(fields: ReadonlyMap<string, string>, side: string, path: string, say: Say): void {
  const said = (name: string) => fields.get(plainKey(`${side}${name}`))?.trim() ?? '';
  if (SIGNED.every(([by]) => said(by) === ''))
    say(
      'info',
      side === '接收单位' ? 'registerUnsignedByArchive' : 'registerUnsignedBySender',
      path,
      `The register names nobody who signed or sealed it for ${side}.`,
    );
  for (const [by, on] of SIGNED)
    if (said(by) !== '' && said(on) === '')
      say('warning', 'registerUndated', path, `“${side}${by}” stands there without its day (${on}).`);
}

/** Numbers in the register and what was counted. */
export function compareRegister(
  fields: ReadonlyMap<string, string>,
  path: string,
  totals: Totals,
  say: Say,
): void {
  const said = fields.get('移交电子档案数量')?.trim() ?? '';
  if (said !== '' && !countFits(said, totals))
    say('error', 'registerCount', path, `The register says ${quoted(said)}; ${counted(totals)}.`);
  const volume = fields.get('移交数据量')?.trim() ?? '';
  if (volume === '') return;
  const number = /^(\d+(?:\.(\d+))?)\s*(?:GB|G|吉字节)?$/i.exec(volume);
  if (!number)
    say(
      'error',
      'registerVolumeForm',
      path,
      `“移交数据量” says ${quoted(volume)}; it should be a number of GB.`,
    );
  else {
    if ((number[2]?.length ?? 0) !== 3)
      say(
        'warning',
        'registerVolumeForm',
        path,
        `“移交数据量” says ${quoted(volume)}; it should have three decimals.`,
      );
    if (!volumeFits(Number(number[1]), totals))
      say(
        'error',
        'registerVolume',
        path,
        `“移交数据量” says ${quoted(volume)}; the records have ${totals.recordBytes} bytes, all files ${totals.allBytes}.`,
      );
  }
}

/** Whether one of the numbers in a text is that of the items or volumes. No number says nothing. */
export function countFits(said: string, { items, volumes }: Pick<Totals, 'items' | 'volumes'>): boolean {
  const numbers = (said.match(/\d+/g) ?? []).map(Number);
  return numbers.length === 0 || numbers.includes(items > 0 ? items : volumes);
}

export const counted = ({ items, volumes }: Pick<Totals, 'items' | 'volumes'>): string =>
  `the catalogue has ${items} items${volumes > 0 ? ` and ${volumes} volumes` : ''}`;

/** Over the records or over everything. */
const volumeFits = (gigabytes: number, { recordBytes, allBytes }: Totals): boolean =>
  [recordBytes, allBytes].some((bytes) => gigabytesFit(gigabytes, bytes));

/** GB are counted by 1000 or by 1024; to the third decimal. */
export const gigabytesFit = (gigabytes: number, bytes: number): boolean =>
  [1e9, 2 ** 30].some((unit) => Math.abs(bytes / unit - gigabytes) <= 0.001);
