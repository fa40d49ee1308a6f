import type { Clock } from '#kernel/clock';

/** What another writer was at is left to it so long; idle rounds are further apart. */
const WAIT_MS = 15_000;

/**
 * Copies that could not be written because another process holds their object's lock. They wait here, in this process's
 * memory alone: nothing was tried in vain, and nothing is entered or told.
 */
export function createHeldUp(clock: Clock) {
  const stores = new Map<string, Map<string, number>>();
  return {
    add(storeId: string, objectIds: Iterable<string>): void {
      const waiting = stores.get(storeId) ?? new Map<string, number>();
      stores.set(storeId, waiting);
      for (const id of objectIds) waiting.set(id, clock.now().getTime() + WAIT_MS);
    },
    /** Objects of a store that are to be left alone at this moment. */
    in(storeId: string): string[] {
      const waiting = stores.get(storeId);
      if (!waiting) return [];
      const now = clock.now().getTime();
      for (const [id, until] of waiting) if (until <= now) waiting.delete(id);
      return [...waiting.keys()];
    },
  };
}

export type HeldUp = ReturnType<typeof createHeldUp>;
