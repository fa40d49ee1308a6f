import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { allDone, gathering } from './gather.ts';

const later = () => new Promise<void>((go) => setTimeout(go, 5));

describe('calls gathered', () => {
  it('answers those that begin together, and those that wait, in one go each, and every lane by itself', async () => {
    const groups: string[][] = [];
    const ask = gathering<string, string>({
      inTurn: (k) => k.slice(0, 1),
      most: 3,
      answer: async (some) => {
        groups.push([...some]);
        await later();
        return some.map((k) => ({ done: k.toUpperCase() }));
      },
    });
    const first = Promise.all(['a1', 'a2', 'b1'].map(ask));
    await new Promise<void>((go) => setImmediate(go));
    const rest = Promise.all(['a3', 'a4', 'a5', 'a6'].map(ask));
    expect(await first).toEqual(['A1', 'A2', 'B1']);
    expect(await rest).toEqual(['A3', 'A4', 'A5', 'A6']);
    expect(groups).toEqual([['a1', 'a2'], ['b1'], ['a3', 'a4', 'a5'], ['a6']]);
  });

  it('fails one without the others, and all where the answer fails, and goes on', async () => {
    const ask = gathering<number, number>({
      inTurn: () => '',
      most: 10,
      answer: async (some) => {
        if (some.includes(13)) throw new Error('all');
        return some.map((n) => (n === 2 ? { failed: new Error('two') } : { done: n }));
      },
    });
    const told = await Promise.allSettled([1, 2, 3].map(ask));
    expect(told.map((t) => t.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(Promise.all([12, 13].map(ask))).rejects.toThrow('all');
    expect(await ask(4)).toBe(4);
  });

  it('runs under no circumstances of who asked first', async () => {
    const around = new AsyncLocalStorage<string>();
    const ask = gathering<number, string | undefined>({
      inTurn: () => '',
      most: 10,
      answer: async (some) => some.map(() => ({ done: around.getStore() })),
    });
    expect(await around.run('a request', () => ask(1))).toBeUndefined();
  });

  it('waits for nobody where no lanes are kept, and fails with those of the same go alone', async () => {
    const groups: number[][] = [];
    const ask = gathering<number, number>({
      most: 2,
      answer: async (some) => {
        groups.push([...some]);
        if (some.includes(1)) await later();
        if (some.includes(9)) throw new Error('no');
        return allDone(some);
      },
    });
    const order: number[] = [];
    const first = ask(1).then((n) => order.push(n));
    await new Promise<void>((go) => setImmediate(go));
    await Promise.all([first, ask(2).then((n) => order.push(n))]);
    expect(order).toEqual([2, 1]);
    const told = await Promise.allSettled([8, 9, 7].map(ask));
    expect(told.map((t) => t.status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(groups).toEqual([[1], [2], [8, 9], [7]]);
  });
});
