import { availableParallelism } from 'node:os';
import type { IdentifierConfig } from '#formats/pronom';
import { allDone, gathering } from '#kernel/gather';
import { inOneBuffer, ThreadFailure, ThreadPool } from '#kernel/threads';
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
/** Files in one message; records have few each, and sending one by one would cost more than looking at them. */
const TOGETHER = 24;

type Spent = LookAnswer['spent'];
const NOTHING: Spent = { reading: 0, hashing: 0, identifying: 0 };

interface Wanted {
  readonly place: LookPlace;
  readonly wish: LookWish;
}

interface Seen {
  readonly look: Look;
  /** Of all that were looked at with it, told with the first of them. */
  readonly spent: Spent;
}

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
    const { buffer, views } = inOneBuffer(places.flatMap((p) => p.bytes ?? []));
    const copied = views.values();
    const request: LookRequest = {
      places: places.map((p) => (p.bytes ? { ...p, bytes: copied.next().value! } : p)),
      wish,
    };
    return pool.ask<LookAnswer>(request, { timeoutMs: LONGEST_MS, transfer: [buffer] });
  };
  async function looked(places: readonly LookPlace[], wish: LookWish): Promise<Seen[]> {
    try {
      const { looks, spent } = await ask(places, wish);
      return looks.map((look, i) => ({ look, spent: i === 0 ? spent : NOTHING }));
    } catch (e) {
      if (!(e instanceof ThreadFailure)) throw e;
      // One of them ended the thread; the others are not to suffer.
      const seen: Seen[] = [];
      for (const place of places) {
        try {
          const { looks } = await ask([place], wish);
          seen.push({ look: looks[0]!, spent: NOTHING });
        } catch (cause) {
          if (!(cause instanceof ThreadFailure)) throw cause;
          seen.push({ look: unread(cause.message), spent: NOTHING });
        }
      }
      return seen;
    }
  }
  async function lookAtAll(list: readonly Wanted[]): Promise<Seen[]> {
    // Mostly all of them are wanted the same of.
    const alike = Map.groupBy(list.entries(), ([, { wish }]) => JSON.stringify(wish));
    const seen = new Array<Seen>(list.length);
    const groups = [...alike.values()].map(async (group) => {
      const answers = await looked(
        group.map(([, { place }]) => place),
        group[0]![1].wish,
      );
      for (const [at, [i]] of group.entries()) seen[i] = answers[at]!;
    });
    await Promise.all(groups);
    return seen;
  }
  const lookAt = gathering({
    most: TOGETHER,
    answer: async (list: readonly Wanted[]) => allDone(await lookAtAll(list)),
  });
  return {
    threads,
    async look(places, wish) {
      const seen = await Promise.all(places.map((place) => lookAt({ place, wish })));
      const sum = (of: keyof Spent) => seen.reduce((all, { spent }) => all + spent[of], 0);
      return {
        looks: seen.map(({ look }) => look),
        spent: { reading: sum('reading'), hashing: sum('hashing'), identifying: sum('identifying') },
      };
    },
    close: () => pool.close(),
  };
}

const unread = (error: string): Look => ({ size: 0, digests: {}, matches: null, structure: null, error });
