import type { FileTree, FindingList } from '#formats/tree';
import { isRefusal, messageOf } from '#kernel/errors';
import type { Declaration } from './declaration.ts';
import { FETCH, fetchLines } from './fetch.ts';
import type { Inventory } from './inventory.ts';
import { enterManifest, findManifests, type ManifestFile, rowOf } from './manifest.ts';

/** More than there are digest algorithms. */
const MOST_MANIFESTS = 30;

/** Whatever keeps a tag file from being read is a finding about it. */
export async function guarded(findings: FindingList, path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (e) {
    const ofSystem = e instanceof Error && 'syscall' in e;
    if (!isRefusal(e) && !ofSystem) throw e;
    const code = isRefusal(e) && e.code.startsWith('bag.') ? e.code : 'bag.unreadable';
    findings.add(code, 'error', path, messageOf(e));
  }
}

export async function enterAll(
  tree: FileTree,
  findings: FindingList,
  declaration: Declaration,
  half: 'payload' | 'tags',
  inventory: Inventory,
): Promise<ManifestFile[]> {
  const all = await findManifests(tree, half === 'payload' ? 'manifest' : 'tagmanifest');
  const manifests = all.slice(0, MOST_MANIFESTS);
  if (all.length > manifests.length)
    findings.add(
      'bag.manifests',
      'error',
      '',
      `There are more than ${MOST_MANIFESTS} manifests; the others were not read.`,
    );
  const counted = manifests.some((m) => m.known);
  for (const [column, file] of manifests.entries()) {
    if (!file.known)
      findings.add(
        'bag.algorithm',
        counted || half === 'tags' ? 'warning' : 'error',
        file.path,
        `Digests of the kind "${file.algorithm}" can not be counted here: what it says was not checked.`,
      );
    await guarded(findings, file.path, () =>
      enterManifest({ tree, findings, declaration, half, inventory }, file, column),
    );
  }
  return manifests;
}

/** By origin: files that are not there and may be had from it. */
export type FetchSources = Map<string, { files: number; bytes: number }>;

/** Origins that are counted. */
const MOST_ORIGINS = 1000;

export async function enterFetch(
  tree: FileTree,
  findings: FindingList,
  declaration: Declaration,
  payload: Inventory,
  manifests: readonly ManifestFile[],
  sources: FetchSources,
): Promise<void> {
  if ((await tree.entry(FETCH))?.kind !== 'file') return;
  for await (const line of fetchLines(tree, declaration.encoding)) {
    if (line.url === null) {
      if (line.blank) findings.add('bag.blankLine', 'warning', FETCH, `Line ${line.number} is empty.`);
      else
        findings.add(
          'bag.fetchLine',
          'error',
          FETCH,
          `Line ${line.number} is not an address, a length or "-", and a path.`,
        );
      continue;
    }
    const row = rowOf(
      { tree, findings, declaration, half: 'payload', inventory: payload },
      line.path,
      `${FETCH}, line ${line.number}`,
    );
    if (row < 0) continue;
    if (!payload.isPresent(row) && !payload.isExpected(row)) count(sources, line.url, line.bytes ?? 0);
    payload.expect(row);
    const path = payload.table.path(row);
    if (!/^(https?|ftps?|sftp):\/\//i.test(line.url))
      findings.add(
        'bag.fetchAddress',
        'warning',
        FETCH,
        `Line ${line.number} has an address that is not one of the web: ${line.url.slice(0, 200)}`,
      );
    if (payload.isPresent(row) && line.bytes !== null && line.bytes !== payload.bytes(row))
      findings.add(
        'bag.fetchLength',
        'error',
        path,
        `${FETCH} says that it has ${line.bytes} bytes; it has ${payload.bytes(row)}.`,
      );
    if (!payload.isListed(row) && manifests.length > 0)
      findings.add('bag.fetchUnlisted', 'error', path, `${FETCH} names it and no manifest does.`);
  }
}

function count(sources: FetchSources, url: string, bytes: number): void {
  const origin =
    URL.canParse(url) && new URL(url).origin !== 'null' ? new URL(url).origin : url.slice(0, 100);
  const known = sources.get(origin);
  if (!known && sources.size >= MOST_ORIGINS) return;
  sources.set(origin, { files: (known?.files ?? 0) + 1, bytes: (known?.bytes ?? 0) + bytes });
}
