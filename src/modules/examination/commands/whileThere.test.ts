import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { whileThere } from './whileThere.ts';

const never = new AbortController().signal;

describe('work on something that may be deleted', () => {
  it('is aborted when it is, and what it ran into is no trouble', async () => {
    let there = true;
    const work = async (signal: AbortSignal) => {
      there = false;
      await wait(60_000, undefined, { signal });
    };
    expect(await whileThere(async () => there, never, work, 5)).toBe(false);
  });

  it('that fails while it is there fails', async () => {
    const broken = Promise.reject(new Error('broken'));
    await expect(
      whileThere(
        async () => true,
        never,
        () => broken,
      ),
    ).rejects.toThrow('broken');
  });

  it('that is done is done, unless it went in the last moment', async () => {
    const done = async () => {};
    expect(await whileThere(async () => true, never, done)).toBe(true);
    expect(await whileThere(async () => false, never, done)).toBe(false);
  });

  it('is aborted from without as ever', async () => {
    const stopping = new AbortController();
    const work = (signal: AbortSignal) => wait(60_000, undefined, { signal });
    setTimeout(() => stopping.abort(), 5);
    await expect(whileThere(async () => true, stopping.signal, work)).rejects.toThrow('aborted');
  });
});
