import type { DigestPool } from '#kernel/checksums';
import { inOneBuffer } from '#kernel/threads';
import { eachAtOnce } from '../atOnce.ts';
import type { WholeObject } from '../describe.ts';
import type { NewFile } from '../newVersion.ts';
import { errorOf } from './moves.ts';
import type { Kind, PlaceOne, Requests } from './wishes.ts';

const SCRIPT = new URL('./thread.ts', import.meta.url);

/** So many go to a thread in one message: sending each by itself would cost more than the work. */
const GROUP = 8;

export function inGroups<T>(list: readonly T[], size = GROUP): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  );
}

/** A file as it passes between threads: callers' files may have their members from a class, which a message would leave behind. */
const plainly = ({ logicalPath, source, expect }: NewFile, bytes: () => Uint8Array): NewFile => ({
  logicalPath,
  source: 'bytes' in source ? { bytes: bytes() } : source,
  ...(expect ? { expect } : {}),
});

export type BulkThreads = ReturnType<typeof bulkThreads>;

/** What is asked of the threads that write objects. */
export function bulkThreads(pool: DigestPool) {
  const ask = <K extends Kind>(
    kind: K,
    wish: Requests[K]['ask'],
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Requests[K]['answer']> => pool.ask(SCRIPT, { kind, ask: wish }, transfer);
  const inParts = async <T, R>(list: readonly T[], work: (part: T[]) => Promise<R[]>): Promise<R[]> =>
    (await eachAtOnce(inGroups(list), work)).flat();

  return {
    /** Bytes of the versions are copied once, and handed over. */
    build(wish: Requests['build']['ask']) {
      const sources = wish.list.flatMap(({ next }) => next.files.map((f) => f.source));
      const { buffer, views } = inOneBuffer(sources.flatMap((s) => ('bytes' in s ? s.bytes : [])));
      const copied = views.values();
      const list = wish.list.map((one) => ({
        ...one,
        next: { ...one.next, files: one.next.files.map((f) => plainly(f, () => copied.next().value!)) },
      }));
      return ask('build', { ...wish, list }, [buffer]);
    },
    /** One outcome for each list. */
    async flush(lists: readonly (readonly string[])[]): Promise<PromiseSettledResult<void>[]> {
      return (await ask('flush', { lists })).map((answer) =>
        answer
          ? { status: 'rejected', reason: errorOf(answer.error) }
          : { status: 'fulfilled', value: undefined },
      );
    },
    place: (root: string, list: readonly PlaceOne[]): Promise<({ changed: string[] } | { error: Error })[]> =>
      inParts(list, async (part) =>
        (await ask('place', { root, list: part })).map((answer) =>
          'error' in answer ? { error: errorOf(answer.error) } : answer,
        ),
      ),
    /** An error for each that could not be made the head. */
    head: (root: string, list: readonly PlaceOne[]): Promise<(Error | null)[]> =>
      inParts(list, async (part) =>
        (await ask('head', { root, list: part })).map((answer) => answer && errorOf(answer.error)),
      ),
    /** Small objects whole, null for others, in order. */
    read: (root: string, paths: readonly string[]): Promise<(WholeObject | null)[]> =>
      inParts(paths, (part) => ask('read', { root, paths: part })),
    /** Has the whole file system written out, as far as the machine can. Starting a program takes this thread's time and not others'. */
    writeOut: (root: string) => ask('writeOut', { root }),
    /** Whether anything lies there, in order. */
    look: (root: string, paths: readonly string[]): Promise<boolean[]> => ask('look', { root, paths }),
    release: (wish: Requests['release']['ask']) => ask('release', wish),
  };
}
