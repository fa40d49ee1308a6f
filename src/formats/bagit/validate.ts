import { createFindingList, type FileTree, type FindingList } from '#formats/tree';
import type { Finding } from '#kernel/errors';
import { type Declaration, readDeclaration } from './declaration.ts';
import { compareDigests } from './digests.ts';
import { enterAll, enterFetch, type FetchSources, guarded } from './entering.ts';
import { FETCH } from './fetch.ts';
import { findInfo, readInfo, valuesOf } from './info.ts';
import { type Inventory, takeInventory } from './inventory.ts';
import type { ManifestFile } from './manifest.ts';
import { isSystemFile } from './paths.ts';

export interface BagReport {
  /** `bag.*`; of each code the first and the number of the rest. */
  readonly findings: readonly Finding[];
  readonly valid: boolean;
  readonly version: string;
  readonly files: number;
  readonly bytes: number;
  /** Files that fetch.txt says have still to be fetched. */
  readonly toFetch: number;
}

/** Places to fetch from that are told. */
const MOST_SOURCES = 100;

/**
 * Judges a bag by BagIt 0.93 to 0.97 or by RFC 8493, whichever it declares. Everything wrong is said, not the first thing
 * alone; nothing is fetched (`fetchMissing` does, with leave); nothing outside the tree is read. Never throws for what is wrong with the bag.
 */
export async function validateBag(tree: FileTree): Promise<BagReport> {
  const findings = createFindingList();
  const declaration = await readDeclaration(tree, findings);
  const { payload, tags } = await takeInventory(tree);
  if ((await tree.entry('data'))?.kind !== 'folder')
    findings.add('bag.noPayload', 'error', 'data', 'There is no folder data; the payload lies there.');

  const manifests = await enterAll(tree, findings, declaration, 'payload', payload);
  if (manifests.length === 0)
    findings.add(
      'bag.noManifest',
      'error',
      '',
      'There is no payload manifest (manifest-<algorithm>.txt); a bag has at least one.',
    );
  const sources: FetchSources = new Map();
  await guarded(findings, FETCH, () => enterFetch(tree, findings, declaration, payload, manifests, sources));
  tellSources(sources, findings);
  const tagManifests = await enterAll(tree, findings, declaration, 'tags', tags);

  judgeListing(payload, manifests, declaration, findings);
  judgeTagListing(tags, tagManifests, declaration, findings);
  await compareDigests(tree, payload, manifests, findings);
  await compareDigests(tree, tags, tagManifests, findings);

  const { files, bytes, lost } = measure(payload);
  const info = await findInfo(tree);
  if (info)
    await guarded(findings, info, async () => {
      for (const oxum of valuesOf(await readInfo(tree, info, declaration, findings), 'Payload-Oxum'))
        judgeOxum(oxum, { path: info, files, bytes, lost }, findings);
    });
  return {
    findings: findings.all,
    valid: findings.errors === 0,
    version: declaration.version,
    files,
    bytes,
    toFetch: countToFetch(payload),
  };
}

/** What leave would have to be given for. */
function tellSources(sources: FetchSources, findings: FindingList): void {
  for (const [origin, { files, bytes }] of [...sources].slice(0, MOST_SOURCES))
    findings.add(
      'bag.toFetch',
      'info',
      FETCH,
      `${files} ${files === 1 ? 'file is' : 'files are'} to be fetched from ${origin}, ${bytes} bytes as far as it is said.`,
    );
}

/** Whether the payload and the manifests name the same files. */
function judgeListing(
  payload: Inventory,
  manifests: readonly ManifestFile[],
  { strict }: Declaration,
  findings: FindingList,
): void {
  for (let row = 0; row < payload.table.count; row++) {
    const path = () => payload.table.path(row);
    if (!payload.isPresent(row)) {
      if (payload.isExpected(row))
        findings.add(
          'bag.incomplete',
          'error',
          path(),
          'It is not there; fetch.txt says where it is to be fetched from. Nothing is fetched without leave.',
        );
      else if (isSystemFile(path()))
        findings.add(
          'bag.systemFile',
          'warning',
          path(),
          'A file of the operating system is listed and not there; systems take such files away by themselves.',
        );
      else findings.add('bag.missing', 'error', path(), 'It is listed and not there.');
    } else if (isSystemFile(path()) && payload.isListed(row))
      findings.add(
        'bag.systemFile',
        'warning',
        path(),
        'A file of the operating system; it is no record and may go at any time.',
      );
    if (!payload.isListed(row)) {
      if (payload.isPresent(row) && manifests.length > 0)
        findings.add('bag.unlisted', 'error', path(), 'It lies in the payload and no manifest lists it.');
    } else if (strict)
      for (const [column, file] of manifests.entries())
        if (!payload.lists(row, column))
          findings.add(
            'bag.notInEvery',
            'error',
            path(),
            `${file.path} does not list it; every manifest has to list every file.`,
          );
  }
}

function judgeTagListing(
  tags: Inventory,
  manifests: readonly ManifestFile[],
  { strict }: Declaration,
  findings: FindingList,
): void {
  for (let row = 0; row < tags.table.count; row++) {
    const path = tags.table.path(row);
    if (!tags.isListed(row)) {
      if (manifests.length > 0 && /^(bagit|(bag|package)-info|fetch|manifest-.+)\.txt$/.test(path))
        findings.add(
          'bag.tagUnlisted',
          'info',
          path,
          'No tag manifest lists it: whether it was changed can not be told.',
        );
      continue;
    }
    if (!tags.isPresent(row))
      findings.add('bag.missing', 'error', path, 'A tag manifest lists it and it is not there.');
    if (/^tagmanifest-[^/]+\.txt$/i.test(path))
      findings.add(
        'bag.tagManifestListed',
        strict ? 'error' : 'warning',
        path,
        'A tag manifest lists a tag manifest, which it must not.',
      );
  }
}

function measure(payload: Inventory): { files: number; bytes: number; lost: number } {
  let [files, bytes, lost] = [0, 0, 0];
  for (let row = 0; row < payload.table.count; row++)
    if (payload.isPresent(row)) {
      files++;
      bytes += payload.bytes(row);
    } else if (isSystemFile(payload.table.path(row))) lost++;
  return { files, bytes, lost };
}

function countToFetch(payload: Inventory): number {
  let n = 0;
  for (let row = 0; row < payload.table.count; row++)
    if (payload.isExpected(row) && !payload.isPresent(row)) n++;
  return n;
}

function judgeOxum(
  oxum: string,
  is: { path: string; files: number; bytes: number; lost: number },
  findings: FindingList,
): void {
  const match = /^(\d{1,18})\.(\d{1,15})$/.exec(oxum);
  if (!match) {
    findings.add(
      'bag.oxumForm',
      'error',
      is.path,
      `Payload-Oxum is "${oxum}"; it has to be bytes, a dot and the number of files.`,
    );
    return;
  }
  const [bytes, files] = [Number(match[1]), Number(match[2])];
  // Files of the operating system that went away by themselves were counted once.
  const forgiven = is.lost > 0 && files === is.files + is.lost && bytes >= is.bytes;
  const severity = forgiven ? 'warning' : 'error';
  const say = (code: string) =>
    findings.add(
      code,
      severity,
      is.path,
      `Payload-Oxum says ${bytes} bytes in ${files} files; there are ${is.bytes} in ${is.files}.`,
    );
  // Two totals, which are two things to whoever checks: bytes, and files.
  if (bytes !== is.bytes) say('bag.oxum');
  if (files !== is.files) say('bag.oxumFiles');
}
