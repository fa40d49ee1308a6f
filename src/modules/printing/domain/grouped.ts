/** Neighbours that share a key, one group after the other, without holding a group in memory. */
export async function* grouped<T>(
  batches: AsyncIterable<readonly T[]>,
  keyOf: (one: T) => string,
): AsyncGenerator<{ first: T; members: AsyncGenerator<T[]> }> {
  const source = batches[Symbol.asyncIterator]();
  let waiting: readonly T[] = [];
  let ended = false;
  const fill = async (): Promise<boolean> => {
    while (waiting.length === 0 && !ended) {
      const next = await source.next();
      if (next.done) ended = true;
      else waiting = next.value;
    }
    return waiting.length > 0;
  };
  async function* members(key: string): AsyncGenerator<T[]> {
    while (await fill()) {
      const end = waiting.findIndex((one) => keyOf(one) !== key);
      const mine = end === -1 ? waiting : waiting.slice(0, end);
      waiting = end === -1 ? [] : waiting.slice(end);
      if (mine.length > 0) yield [...mine];
      if (end !== -1) return;
    }
  }
  try {
    while (await fill()) {
      const first = waiting[0]!;
      const group = members(keyOf(first));
      yield { first, members: group };
      // What the reader left of it is passed over.
      for await (const _ of group);
    }
  } finally {
    await source.return?.();
  }
}
