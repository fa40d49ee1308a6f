import { createPathTable, type FileTree } from '#formats/tree';
import { Refusal } from '#kernel/errors';
import type { Findings } from '#kernel/findings';
import type { Trusted } from '../signing/trust.ts';
import { conclude, type Prepared, prepare } from '../signing/verify.ts';
import { isOfManifest, RULE, signatureName } from './form.ts';
import { type EepManifest, manifestsIn } from './read.ts';

/**
 * Judges the signed lists of digests in a tree's root, where there are any: every line's file, every EEP's line, and whose the
 * list is.
 *
 * @param isEep whether a file is an EEP, which a list has to name
 */
export async function validateManifests(
  tree: FileTree,
  findings: Findings,
  trusted: Trusted | undefined,
  isEep: (path: string) => boolean,
): Promise<void> {
  for (const manifest of await manifestsIn(tree)) {
    const signatures = await signaturesOf(manifest, findings, trusted);
    const listed = createPathTable();
    const update = (bytes: Buffer) => {
      for (const { check } of signatures) check?.update(bytes);
    };
    try {
      for await (const row of manifest.lines(update)) {
        const place = `${manifest.path}:${row.line}`;
        if (row.path === null) {
          findings.add(
            'error',
            'eep.manifestForm',
            place,
            'The line should be a digest, two spaces and a path.',
          );
          continue;
        }
        if (listed.find(row.path) >= 0) {
          findings.add(
            'error',
            'eep.manifestForm',
            place,
            `“${row.path.slice(0, 80)}” stands in the list twice.`,
          );
          continue;
        }
        listed.add(row.path);
        await compare(tree, manifest, row.path, row.digest, findings);
      }
    } catch (e) {
      // The tree says what is wrong with its file.
      if (!(e instanceof Refusal)) throw e;
    }
    for (const prepared of signatures) if (prepared.check) conclude(prepared, findings, RULE);
    for await (const { kind, path } of tree.entries())
      if (kind === 'file' && !isOfManifest(path) && isEep(path) && listed.find(path) < 0)
        findings.add('error', 'eep.manifestUnlisted', path, `${manifest.path} does not have this package.`);
  }
}

async function signaturesOf(
  manifest: EepManifest,
  findings: Findings,
  trusted: Trusted | undefined,
): Promise<Prepared[]> {
  try {
    const facts = await manifest.signatures();
    if (facts)
      return facts.map((f) => {
        const prepared = prepare(f, findings, trusted);
        // Without one of them nothing could be checked, and nothing was said yet.
        if (prepared.certificate === undefined || f.algorithm === '')
          findings.add(
            'error',
            'eep.manifestSignature',
            f.place,
            'The signature can not be checked: its value, its certificate or its algorithm is missing or no Base64.',
          );
        return prepared;
      });
    findings.add(
      'warning',
      'eep.manifestUnsigned',
      manifest.path,
      `The list of digests is not signed: there is no ${signatureName(manifest.path)}.`,
    );
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    findings.add('error', e.code, signatureName(manifest.path), e.message);
  }
  return [];
}

async function compare(
  tree: FileTree,
  { path: manifest, algorithm }: EepManifest,
  path: string,
  digest: string,
  findings: Findings,
): Promise<void> {
  if ((await tree.entry(path))?.kind !== 'file') {
    findings.add('error', 'eep.manifestMissing', path, `${manifest} names it, and it is not there.`);
    return;
  }
  try {
    if ((await tree.digests(path, [algorithm])).get(algorithm) !== digest)
      findings.add(
        'error',
        'eep.manifestDigest',
        path,
        `It has another digest than ${manifest} says: it was changed.`,
      );
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
  }
}
