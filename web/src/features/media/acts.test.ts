import { expect, it } from 'vitest';
import { actsOn } from './acts.ts';

it('offers first what a medium waits for: to be written, placed, tested', () => {
  expect((['planned', 'written', 'inPlace'] as const).map((state) => actsOn({ state })[0])).toEqual([
    'write',
    'place',
    'test',
  ]);
});

it('offers to destroy only what was taken out of use before', () => {
  const may = (
    ['planned', 'writing', 'written', 'inPlace', 'replaced', 'withdrawn', 'destroyed'] as const
  ).filter((state) => actsOn({ state }).includes('destroy'));
  expect(may).toEqual(['replaced', 'withdrawn']);
});
