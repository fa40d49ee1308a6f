import type { FileTree, FindingList } from '#formats/tree';
import { Refusal } from '#kernel/errors';
import type { Declaration } from './declaration.ts';
import { linesOf } from './lines.ts';

/** Labels with their values, in the order of the file; a label may stand more than once. */
export type BagInfo = readonly (readonly [label: string, value: string])[];

/** In the drafts before 0.96 it was called package-info.txt. */
export const INFO_FILES = ['bag-info.txt', 'package-info.txt'] as const;

const MOST_LINES = 200_000;
const ONCE = ['bagging-date', 'payload-oxum', 'bag-size', 'bag-group-identifier', 'bag-count'];

export async function findInfo(tree: FileTree): Promise<string | null> {
  for (const name of INFO_FILES) if ((await tree.entry(name))?.kind === 'file') return name;
  return null;
}

/** Reads and judges bag-info.txt (RFC 8493, 2.2.2). @throws Refusal as `linesOf`, `bag.longInfo` */
export async function readInfo(
  tree: FileTree,
  path: string,
  { encoding, strict }: Pick<Declaration, 'encoding' | 'strict'>,
  findings?: FindingList,
): Promise<BagInfo> {
  const info: [string, string][] = [];
  let number = 0;
  for await (const line of linesOf(tree, path, encoding)) {
    if (++number > MOST_LINES)
      throw new Refusal('bag.longInfo', `It has more than ${MOST_LINES} lines.`, { path });
    const last = info.at(-1);
    if (/^[ \t]/.test(line) && last) {
      last[1] = `${last[1]} ${line.trim()}`;
      continue;
    }
    if (line.trim() === '') {
      findings?.add('bag.blankLine', 'warning', path, `Line ${number} is empty.`);
      continue;
    }
    const match = /^([^:]*):(.*)$/s.exec(line);
    if (!match) {
      findings?.add(
        'bag.infoLine',
        strict ? 'error' : 'warning',
        path,
        `Line ${number} is no label with a colon and a value.`,
      );
      continue;
    }
    const [label = '', value = ''] = match.slice(1);
    if (strict && (label !== label.trim() || !/^[ \t]/.test(value)))
      findings?.add(
        'bag.infoSpace',
        'warning',
        path,
        `Line ${number}: the colon has to follow its label at once, and a space the colon.`,
      );
    info.push([label.trim(), value.trim()]);
  }
  if (findings) judge(info, path, findings);
  return info;
}

function judge(info: BagInfo, path: string, findings: FindingList): void {
  for (const once of ONCE)
    if (info.filter(([label]) => label.toLowerCase() === once).length > 1)
      findings.add('bag.infoTwice', 'warning', path, `${once} should stand once.`);
  for (const date of valuesOf(info, 'Bagging-Date'))
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date))
      findings.add(
        'bag.infoDate',
        'warning',
        path,
        `Bagging-Date is "${date}"; it should be written YYYY-MM-DD.`,
      );
}

export const valuesOf = (info: BagInfo, wanted: string): string[] =>
  info.filter(([label]) => label.toLowerCase() === wanted.toLowerCase()).map(([, value]) => value);

/** What bag-info.txt declares of the payload; a figure may be written roughly, and then has a precision. */
export interface BagDeclared {
  readonly source: string;
  readonly files: number | null;
  readonly bytes: number | null;
  /** Bytes the figure may be off by. */
  readonly precision: number;
  /** Compared by the validation. */
  readonly isExact: boolean;
}

const STEPS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** Payload-Oxum and Bag-Size (RFC 8493, 2.2.2), each as often as it stands there and can be read. */
export function declaredBy(info: BagInfo): BagDeclared[] {
  const exact = valuesOf(info, 'Payload-Oxum').flatMap((value): BagDeclared[] => {
    const oxum = /^(\d{1,15})\.(\d{1,15})$/.exec(value);
    if (!oxum) return [];
    const [bytes, files] = [Number(oxum[1]), Number(oxum[2])];
    return [{ source: 'Payload-Oxum', bytes, files, precision: 0, isExact: true }];
  });
  return [...exact, ...valuesOf(info, 'Bag-Size').flatMap(sizeSaid)];
}

/** `42.6 GB`: by steps of 1000 or of 1024, and right to its last figure. */
function sizeSaid(value: string): BagDeclared[] {
  const said = /^(\d{1,15})(?:\.(\d{1,6}))?\s*(bytes?|[KMGTP]?i?B?)$/i.exec(value.replaceAll(',', ''));
  if (!said) return [];
  const unit = (said[3] ?? '').toUpperCase().replace('I', '');
  const power = /^(?:BYTES?)?$/.test(unit) ? 0 : STEPS.indexOf(unit.endsWith('B') ? unit : `${unit}B`);
  if (power < 0) return [];
  const number = Number(`${said[1]}.${said[2] ?? 0}`);
  const about = power === 0 ? 0 : 10 ** -(said[2]?.length ?? 0);
  const least = Math.max(0, number - about) * 1000 ** power;
  const most = (number + about) * 1024 ** power;
  const precision = (most - least) / 2;
  return [{ source: 'Bag-Size', files: null, bytes: least + precision, precision, isExact: false }];
}
