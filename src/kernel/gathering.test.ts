import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { gathering } from './gathering.ts';

describe('asking one by one what is answered together', () => {
  it('sends what is asked in one turn together, so many at most, and gives each its answer', async () => {
    const calls: number[][] = [];
    const ask = gathering(async (list: readonly number[]) => {
      calls.push([...list]);
      return list.map((n) => n * 2);
    }, 2);
    expect(await Promise.all([ask(1), ask(2), ask(3)])).toEqual([2, 4, 6]);
    expect(calls).toEqual([[1, 2], [3]]);
    expect(await ask(4)).toBe(8);
  });
  it('asks again while an earlier call is not answered', async () => {
    const ask = gathering(async (list: readonly number[]) => {
      await pause(list[0] === 1 ? 50 : 0);
      return list;
    }, 10);
    const order: number[] = [];
    const first = ask(1).then((n) => order.push(n));
    await pause(5);
    await Promise.all([first, ask(2).then((n) => order.push(n))]);
    expect(order).toEqual([2, 1]);
  });
  it('tells a failure to everybody of the call, and to nobody else', async () => {
    const ask = gathering(async (list: readonly number[]) => {
      if (list.includes(1)) throw new Error('no');
      return list;
    }, 1);
    const [first, second] = await Promise.allSettled([ask(1), ask(2)]);
    expect(first.status).toBe('rejected');
    expect(second).toEqual({ status: 'fulfilled', value: 2 });
  });
});
