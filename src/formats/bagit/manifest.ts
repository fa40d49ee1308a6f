import { canDigestTree, type FileTree, type FindingList } from '#formats/tree';
import type { Declaration } from './declaration.ts';
import type { Inventory } from './inventory.ts';
import { linesOf } from './lines.ts';
import { decodePath, encodePath, whyOutside } from './paths.ts';

/** A manifest by its file. */
export interface ManifestFile {
  readonly path: string;
  /** As its name has it, in small letters. */
  readonly algorithm: string;
  readonly known: boolean;
}

/** Hexadecimal digits of the digests that can be counted; others are taken as they come. */
const DIGITS: Readonly<Record<string, number>> = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
  sm3: 64,
  sha3224: 56,
  sha3256: 64,
  sha3384: 96,
  sha3512: 128,
  sha512256: 64,
  blake2b512: 128,
};
const digitsOf = (algorithm: string): number | undefined => DIGITS[algorithm.replace(/[^a-z0-9]/g, '')];

export async function findManifests(
  tree: FileTree,
  kind: 'manifest' | 'tagmanifest',
): Promise<ManifestFile[]> {
  const found: ManifestFile[] = [];
  const named = new RegExp(`^${kind}-(.+)\\.txt$`, 'i');
  for await (const entry of tree.list('')) {
    const name = named.exec(entry.path)?.[1]?.toLowerCase();
    if (name !== undefined && entry.kind === 'file')
      found.push({
        path: entry.path,
        algorithm: name,
        known: canDigestTree(name) && digitsOf(name) !== undefined,
      });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export interface ManifestLine {
  readonly number: number;
  /** Lower-case hexadecimal. */
  readonly digest: string;
  /** As it is written. */
  readonly path: string;
  readonly starred: boolean;
}

const LINE = /^([0-9A-Fa-f]+)[ \t]+(\*?)(.+)$/s;

/** The lines of a manifest; those that are none are null with their number. */
export async function* manifestLines(
  tree: FileTree,
  file: ManifestFile,
  encoding: string,
): AsyncGenerator<ManifestLine | { number: number; digest: null; blank: boolean }> {
  let number = 0;
  const digits = digitsOf(file.algorithm);
  for await (const line of linesOf(tree, file.path, encoding)) {
    number++;
    const match = LINE.exec(line);
    const digest = match?.[1]?.toLowerCase();
    const fits =
      digest !== undefined &&
      digest.length % 2 === 0 &&
      (digits === undefined ? digest.length <= 256 : digest.length === digits);
    if (!match || !digest || !fits) yield { number, digest: null, blank: line.trim() === '' };
    else yield { number, digest, path: match[3] ?? '', starred: match[2] === '*' };
  }
}

interface Reading {
  readonly tree: FileTree;
  readonly findings: FindingList;
  readonly declaration: Declaration;
  readonly half: 'payload' | 'tags';
  readonly inventory: Inventory;
}

/** Enters what a manifest lists. @throws Refusal as `linesOf` */
export async function enterManifest(reading: Reading, file: ManifestFile, column: number): Promise<void> {
  const { tree, findings, declaration, inventory } = reading;
  const { strict } = declaration;
  let starred = 0;
  let width = 0;
  for await (const line of manifestLines(tree, file, declaration.encoding)) {
    if (line.digest === null) {
      if (line.blank) findings.add('bag.blankLine', 'warning', file.path, `Line ${line.number} is empty.`);
      else
        findings.add(
          'bag.manifestLine',
          'error',
          file.path,
          `Line ${line.number} is not a ${file.algorithm} digest, a space and a path.`,
        );
      continue;
    }
    width ||= line.digest.length;
    if (line.digest.length !== width) {
      findings.add(
        'bag.manifestLine',
        'error',
        file.path,
        `Line ${line.number} has a digest of another length than the lines before it.`,
      );
      continue;
    }
    if (line.starred) starred++;
    const row = rowOf(reading, line.path, `${file.path}, line ${line.number}`);
    if (row < 0) continue;
    const before = inventory.list(row, column, line.digest);
    if (before === null) continue;
    const path = inventory.table.path(row);
    if (before !== line.digest)
      findings.add('bag.listedTwice', 'error', path, `${file.path} lists it twice with different digests.`);
    else findings.add('bag.listedTwice', strict ? 'error' : 'warning', path, `${file.path} lists it twice.`);
  }
  if (starred > 0)
    findings.add(
      'bag.starred',
      'warning',
      file.path,
      `${starred} paths have a "*" before them, as md5sum writes it; it was left out.`,
    );
}

/**
 * The row a path as written stands for; -1 where it stands for nothing in this half of the bag, which is then said.
 * Names are taken as they are where there is such a file, else in another normal form.
 */
export function rowOf(
  { findings, declaration, half, inventory }: Reading,
  written: string,
  place: string,
): number {
  const outside = whyOutside(written);
  if (outside) {
    findings.add('bag.pathEscape', 'error', written, `The path is not to be used: ${outside} (${place}).`);
    return -1;
  }
  const plain = written.replace(/^(\.\/+)+/, '');
  if (plain !== written)
    findings.add('bag.dotSlash', 'warning', written, `The path begins with "./" (${place}).`);
  const decoded = decodePath(plain);
  if (whyOutside(decoded)) return rowOfOutside(findings, written, place);
  if (decoded.startsWith('data/') !== (half === 'payload')) {
    const message =
      half === 'payload'
        ? 'The path does not lie in data/'
        : 'The path lies in data/, which tag manifests do not list';
    findings.add('bag.pathHalf', 'error', written, `${message} (${place}).`);
    return -1;
  }
  const { table } = inventory;
  const [first, second] = declaration.strict ? [decoded, plain] : [plain, decoded];
  const exact = table.find(first);
  if (exact >= 0) {
    if (declaration.strict && plain.includes('%') && encodePath(first) !== plain)
      findings.add('bag.percent', 'warning', written, `"%" has to be written "%25" in a path (${place}).`);
    return exact;
  }
  const other = second === first ? -1 : table.find(second);
  if (other >= 0) {
    if (declaration.strict)
      findings.add('bag.percent', 'warning', written, `"%" has to be written "%25" in a path (${place}).`);
    return other;
  }
  const form = table.findForm(first);
  if (form >= 0) {
    findings.add(
      'bag.nameForm',
      'warning',
      first,
      `The same name is written in another Unicode normal form as well (${place}).`,
    );
    return form;
  }
  const alike = table.findAlike(first);
  if (alike >= 0)
    findings.add(
      'bag.nameCase',
      'warning',
      first,
      `It differs from ${table.path(alike)} only by letter case (${place}).`,
    );
  if (Buffer.byteLength(first) > 4096) return rowOfOutside(findings, `${written.slice(0, 200)}…`, place);
  return table.add(first);
}

function rowOfOutside(findings: FindingList, written: string, place: string): number {
  findings.add('bag.pathEscape', 'error', written, `The path is not to be used (${place}).`);
  return -1;
}
