import { AsyncLocalStorage } from 'node:async_hooks';

/** One of many calls answered together: what came of it, or why not. */
export type Settled<V> = { done: V } | { failed: unknown };

interface Call<K, V> {
  asked: K;
  resolve(value: V): void;
  reject(reason: unknown): void;
}

/**
 * Lets things be asked one by one that are answered many at a time: one transaction, one flush, one message to a thread for all
 * that is asked in one turn of the event loop.
 *
 * @param o.most so many at once
 * @param o.answer gives an outcome for each, in their order; it runs under no request's circumstances
 * @param o.inTurn calls of one lane wait while earlier ones of it are being answered, and are answered together then; left out,
 *   nobody waits
 */
export function gathering<K, V>(o: {
  most: number;
  answer(asked: readonly K[]): Promise<readonly Settled<V>[]>;
  inTurn?: (asked: K) => string;
}): (asked: K) => Promise<V> {
  const lanes = new Map<string, Call<K, V>[]>();
  const outside = AsyncLocalStorage.snapshot();
  const laneOf = o.inTurn ?? (() => '');

  async function answer(some: readonly Call<K, V>[]): Promise<void> {
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

  async function work(lane: string, calls: Call<K, V>[]): Promise<void> {
    while (calls.length > 0) {
      // Those that begin in the same turn come along.
      await new Promise<void>((next) => setImmediate(next));
      if (o.inTurn) await answer(calls.splice(0, o.most));
      else while (calls.length > 0) void answer(calls.splice(0, o.most));
    }
    lanes.delete(lane);
  }

  return (asked) =>
    new Promise<V>((resolve, reject) => {
      const lane = laneOf(asked);
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

/** Outcomes of answers that are all there. */
export const allDone = <V>(answers: readonly V[]): Settled<V>[] => answers.map((done) => ({ done }));
