import { expect, it } from 'vitest';
import { leftOutOf } from './left-out.ts';

it('reads a code and its reason from each line, and passes over empty ones', () => {
  expect(leftOutOf('J019-WS·2023·D30-0001 不属移交范围\n\n J019-0002\t 重复 ，另存\n')).toEqual([
    { code: 'J019-WS·2023·D30-0001', reason: '不属移交范围' },
    { code: 'J019-0002', reason: '重复 ，另存' },
  ]);
  expect(leftOutOf('')).toEqual([]);
});

it('does not take a code without a reason', () => {
  expect(leftOutOf('J019-0001 重复\nJ019-0002')).toBeUndefined();
});
