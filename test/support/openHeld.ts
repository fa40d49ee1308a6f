import { join } from 'node:path';
import { createAuditTrail } from '#kernel/audit';
import { createDigestPool } from '#kernel/checksums';
import { systemClock } from '#kernel/clock';
import type { CopiesConfig } from '#kernel/config';
import type { Database } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { openKeeping, openPreservation } from '#modules/preservation';

/**
 * What keeps objects and their copies, and nothing else of the house, over a folder with the storage root in `main`: for
 * processes of their own that are killed, and for benches. Close it.
 */
export async function openHeld(db: Database, folder: string, settings: Partial<CopiesConfig> = {}) {
  const digests = createDigestPool();
  const audit = createAuditTrail(systemClock, newId, 'sha256');
  const storage = { kind: 'folder', root: join(folder, 'main') } as const;
  const common = { db, clock: systemClock, newId, audit, digests, log: silentLog };
  const preservation = await openPreservation({
    ...common,
    storage,
    scratch: join(folder, 'scratch'),
    cache: { folder: join(folder, 'cache'), bytes: 1_000_000 },
    attachObjects: async () => {},
    snapshots: async () => new Map(),
    texts: async () => [],
  });
  const copies = await openKeeping({
    ...common,
    jobs: createJobs(db, silentLog, newId),
    masterKey: Buffer.alloc(32, 7),
    main: preservation.main,
    mainLocation: storage,
    archives: async () => [],
    sees: async () => false,
    readUnit: async () => {
      throw new Error('there are no units here');
    },
    settings: {
      copiesWanted: 1,
      cycleDays: 90,
      repair: false,
      fixityMegabytes: undefined,
      copyMegabytes: undefined,
      ...settings,
    },
  });
  return {
    preservation,
    copies,
    root: storage.root,
    async close() {
      await copies.close();
      await preservation.close();
      await digests.close();
    },
  };
}
