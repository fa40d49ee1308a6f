import { IdRegister } from '#formats/mets';
import type { FileTree, TreeEntry } from '#formats/tree';
import type { Finding } from '#kernel/errors';
import type { Judged } from './document.ts';
import { type EarkKind, judgeMets } from './judgeMets.ts';
import { Report } from './report.ts';
import type { EarkVersion } from './requirements/index.ts';
import {
  judgeDescribed,
  judgeFolders,
  judgeListed,
  judgeRepresentationFolder,
  representationsOf,
} from './rules/folders.ts';

export interface EarkOptions {
  /** Name of the folder, for a tree that is one. */
  name?: string | undefined;
  /** As what it is judged, whatever it says of itself. */
  as?: EarkKind | undefined;
  /** By the levels of which version; by default that which the profile names. */
  version?: EarkVersion | undefined;
  /** Whether findings of the wrapper are told too. Default true. */
  wrapperFindings?: boolean | undefined;
}

export interface EarkReport {
  valid: boolean;
  findings: Finding[];
  /** What it was judged as; null where its METS document could not be read. */
  kind: EarkKind | null;
  version: EarkVersion | null;
  identifier: string | null;
  representations: number;
}

/** The root of a package within a wrapper, and its name; the tree itself where there is no one folder. */
export async function earkRoot(
  tree: FileTree,
  name?: string,
): Promise<{ root: FileTree; name: string | null; tops: number }> {
  const tops: TreeEntry[] = [];
  for await (const entry of tree.list('')) if (tops.push(entry) === 2) break;
  const only = tops.length === 1 && tops[0]!.kind === 'folder' ? tops[0]!.path : null;
  if (only !== null && !(await tree.has('METS.xml'))) return { root: tree.below(only), name: only, tops: 1 };
  return { root: tree, name: tree.wrapper === 'folder' ? (name ?? null) : null, tops: tops.length };
}

/** Whether a tree looks like an information package: a METS.xml in its root or its one folder. */
export async function recogniseEark(tree: FileTree): Promise<boolean> {
  return (await (await earkRoot(tree)).root.entry('METS.xml'))?.kind === 'file';
}

/**
 * Judges an E-ARK information package by CSIP 2.x and, where it claims to be one, by SIP or DIP 2.x. Findings bear the
 * identifiers of the requirements; places are files below the root of the package, with lines for METS documents. Of
 * what is found often the first are kept and the rest counted. Memory does not grow with the number of files beyond a
 * few bytes each.
 */
export async function validateEark(tree: FileTree, options: EarkOptions = {}): Promise<EarkReport> {
  const report = new Report();
  const { root, name, tops } = await earkRoot(tree, options.name);
  if (tree.wrapper !== 'folder' && (root === tree || tops !== 1))
    report.say('CSIPSTR1', '', { detail: 'The archive unpacks to more than one folder.' });
  const referenced = new IdRegister();
  const out = { kind: null, version: null, identifier: null, representations: 0 };
  const sum = (more: Partial<EarkReport> = {}): EarkReport => {
    const findings = [...(options.wrapperFindings === false ? [] : tree.findings), ...report.findings];
    return { ...out, ...more, findings, valid: !findings.some((f) => f.severity === 'error') };
  };
  if ((await root.entry('METS.xml'))?.kind !== 'file') {
    report.say('CSIPSTR4', '', { detail: 'There is none.' });
    return sum();
  }
  const doc = await judgeMets({
    ...options,
    report,
    tree: root,
    folder: '',
    name,
    of: 'package',
    referenced,
  });
  // What a package should hold can not be told from one whose document says nothing.
  if (doc === null) return sum();
  const { version } = report;
  if (name !== null && doc.facts.objid !== '' && name !== doc.facts.objid)
    report.say('CSIPSTR2', '', { detail: `It is called "${name}".` });
  const representations = await representationsOf(root, report);
  await judgeFolders(doc, representations);
  await judgeDescribed(doc);
  for (const each of representations) await judgeRepresentation(doc, each, referenced, options);
  await judgeListed(report, root, referenced);
  return sum({
    kind: doc.kind,
    version,
    identifier: doc.facts.objid || null,
    representations: representations.length,
  });
}

async function judgeRepresentation(
  doc: Judged,
  name: string,
  referenced: IdRegister,
  options: EarkOptions,
): Promise<void> {
  const folder = `representations/${name}/`;
  const tree = doc.tree.below(folder.slice(0, -1));
  const hasMets = (await tree.entry('METS.xml'))?.kind === 'file';
  const listed = doc.facts.groups.some((g) =>
    g.use.toLowerCase().startsWith(`representations/${name}`.toLowerCase()),
  );
  await judgeRepresentationFolder(doc, name, hasMets || listed);
  if (!hasMets) return;
  judgePointedAt(doc, name);
  await judgeMets({ ...options, report: doc.report, tree, folder, name, of: 'representation', referenced });
}

/** CSIP105: whether a representation with a METS document has its division. */
function judgePointedAt(doc: Judged, name: string): void {
  const wanted = `representations/${name}`;
  const found = doc.facts.representations.some(
    (r) => r.label.toLowerCase() === wanted.toLowerCase() || r.mets.includes(`${wanted}/METS.xml`),
  );
  if (!found) doc.report.say('CSIP105', wanted, { detail: 'It has none.' });
}
