import type { IdentifierConfig } from '#formats/pronom';
import { createLookers, type Lookers } from './lookers.ts';

/** Threads of a house, kept between checks: they take a second to learn the formats, and many checks are of few records. */
export interface SharedLookers {
  /** To be given back when the check is over. */
  take(config: IdentifierConfig): Lookers;
  giveBack(lookers: Lookers): Promise<void>;
  close(): Promise<void>;
}

const IDLE_MS = 30_000;

export function shareLookers(): SharedLookers {
  let current: { lookers: Lookers; key: string; users: number } | undefined;
  let timer: NodeJS.Timeout | undefined;
  // A pool of a former release of formats lives as long as a check that began with it.
  const former = new Map<Lookers, number>();
  const endCurrent = async () => {
    const ended = current;
    current = undefined;
    await ended?.lookers.close();
  };
  return {
    take(config) {
      clearTimeout(timer);
      const key = JSON.stringify(config);
      if (current && current.key !== key) {
        if (current.users > 0) former.set(current.lookers, current.users);
        else void current.lookers.close();
        current = undefined;
      }
      current ??= { lookers: createLookers(config), key, users: 0 };
      current.users++;
      return current.lookers;
    },
    async giveBack(lookers) {
      if (current?.lookers === lookers) {
        current.users--;
        if (current.users > 0) return;
        clearTimeout(timer);
        timer = setTimeout(() => {
          if (current?.users === 0) void endCurrent();
        }, IDLE_MS);
        timer.unref();
        return;
      }
      const left = (former.get(lookers) ?? 1) - 1;
      former.set(lookers, left);
      if (left > 0) return;
      former.delete(lookers);
      await lookers.close();
    },
    async close() {
      clearTimeout(timer);
      await endCurrent();
      for (const lookers of former.keys()) await lookers.close();
      former.clear();
    },
  };
}
