import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Thread } from '#kernel/threads';
import type { OpenStore } from '../stores/openStore.ts';
import { type Examined, examine, together } from './examine.ts';
import type { ThreadAnswer, ThreadWish } from './thread.ts';

/** An object to read through, and about how large it is. */
export interface ToExamine {
  objectId: string;
  bytes: number;
  files: number;
}

export type ExamineOutcome = { examined: Examined } | { failed: string };

export type Examiner = ReturnType<typeof createExaminer>;

/** From here on an object's files are shared out among the threads. */
const SHARED_BYTES = 64 * 1024 * 1024;
/** Small objects go to a thread by the handful: about so much, and so many, at once. */
const HANDFUL_BYTES = 16 * 1024 * 1024;
const HANDFUL = 64;
/** One object may be a film of many hours on a slow disk. */
const LONGEST_MS = 7 * 24 * 3600_000;
const STOP_MS = 5_000;
/** Of each thread's heap; what lives there is gone with its object. */
const YOUNG_MB = 16;

/** Objects in the order given, in handfuls for one thread each; a large one is alone. */
export function handfuls<T extends ToExamine>(list: readonly T[]): T[][] {
  const groups: T[][] = [];
  let bytes = 0;
  for (const one of list) {
    const last = groups.at(-1);
    const large = one.bytes >= SHARED_BYTES;
    if (!last || large || bytes + one.bytes > HANDFUL_BYTES || last.length >= HANDFUL) {
      groups.push([one]);
      bytes = large ? Number.POSITIVE_INFINITY : one.bytes;
    } else {
      last.push(one);
      bytes += one.bytes;
    }
  }
  return groups;
}

/** Some threads, one request each at a time; who comes later waits. */
function createTeam(threads: number) {
  const all = Array.from(
    { length: threads },
    () => new Thread({ script: new URL('./thread.ts', import.meta.url), maxYoungMb: YOUNG_MB }),
  );
  const idle = [...all];
  const waiting: ((thread: Thread) => void)[] = [];

  async function withThread<T>(work: (thread: Thread) => Promise<T>): Promise<T> {
    const thread = idle.pop() ?? (await new Promise<Thread>((resolve) => waiting.push(resolve)));
    try {
      return await work(thread);
    } finally {
      const next = waiting.shift();
      if (next) next(thread);
      else idle.push(thread);
    }
  }
  return {
    ask: (wish: ThreadWish, signal?: AbortSignal) =>
      withThread((thread) => thread.ask<ThreadAnswer>(wish, { timeoutMs: LONGEST_MS, signal })),
    stop: () => Promise.all(all.map((thread) => thread.stop())),
  };
}

/**
 * Threads that read whole objects through, several at a time, some for each store: a disk that hangs holds its own alone.
 * Started when needed; idle ones keep nothing alive.
 */
export function createExaminer(threads = Math.max(2, availableParallelism())) {
  const teams = new Map<string, ReturnType<typeof createTeam>>();
  const teamOf = (folder: string) => {
    const team = teams.get(folder) ?? createTeam(threads);
    teams.set(folder, team);
    return team;
  };

  async function inFolder(
    folder: string,
    group: readonly ToExamine[],
    paths: readonly string[],
    o: { bytesPerSecond: number | null; signal?: AbortSignal | undefined },
  ): Promise<ExamineOutcome[]> {
    const [first] = group;
    const { ask } = teamOf(folder);
    const pace = o.bytesPerSecond === null ? null : o.bytesPerSecond / threads;
    if (group.length > 1 || first!.bytes < SHARED_BYTES || first!.files < threads)
      return ask({ folder, paths, bytesPerSecond: pace }, o.signal);
    const answers = await Promise.all(
      Array.from({ length: threads }, (_, index) =>
        ask({ folder, paths, bytesPerSecond: pace, share: { index, of: threads } }, o.signal),
      ),
    );
    const shares: Examined[] = [];
    for (const [answer] of answers) {
      if (!answer || 'failed' in answer) return [answer ?? { failed: 'no answer' }];
      shares.push(answer.examined);
    }
    return [{ examined: together(shares) }];
  }

  return {
    threads,
    /** Reads objects of one store through. One outcome each, in order; `failed` where the store could not be read at all. */
    async examine(
      open: OpenStore,
      list: readonly ToExamine[],
      o: { bytesPerSecond: number | null; signal?: AbortSignal | undefined },
    ): Promise<ExamineOutcome[]> {
      const { folder, store, repository } = open;
      const groups = handfuls(list);
      const outcomes = await Promise.all(
        groups.map(async (group): Promise<ExamineOutcome[]> => {
          const paths = group.map((one) => repository.pathOf(one.objectId));
          if (folder !== null) return inFolder(folder, group, paths, o);
          const found: ExamineOutcome[] = [];
          for (const path of paths)
            try {
              o.signal?.throwIfAborted();
              found.push({ examined: await examine(store, path) });
            } catch (e) {
              o.signal?.throwIfAborted();
              found.push({ failed: e instanceof Error ? e.message : String(e) });
            }
          return found;
        }),
      );
      return outcomes.flat();
    },
    async close(): Promise<void> {
      // A thread that hangs at a disk can not be ended before the process.
      const stopped = Promise.all([...teams.values()].map((team) => team.stop()));
      await Promise.race([stopped, pause(STOP_MS, undefined, { ref: false })]);
    },
  };
}
