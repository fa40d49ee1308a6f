import { expect, it } from 'vitest';
import { familiesOf } from './families.ts';

it('findings of one family and severity are told together, in the order they came', () => {
  const one = { family: 'path', severity: 'error', code: 'tree.pathEscape', count: 2 } as const;
  const two = { family: 'bagDigest', severity: 'error', code: 'bag.digest', count: 1 } as const;
  const three = { family: 'path', severity: 'error', code: 'tree.pathNul', count: 3 } as const;
  const four = { family: 'path', severity: 'warning', code: 'tree.pathOdd', count: 4 } as const;
  expect(familiesOf([one, two, three, four])).toEqual([
    { family: 'path', severity: 'error', count: 5, groups: [one, three] },
    { family: 'bagDigest', severity: 'error', count: 1, groups: [two] },
    { family: 'path', severity: 'warning', count: 4, groups: [four] },
  ]);
});
