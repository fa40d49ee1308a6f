import { text } from 'node:stream/consumers';
import type { FileTree, FindingList } from '#formats/tree';
import { messageOf } from '#kernel/errors';

/** What `bagit.txt` says, with what has to be supposed where it says nothing. */
export interface Declaration {
  readonly version: string;
  /** Whether the rules of RFC 8493 (1.0) hold, not those of the drafts before it. */
  readonly strict: boolean;
  readonly encoding: string;
}

/** The versions that were published and are read here. */
export const BAG_VERSIONS = ['0.93', '0.94', '0.95', '0.96', '0.97', '1.0'] as const;

export const DECLARATION = 'bagit.txt';
/** Two short lines; more is none. */
const MOST = 4096;

/** Reads and judges `bagit.txt` (RFC 8493, 2.1.1). */
export async function readDeclaration(tree: FileTree, findings: FindingList): Promise<Declaration> {
  const wrong = (code: string, message: string) => findings.add(code, 'error', DECLARATION, message);
  const supposed: Declaration = { version: '1.0', strict: true, encoding: 'UTF-8' };
  const entry = await tree.entry(DECLARATION);
  if (entry?.kind !== 'file') {
    wrong('bag.noDeclaration', 'There is no bagit.txt; every bag has one.');
    return supposed;
  }
  if (entry.bytes > MOST) {
    wrong('bag.declaration', 'It is longer than the two lines it has to have.');
    return supposed;
  }
  let content: string;
  try {
    content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(await text((await tree.open(DECLARATION)).setEncoding('latin1')), 'latin1'),
    );
  } catch (e) {
    wrong('bag.declaration', `It can not be read as UTF-8: ${messageOf(e)}`);
    return supposed;
  }
  if (content.startsWith('\ufeff')) {
    wrong('bag.declaration', 'It begins with a byte order mark, which it must not have.');
    content = content.slice(1);
  }
  return judge(content, findings, wrong);
}

function judge(
  content: string,
  findings: FindingList,
  wrong: (code: string, message: string) => void,
): Declaration {
  const lines = content.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  const loose = (line: string | undefined, label: string) =>
    new RegExp(`^\\s*${label}\\s*:\\s*(.*?)\\s*$`, 'i').exec(line ?? '')?.[1];
  const versionText = loose(lines[0], 'BagIt-Version');
  const encoding = loose(lines[1], 'Tag-File-Character-Encoding');
  if (versionText === undefined)
    wrong('bag.declaration', 'Its first line has to be "BagIt-Version: " and a version.');
  if (!encoding)
    wrong('bag.declaration', 'Its second line has to be "Tag-File-Character-Encoding: " and an encoding.');
  const version = versionText ?? '1.0';
  if (versionText !== undefined && !/^\d+\.\d+$/.test(version))
    wrong('bag.version', `"${version}" is no version; one is two numbers with a dot between them.`);
  else if (!BAG_VERSIONS.some((known) => known === version))
    wrong('bag.version', `BagIt ${version} is not known; known are ${BAG_VERSIONS.join(', ')}.`);
  const strict = !(BAG_VERSIONS as readonly string[]).includes(version) || version === '1.0';
  const exact = [`BagIt-Version: ${version}`, `Tag-File-Character-Encoding: ${encoding ?? ''}`];
  if (versionText !== undefined && encoding) {
    const severity = strict ? 'error' : 'warning';
    if (lines.length > 2)
      findings.add('bag.declaration', severity, DECLARATION, 'It has more than its two lines.');
    if (exact.some((line, i) => lines[i] !== line))
      findings.add(
        'bag.declaration',
        severity,
        DECLARATION,
        `Its lines have to be exactly "${exact.join('" and "')}".`,
      );
  }
  return { version, strict, encoding: encoding || 'UTF-8' };
}
