import { canDigest, type DigestName } from '#kernel/checksums';
import { versionNumber } from '../inventory.ts';
import type { StoreReader } from '../storage.ts';
import type { LooseInventory } from './inventoryRules.ts';
import type { Say } from './say.ts';

/** One thing said of one file. */
interface Claim {
  readonly algorithm: string;
  readonly digest: string;
  readonly code: 'E092' | 'E093';
  readonly where: string;
}

/** What the inventories of an object say of its files, and the files there are. */
export interface ContentClaims {
  readonly root: LooseInventory;
  /** Content paths found by walking the version directories. */
  readonly onDisk: Set<string>;
  /** What earlier inventories say and that of the root does not, by content path. */
  readonly further: Map<string, Claim[]>;
}

const AT_ONCE = 4;
const ROOT = 'inventory.json';

/**
 * Says which files are not in an inventory, and which of its files are not there.
 *
 * @param upTo the version it is of: it speaks of content up to that one only.
 */
export function checkPresence(
  loose: LooseInventory,
  where: string,
  upTo: number,
  onDisk: ReadonlySet<string>,
  say: Say,
): void {
  for (const path of onDisk)
    if (!loose.manifest.has(path) && (versionNumber(path.slice(0, path.indexOf('/'))) ?? 0) <= upTo)
      say.error('E023', path, `The file is not in the manifest of ${where}.`);
  for (const path of loose.manifest.keys())
    if (!onDisk.has(path))
      say.error('E092', path, `The manifest of ${where} names a file that is not there.`);
  for (const [name, block] of loose.fixity)
    for (const path of block.keys())
      if (!onDisk.has(path))
        say.error('E093', path, `The ${name} fixity of ${where} names a file that is not there.`);
}

/** Keeps of an earlier inventory what that of the root does not say the same. */
export function addClaims({ root, further }: ContentClaims, loose: LooseInventory, where: string): void {
  const add = (path: string, claim: Claim) => {
    const known = further.get(path) ?? [];
    if (
      known.some((c) => c.code === claim.code && c.algorithm === claim.algorithm && c.digest === claim.digest)
    )
      return;
    further.set(path, [...known, claim]);
  };
  const { algorithm } = loose;
  if (algorithm)
    for (const [path, digest] of loose.manifest)
      if (algorithm !== root.algorithm || root.manifest.get(path) !== digest)
        add(path, { algorithm, digest, code: 'E092', where });
  for (const [name, block] of loose.fixity)
    for (const [path, digest] of block)
      if (root.fixity.get(name)?.get(path) !== digest)
        add(path, { algorithm: name, digest, code: 'E093', where });
}

/** Everything said of one file. */
function claimsOf(path: string, { root, further }: ContentClaims): Claim[] {
  const claims: Claim[] = [];
  const digest = root.manifest.get(path);
  if (root.algorithm && digest !== undefined)
    claims.push({ algorithm: root.algorithm, digest, code: 'E092', where: ROOT });
  for (const [algorithm, block] of root.fixity) {
    const value = block.get(path);
    if (value !== undefined) claims.push({ algorithm, digest: value, code: 'E093', where: ROOT });
  }
  return [...claims, ...(further.get(path) ?? [])];
}

/** What a file has under the name of a claim: its size is a fixity value too (extension 0001). */
function foundOf(found: { size: number; digests: Partial<Record<string, string>> }, name: string): string {
  return name === 'size' ? String(found.size) : (found.digests[name] ?? '');
}

/** Digests every file and compares it with all that is said of it. */
export async function checkDigests(
  reader: StoreReader,
  objectPath: string,
  claims: ContentClaims,
  say: Say,
): Promise<void> {
  const skipped = new Set<string>();
  const files = claims.onDisk.values();
  const worker = async () => {
    for (const path of files) {
      const said = claimsOf(path, claims).filter(({ algorithm }) => {
        const known = algorithm === 'size' || canDigest(algorithm);
        if (!known) skipped.add(algorithm);
        return known;
      });
      if (said.length === 0) continue;
      const names = [...new Set(said.map((c) => c.algorithm))].filter((n): n is DigestName => n !== 'size');
      const found = await reader.digest(objectPath === '' ? path : `${objectPath}/${path}`, names);
      for (const claim of said)
        if (found && foundOf(found, claim.algorithm) !== claim.digest)
          say.error(
            claim.code,
            path,
            `The ${claim.algorithm}${claim.algorithm === 'size' ? '' : ' digest'} is not the one in ${claim.where}.`,
          );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const name of skipped)
    say.info('notPerformed', '', `The fixity values of the algorithm ${name} were not checked.`);
}
