const AT_ONCE = 8;

/** Does something with each of a list, at most `width` at once. @returns the results in order */
export async function eachAtOnce<T, R>(
  list: readonly T[],
  work: (item: T, index: number) => Promise<R>,
  width = AT_ONCE,
): Promise<R[]> {
  const results = new Array<R>(list.length);
  const todo = list.entries();
  const worker = async () => {
    for (const [i, item] of todo) results[i] = await work(item, i);
  };
  await allDone(Array.from({ length: Math.min(width, list.length) }, worker));
  return results;
}

/**
 * Starts work on at most `width` of a list at once, and takes up the results one after another in the list's order. When
 * one fails, what was started is awaited, so that nothing goes on behind the caller's back.
 */
export async function inOrder<T, R>(
  list: readonly T[],
  start: (item: T) => Promise<R>,
  takeUp: (item: T, result: R) => Promise<void>,
  width = AT_ONCE,
): Promise<void> {
  const started: Promise<R>[] = [];
  let begun = 0;
  const begin = () => {
    if (begun >= list.length) return;
    const work = start(list[begun++]!);
    // A failure is told where its turn comes.
    work.catch(() => {});
    started.push(work);
  };
  for (let i = 0; i < width; i++) begin();
  try {
    for (const item of list) {
      const result = await started[0]!;
      // No longer kept than it waits: of a hundred thousand results that would be much.
      started.shift();
      begin();
      await takeUp(item, result);
    }
  } catch (e) {
    await Promise.allSettled(started);
    throw e;
  }
}

/** Awaits all of them, also when one fails: then nothing goes on behind the caller's back. @throws what the first threw */
export async function allDone(work: readonly Promise<unknown>[]): Promise<void> {
  for (const one of await Promise.allSettled(work)) if (one.status === 'rejected') throw one.reason;
}
