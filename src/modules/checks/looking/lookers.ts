import { availableParallelism } from 'node:os';
import type { IdentifierConfig } from '#formats/pronom';
import { ThreadFailure, ThreadPool } from '#kernel/threads';
import type { Look, LookAnswer, LookPlace, LookRequest, LookWish } from './protocol.ts';

/** Threads that look at files, so that the event loop keeps serving. */
export interface Lookers {
  readonly threads: number;
  look(places: readonly LookPlace[], wish: LookWish): Promise<LookAnswer>;
  close(): Promise<void>;
}

const LONGEST_MS = 6 * 3_600_000;
const MAX_HEAP_MB = 512;
/** What lives in these threads is gone at once. */
const YOUNG_MB = 16;
/** A check is followed by taking in, which needs the memory. */
const IDLE_MS = 5_000;

export function createLookers(config: IdentifierConfig, threads = availableParallelism()): Lookers {
  const pool = new ThreadPool({
    script: new URL('./thread.ts', import.meta.url),
    data: { ...config },
    size: threads,
    maxHeapMb: MAX_HEAP_MB,
    maxYoungMb: YOUNG_MB,
    idleMs: IDLE_MS,
  });
  const ask = (places: readonly LookPlace[], wish: LookWish) => {
    const request: LookRequest = { places, wish };
    return pool.ask<LookAnswer>(request, { timeoutMs: LONGEST_MS });
  };
  return {
    threads,
    async look(places, wish) {
      try {
        return await ask(places, wish);
      } catch (e) {
        if (!(e instanceof ThreadFailure)) throw e;
        // One of them ended the thread; the others are not to suffer.
        const looks: Look[] = [];
        for (const place of places) {
          try {
            looks.push(...(await ask([place], wish)).looks);
          } catch (cause) {
            if (!(cause instanceof ThreadFailure)) throw cause;
            looks.push({ size: 0, digests: {}, matches: null, structure: null, error: cause.message });
          }
        }
        return { looks, spent: { reading: 0, hashing: 0, identifying: 0 } };
      }
    },
    close: () => pool.close(),
  };
}
