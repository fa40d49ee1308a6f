import { expect, it } from 'vitest';
import type { Log } from '#kernel/log';
import { silentLog } from '#kernel/log';
import { doHourly } from './hourly.ts';

it('a chore that fails is written down, and the others are done', async () => {
  const done: string[] = [];
  const written: unknown[] = [];
  const log: Log = { ...silentLog, error: (what: unknown) => void written.push(what) };
  await doHourly(log, {
    first: async () => done.push('first'),
    second: async () => {
      throw new Error('no room');
    },
    third: async () => done.push('third'),
  });
  expect(done).toEqual(['first', 'third']);
  expect(written).toMatchObject([{ chore: 'second', err: { message: 'no room' } }]);
});
