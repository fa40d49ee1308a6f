import { createPathTable, type FileTree } from '#formats/tree';
import type { Finding } from '#kernel/errors';
import { collectFindings } from '#kernel/findings';
import { isOfManifest } from './manifest/form.ts';
import { validateManifests } from './manifest/validate.ts';
import { beginsAsEep } from './reading/read.ts';
import type { EepSource } from './reading/source.ts';
import { readTrusted } from './signing/trust.ts';
import { type EepOptions, type EepReport, validateEep } from './validate/validate.ts';

/** Bytes in which the root is looked for. */
const HEAD = 16 * 1024;

/** A package within a tree; what lies beside it in its folder can be found by name. */
export function treeSource(tree: FileTree, path: string): EepSource {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return {
    name: path,
    open: () => tree.open(path),
    async beside(name) {
      const entry = await tree.entry(`${folder}${name}`);
      return entry?.kind === 'file' ? tree.open(entry.path) : undefined;
    },
  };
}

/** The beginning of a file. */
async function headOf(source: EepSource): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const piece of await source.open()) {
    parts.push(piece);
    size += piece.length;
    if (size >= HEAD) break;
  }
  return Buffer.concat(parts).subarray(0, HEAD);
}

export async function isEep(source: EepSource): Promise<boolean> {
  return beginsAsEep(await headOf(source));
}

/** The EEPs of a tree, in its order: files called `.xml` or `.eep` whose root is that of an EEP. */
export async function* eepsIn(tree: FileTree): AsyncGenerator<EepSource> {
  for await (const { kind, path } of tree.entries()) {
    if (kind !== 'file' || !/\.(?:xml|eep)$/i.test(path)) continue;
    const source = treeSource(tree, path);
    if (await isEep(source)) yield source;
  }
}

/** Entries that are looked at for the first EEP. */
const MOST = 2_000;

/** Whether a tree holds EEPs: one at its root, or, where its root holds folders alone, one as the first XML in them. */
export async function recogniseEep(tree: FileTree): Promise<boolean> {
  let hasFiles = false;
  for await (const { kind, path } of tree.list('')) {
    if (kind === 'file' && !isOfManifest(path)) hasFiles = true;
    if (kind === 'file' && /\.(?:xml|eep)$/i.test(path) && (await isEep(treeSource(tree, path)))) return true;
  }
  if (hasFiles) return false;
  let seen = 0;
  for await (const { kind, path } of tree.entries()) {
    if (++seen > MOST) return false;
    if (kind === 'file' && /\.(?:xml|eep)$/i.test(path)) return isEep(treeSource(tree, path));
  }
  return false;
}

export interface EepTreeReport {
  readonly valid: boolean;
  readonly findings: Finding[];
  /** Packages found. */
  readonly packages: number;
}

/**
 * Judges all EEPs of a tree, signed lists of their digests, and what reading the wrapper found. A file called `.eep` that is none is a finding; so is a
 * tree without any.
 */
export async function validateEeps(tree: FileTree, options: EepOptions = {}): Promise<EepTreeReport> {
  const limit = options.limit ?? 1000;
  const findings = collectFindings(limit);
  let packages = 0;
  const found = createPathTable();
  for await (const { kind, path } of tree.entries()) {
    if (kind !== 'file' || !/\.(?:xml|eep)$/i.test(path)) continue;
    const source = treeSource(tree, path);
    if (await isEep(source)) {
      packages++;
      found.add(path);
      const report: EepReport = await validateEep(source, options);
      for (const f of report.findings) findings.add(f.severity, f.code, f.path, f.message);
    } else if (/\.eep$/i.test(path))
      findings.add(
        'error',
        'eep.notAnEep',
        path,
        'The file is called an EEP, and its root is another or can not be read.',
      );
  }
  if (packages === 0)
    findings.add(
      'error',
      'eep.none',
      '',
      'There is no EEP here: no XML file whose root is “电子文件封装包”.',
    );
  await validateManifests(
    tree,
    findings,
    options.trust && readTrusted(options.trust),
    (path) => found.find(path) >= 0,
  );
  const all = [...tree.findings, ...findings.all()];
  return { valid: !all.some((f) => f.severity === 'error'), findings: all, packages };
}
