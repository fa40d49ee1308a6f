import { canDigest, type DigestName } from '#kernel/checksums';
import { versionNumber } from '../inventory.ts';
import type { StoreReader } from '../storage.ts';
import type { LooseInventory } from './inventoryRules.ts';
import type { Say } from './say.ts';

/** All that is said about files, and the files there are. */
export interface ContentClaims {
  /** Content paths found by walking the version directories. */
  readonly onDisk: Set<string>;
  /** Inventories; each speaks of content of versions up to its own. */
  readonly inventories: { readonly where: string; readonly loose: LooseInventory; readonly upTo: number }[];
}

interface Claim {
  readonly algorithm: DigestName;
  readonly digest: string;
  readonly code: 'E092' | 'E093';
  readonly where: string;
}

const AT_ONCE = 4;

function checkPresence({ onDisk, inventories }: ContentClaims, say: Say): void {
  for (const { where, loose, upTo } of inventories) {
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
}

/** What the inventories say of one file, each thing once. */
function claimsOf(path: string, { inventories }: ContentClaims, skipped: Set<string>): Claim[] {
  const claims = new Map<string, Claim>();
  const add = (algorithm: string, digest: string | undefined, code: Claim['code'], where: string) => {
    if (digest === undefined) return;
    if (!canDigest(algorithm)) skipped.add(algorithm);
    else if (!claims.has(`${code} ${algorithm} ${digest}`))
      claims.set(`${code} ${algorithm} ${digest}`, { algorithm, digest, code, where });
  };
  for (const { where, loose } of inventories) {
    if (loose.algorithm) add(loose.algorithm, loose.manifest.get(path), 'E092', where);
    for (const [name, block] of loose.fixity) add(name, block.get(path), 'E093', where);
  }
  return [...claims.values()];
}

/** Checks that the files are those the inventories name, and (unless told not to) that their digests match. */
export async function checkContent(
  reader: StoreReader,
  objectPath: string,
  claims: ContentClaims,
  digests: boolean,
  say: Say,
): Promise<void> {
  checkPresence(claims, say);
  if (!digests) return;
  const skipped = new Set<string>();
  const files = claims.onDisk.values();
  const worker = async () => {
    for (const path of files) {
      const said = claimsOf(path, claims, skipped);
      if (said.length === 0) continue;
      const found = await reader.digest(objectPath === '' ? path : `${objectPath}/${path}`, [
        ...new Set(said.map((c) => c.algorithm)),
      ]);
      for (const claim of said)
        if (found && found.digests[claim.algorithm] !== claim.digest)
          say.error(claim.code, path, `The ${claim.algorithm} digest is not the one in ${claim.where}.`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const name of skipped)
    say.info('notPerformed', '', `The fixity values of the algorithm ${name} were not checked.`);
}
