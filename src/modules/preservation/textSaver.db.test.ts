import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '#kernel/log';
import { type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import { createTextSaver } from './textSaver.ts';

let house: SmallHouse;
beforeAll(async () => {
  house = await smallHouse();
});
afterAll(() => house.close());

describe('saving texts again and again', () => {
  it('goes on after a failure, never in two processes at once, and ends when told', async () => {
    let [turns, atOnce, most] = [0, 0, 0];
    const save = async () => {
      turns++;
      most = Math.max(most, ++atOnce);
      await pause(30);
      atOnce--;
      if (turns === 1) throw new Error('the disk is full');
      return 0;
    };
    const savers = [1, 2].map(() => createTextSaver(house.db, silentLog, save, 5));
    for (const saver of savers) saver.start();
    await expect.poll(() => turns, { timeout: 20_000 }).toBeGreaterThan(4);
    await Promise.all(savers.map((saver) => saver.stop()));
    expect(most).toBe(1);
    const ended = turns;
    await pause(100);
    expect(turns).toBe(ended);
  });
});
