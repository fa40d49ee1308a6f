import type { IdRegister } from '#formats/mets';
import type { FileTree } from '#formats/tree';
import type { Judged } from '../document.ts';
import { quoted, type Report } from '../report.ts';
import { isFor } from './files.ts';
import { holdsFiles, isPlaceholder } from './metadata.ts';

/** CSIPSTR5, 9, 15, 16: the folders of the package. */
export async function judgeFolders(doc: Judged, representations: readonly string[]): Promise<void> {
  const { report, tree } = doc;
  for (const [id, folder] of [
    ['CSIPSTR5', 'metadata'],
    ['CSIPSTR9', 'representations'],
  ] as const)
    if (!(await isFolder(tree, folder))) report.say(id, '', { detail: 'There is none.' });
  for (const [id, folder, severity] of [
    ['CSIPSTR15', 'schemas', 'warning'],
    // Whether there is any documentation can not be told from without.
    ['CSIPSTR16', 'documentation', 'info'],
  ] as const) {
    const places = [
      folder,
      `representations/${folder}`,
      ...representations.map((r) => `representations/${r}/${folder}`),
    ];
    if (!(await Promise.all(places.map((p) => isFolder(tree, p)))).some(Boolean))
      report.say(id, '', { detail: 'There is no such folder.', severity });
  }
}

const isFolder = async (tree: FileTree, path: string) => (await tree.entry(path))?.kind === 'folder';

/** Folders of representations that are looked into. */
const MOST = 10_000;
/** Folders of the package that people put in the wrong place. */
const NO_REPRESENTATION = new Set(['documentation', 'schemas', 'metadata']);

export async function representationsOf(tree: FileTree, report?: Report): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of tree.list('representations')) {
    const name = entry.path.slice('representations/'.length);
    if (entry.kind === 'file')
      report?.say('CSIPSTR10', entry.path, { detail: `The file ${quoted(name)} lies in none of them.` });
    else if (NO_REPRESENTATION.has(name)) continue;
    else if (found.length < MOST) found.push(name);
    else throw new RangeError('More representations than are looked into.');
  }
  return found;
}

/** CSIPSTR11 to 13: the folder of one representation. @param described whether the package's document lists its files */
export async function judgeRepresentationFolder(doc: Judged, name: string, hasMets: boolean): Promise<void> {
  const folder = `representations/${name}`;
  for (const [id, inner] of [
    ['CSIPSTR11', 'data'],
    ['CSIPSTR13', 'metadata'],
  ] as const)
    if (!(await isFolder(doc.tree, `${folder}/${inner}`)))
      doc.report.say(id, folder, { detail: 'There is none.' });
  if (!hasMets) doc.report.say('CSIPSTR12', folder, { detail: 'There is none.' });
}

/** CSIP17, 31, 32, 60, 113, 114, CSIPSTR10: what lies in the package and its document does not describe. */
export async function judgeDescribed(doc: Judged): Promise<void> {
  const { report, facts, path } = doc;
  const has = (folder: string) => holdsFiles(doc, folder);
  if (facts.dmd.length === 0 && (await has('metadata/descriptive')))
    report.say('CSIP17', path, {
      detail: 'There is no section, and there are files in "metadata/descriptive".',
      severity: 'error',
    });
  const preservation = await has('metadata/preservation');
  if (facts.amdSections === 0)
    report.say('CSIP31', path, {
      detail: preservation
        ? 'There is no section, and there are files in "metadata/preservation".'
        : 'There is no section.',
      severity: preservation ? 'error' : 'warning',
    });
  else if (preservation && facts.digiprov === 0)
    report.say('CSIP32', path, {
      detail: 'There is no such section, and there are files in "metadata/preservation".',
    });
  for (const [id, use, folder] of [
    ['CSIP60', 'Documentation', 'documentation'],
    ['CSIP113', 'Schemas', 'schemas'],
    ['CSIP114', 'Representations', 'representations'],
  ] as const) {
    if (facts.groups.some((g) => isFor(g.use, use))) continue;
    const there = await has(folder);
    if (there || doc.of === 'package')
      report.say(id, path, {
        detail: there ? `There is no group, and there are files in "${folder}".` : 'There is no group.',
        severity: there && doc.of === 'package' ? 'error' : 'warning',
      });
  }
}

/** Files that no document of the package lists. */
export async function judgeListed(report: Report, tree: FileTree, referenced: IdRegister): Promise<void> {
  for await (const { path, kind } of tree.entries()) {
    if (kind !== 'file' || isPlaceholder(path) || /^(?:representations\/[^/]+\/)?METS\.xml$/.test(path))
      continue;
    if (referenced.kindOf(path) !== undefined) continue;
    report.say(listedBy(path), path, { detail: 'No METS document lists this file.', severity: 'warning' });
  }
}

function listedBy(path: string): string {
  const below = path.replace(/^representations\/[^/]+\//, '');
  if (below.startsWith('metadata/descriptive/')) return 'CSIP17';
  if (below.startsWith('metadata/')) return 'CSIP31';
  if (below.startsWith('documentation/')) return 'CSIP60';
  if (below.startsWith('schemas/')) return 'CSIP113';
  return path.startsWith('representations/') ? 'CSIP114' : 'CSIP58';
}
