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

/** What bag-info.txt declares of the payload. */
export interface BagDeclared {
  readonly source: string;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Payload-Oxum (RFC 8493, 2.2.2), as often as it stands there and can be read. Bag-Size is for people, rough, and often of
 * another state of the bag: nothing is judged by it.
 */
export const declaredBy = (info: BagInfo): BagDeclared[] =>
  valuesOf(info, 'Payload-Oxum').flatMap((value) => {
    const oxum = /^(\d{1,15})\.(\d{1,15})$/.exec(value);
    return oxum ? [{ source: 'Payload-Oxum', bytes: Number(oxum[1]), files: Number(oxum[2]) }] : [];
  });
