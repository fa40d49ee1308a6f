import { randomFillSync } from 'node:crypto';
import { systemClock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import { newId } from '#kernel/ids';
import { openHeld } from '../../test/support/openHeld.ts';

/** A storage root in a folder, with what keeps its copies, to be filled. Close it. */
export async function heldObjects(db: Database, folder: string) {
  const held = await openHeld(db, folder);
  const { preservation } = held;
  return {
    ...held,
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
  };
}
