import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditTrail } from '#kernel/audit';
import { createDigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import { newId } from '#kernel/ids';
import { silentLog } from '#kernel/log';
import { streamOwner } from '#modules/holdings';
import {
  createSegments,
  openPreservation,
  type Preservation,
  type RebuildOrder,
} from '#modules/preservation';
import { KEPT_TABLES } from '../../src/main/kept.ts';
import { rebuildHouse } from '../../src/main/rebuilding.ts';

/** Segments of a storage root for the time of a test. */
export function segmentsOver(
  db: Database,
  clock: Clock,
  preservation: Pick<Preservation, 'repository' | 'writing'>,
  folder: string,
  delaySeconds = 3600,
) {
  return createSegments({
    db,
    clock,
    log: silentLog,
    tables: KEPT_TABLES,
    ownerOf: streamOwner,
    repository: preservation.repository,
    writing: preservation.writing,
    folder: join(folder, 'segments'),
    delaySeconds,
  });
}

/** A storage root of a database, in a folder of the test's own. Close it. */
export async function keepingOver(db: Database, clock: Clock) {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-keeping-'));
  const digests = createDigestPool(1);
  const preservation = await openPreservation({
    db,
    clock,
    newId,
    digests,
    storage: { kind: 'folder', root: join(folder, 'storage') },
    cache: { folder: join(folder, 'cache'), bytes: 50_000_000 },
    audit: createAuditTrail(clock, newId, 'sha256'),
    attachObjects: async () => {},
    log: silentLog,
    snapshots: async () => new Map(),
    texts: async () => [],
    scratch: join(folder, 'scratch'),
  });
  return {
    folder,
    preservation,
    segments: segmentsOver(db, clock, preservation, folder),
    async close() {
      await digests.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Keeping = Awaited<ReturnType<typeof keepingOver>>;

/** A rebuild of a database from the storage root of a test. */
export function rebuildOver(
  db: Database,
  clock: Clock,
  keeping: Pick<Keeping, 'preservation' | 'segments'>,
  order: Partial<RebuildOrder> = {},
) {
  const audit = createAuditTrail(clock, newId, 'sha256');
  return rebuildHouse(
    {
      db,
      clock,
      newId,
      audit,
      jobs: { enqueue: async () => newId() },
      segments: keeping.segments,
      preservation: keeping.preservation,
    },
    { actor: { id: null, name: 'test' }, acceptLoss: false, ...order },
  );
}
