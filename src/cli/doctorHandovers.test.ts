import { expect, it } from 'vitest';
import { judgeHandovers } from './doctorHandovers.ts';

it('says that none is stuck', () => {
  expect(judgeHandovers([])).toMatchObject({ state: 'ok' });
});

it('names what is stuck and why, and counts what it does not name', () => {
  const stuck = Array.from({ length: 7 }, (_, i) => ({ number: `B-${i}`, failure: i === 0 ? 'full' : null }));
  expect(judgeHandovers(stuck)).toMatchObject({
    state: 'problem',
    message: expect.stringMatching(/B-0 \(full\).*B-4 \(nothing was heard of it\) and 2 more/),
  });
});
