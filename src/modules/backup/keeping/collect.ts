import type { KeepRule } from '#kernel/keepRule';
import { type BackupName, backupsAt, chunksOf, readManifest } from '../manifest.ts';
import type { Lease } from '../place/lease.ts';
import { NAMES, type Place } from '../place/place.ts';
import type { Seal } from '../sealing/envelope.ts';
import { kept } from './retention.ts';

export interface Collected {
  backups: string[];
  chunks: number;
  bytes: number;
}

/**
 * Takes away backups that are not kept any more, and chunks that none needs. Manifests go first, so that whatever is killed
 * between leaves chunks too many and never too few.
 *
 * @param lease nobody else writes there meanwhile
 * @throws Refusal where a manifest that stays can not be read: then nothing is taken away, since nobody knows what it needs
 */
export async function collect(
  place: Place,
  seal: Seal,
  lease: Lease,
  rule: KeepRule | undefined,
  dayOf: (at: Date) => string,
): Promise<Collected> {
  const all = await backupsAt(place);
  const staying = rule ? kept(all, rule, dayOf) : new Set<BackupName>(all);
  const needed = new Set<string>();
  for (const backup of staying)
    for (const [id] of chunksOf(await readManifest(place, seal, backup))) needed.add(id);
  const gone: Collected = { backups: [], chunks: 0, bytes: 0 };
  await lease.demand();
  for (const backup of all) {
    if (staying.has(backup)) continue;
    await place.remove(backup.name);
    gone.backups.push(backup.id);
  }
  await place.settle();
  for await (const { name, bytes } of place.list(NAMES.chunks)) {
    if (needed.has(name.slice(name.lastIndexOf('/') + 1))) continue;
    if (gone.chunks % 100 === 0) await lease.demand();
    await place.remove(name);
    gone.chunks++;
    gone.bytes += bytes;
  }
  return gone;
}
