import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import { makeFolderDurably, writeDurably } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import { copyNew, copyVersions } from '../copies/copyObject.ts';
import type { SourceObject } from '../copies/readSource.ts';
import type { OpenStore } from '../stores/openStore.ts';
import type { Examined } from './examine.ts';
import { type Mended, mendFiles } from './mendFiles.ts';
import { mendKeys } from './mendKeys.ts';

export interface Replaced {
  /** How: the whole object, versions it lacked, or single files. */
  by: 'object' | 'versions' | 'files';
  files: number;
  takenOut: number;
  bytes: number;
  /** Where the damaged bytes are; null where there were none. */
  quarantine: string | null;
}

/** Where damaged bytes of one object go, below a store's place for them, so that they can be destroyed with it. */
export const quarantineName = (objectId: string): string =>
  createHash('sha256').update(objectId).digest('hex').slice(0, 40);

/**
 * Puts a good copy in the place of what lies in a store.
 *
 * @param found what lies there, just read through
 * @throws Refusal `copy.sourceDamaged`, `ocfl.locked` …; then what lies there is as it was, or partly mended
 */
export async function replaceCopy(
  deps: { pool: DigestPool; clock: Clock },
  target: OpenStore,
  source: SourceObject,
  found: Examined,
): Promise<Replaced> {
  const nothing = { files: source.files.length, takenOut: 0, quarantine: null };
  if (!found.present) {
    const [outcome] = await copyNew(target, [source]);
    if (!outcome || 'error' in outcome) throw outcome?.error;
    return { by: 'object', ...nothing, bytes: outcome.bytes };
  }
  const version = Object.entries(await earlierOf(source)).find(([, d]) => d === found.inventoryDigest)?.[0];
  if (version && found.findings.length === 0) {
    const { bytes } = await copyVersions(target, source, version);
    return { by: 'versions', ...nothing, bytes };
  }
  const path = target.repository.pathOf(source.objectId);
  const lock = await target.store.lock(path);
  try {
    return await mendInPlace(deps, target, source, found, path);
  } finally {
    await lock.release();
  }
}

/** Puts single files right, in a folder or in a bucket; what is taken out is kept, with a word of why. */
async function mendInPlace(
  deps: { pool: DigestPool; clock: Clock },
  target: OpenStore,
  source: SourceObject,
  found: Examined,
  path: string,
): Promise<Replaced> {
  const at = deps.clock.now();
  const folder = `${quarantineName(source.objectId)}/${at.toISOString().replaceAll(/[:.]/g, '')}-${randomUUID().slice(0, 8)}`;
  const why = `${JSON.stringify({ object: source.objectId, path, at, findings: found.findings }, null, 2)}\n`;
  const { mending } = target.store;
  let mended: Mended;
  let quarantine: string;
  if (target.folder !== null && target.quarantine !== null) {
    quarantine = join(target.quarantine, folder);
    await makeFolderDurably(quarantine);
    await writeDurably(join(quarantine, 'why.json'), why);
    mended = await mendFiles(deps.pool, source, {
      object: join(target.folder, path),
      staging: `${target.folder}.staging`,
      quarantine: join(quarantine, 'object'),
    });
  } else if (mending) {
    quarantine = folder;
    await mending.note(path, folder, why);
    mended = await mendKeys(deps.pool, source, { store: target.store, mending }, path, `${folder}/object`);
  } else throw new Refusal('repair.notHere', 'Copies in this kind of store can not be mended file by file.');
  return {
    by: 'files',
    files: mended.replaced.length,
    takenOut: mended.takenOut.length,
    bytes: 0,
    quarantine,
  };
}

/** Digests of the inventories the object had before, by version. */
export async function earlierOf(source: SourceObject): Promise<Record<string, string>> {
  const earlier: Record<string, string> = {};
  for (const version of source.inventory.versions.keys()) {
    if (version === source.inventory.head) continue;
    const found = await source.open.store.digest(`${source.path}/${version}/inventory.json`, ['sha512']);
    if (found?.digests.sha512) earlier[version] = found.digests.sha512;
  }
  return earlier;
}
