import { randomFillSync } from 'node:crypto';
import { join } from 'node:path';
import { createAuditTrail } from '#kernel/audit';
import { createDigestPool } from '#kernel/checksums';
import { systemClock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { openKeeping, openPreservation } from '#modules/preservation';

/** A storage root in a folder, with what keeps its copies. Close it. */
export async function heldObjects(db: Database, folder: string) {
  const digests = createDigestPool();
  const audit = createAuditTrail(systemClock, newId, 'sha256');
  const storage = { kind: 'folder', root: join(folder, 'main') } as const;
  const common = { db, clock: systemClock, newId, audit, digests, log: silentLog };
  const preservation = await openPreservation({
    ...{ ...common, storage, scratch: join(folder, 'scratch') },
    cache: { folder: join(folder, 'cache'), bytes: 1_000_000 },
    attachObject: async () => {},
    snapshots: async () => new Map(),
    texts: async () => [],
  });
  const copies = await openKeeping({
    ...{ ...common, jobs: createJobs(db, silentLog, newId), masterKey: Buffer.alloc(32) },
    ...{ main: preservation.main, mainLocation: storage },
    ...{ archives: async () => [], sees: async () => false },
    readUnit: async () => {
      throw new Error('the bench has no units');
    },
    settings: {
      ...{ copiesWanted: 1, cycleDays: 90, repair: false },
      ...{ fixityMegabytes: undefined, copyMegabytes: undefined },
    },
  });

  return {
    copies,
    root: storage.root,
    /** Holds objects of so many files of so many bytes, no two alike. */
    async hold(objects: number, files: number, bytes: number): Promise<void> {
      const block = Buffer.alloc(bytes);
      for (let from = 0; from < objects; from += 50) {
        const list = Array.from({ length: Math.min(50, objects - from) }, () => {
          const unitId = newId();
          return {
            ...({ objectId: `urn:uuid:${unitId}`, kind: 'unit', archiveId: null, unitId } as const),
            next: {
              files: Array.from({ length: files }, (_, i) => {
                randomFillSync(block, 0, Math.min(64, bytes));
                return { logicalPath: `pages/${i}.bin`, source: { bytes: Buffer.from(block) } };
              }),
              message: 'content taken in',
              user: { name: 'bench', address: 'urn:bench' },
              created: systemClock.now(),
            },
          };
        });
        const outcomes = await preservation.writing.put(list);
        await db.system(async (tx) => {
          for (const [i, outcome] of outcomes.entries()) {
            if ('error' in outcome) throw outcome.error;
            await preservation.writing.enter(tx, list[i]!, outcome.result);
          }
        });
      }
    },
    async close() {
      await copies.close();
      preservation.close();
      await digests.close();
    },
  };
}
