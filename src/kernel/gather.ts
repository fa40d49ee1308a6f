import { AsyncLocalStorage } from 'node:async_hooks';

/** One of many calls answered together: what came of it, or why not. */
export type Settled<V> = { done: V } | { failed: unknown };

interface Call<K, V> {
  asked: K;
  resolve(value: V): void;
  reject(reason: unknown): void;
}

/**
 * Calls that come while earlier ones of the same lane are being answered wait and are answered together: one transaction, one
 * flush for all of them. A call that comes alone goes at once.
 *
 * @param o.lane calls that may be answered together
 * @param o.most so many at once
 * @param o.answer gives an outcome for each, in their order; it runs under no request's circumstances
 */
export function gathering<K, V>(o: {
  lane(asked: K): string;
  most: number;
  answer(asked: readonly K[]): Promise<readonly Settled<V>[]>;
}): (asked: K) => Promise<V> {
  const lanes = new Map<string, Call<K, V>[]>();
  const outside = AsyncLocalStorage.snapshot();

  async function work(lane: string, calls: Call<K, V>[]): Promise<void> {
    while (calls.length > 0) {
      // Those that begin in the same turn come along.
      await new Promise<void>((next) => setImmediate(next));
      const some = calls.splice(0, o.most);
      try {
        const settled = await o.answer(some.map((c) => c.asked));
        for (const [i, { resolve, reject }] of some.entries()) {
          const one = settled[i] ?? { failed: new Error('not answered') };
          if ('done' in one) resolve(one.done);
          else reject(one.failed);
        }
      } catch (e) {
        for (const { reject } of some) reject(e);
      }
    }
    lanes.delete(lane);
  }

  return (asked) =>
    new Promise<V>((resolve, reject) => {
      const lane = o.lane(asked);
      const call = { asked, resolve, reject };
      const calls = lanes.get(lane);
      if (calls) {
        calls.push(call);
        return;
      }
      const begun = [call];
      lanes.set(lane, begun);
      outside(() => void work(lane, begun));
    });
}
