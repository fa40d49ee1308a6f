import { expect, it } from 'vitest';
import { momentOf, surenessOf } from './inside.ts';

it('a signature is right only where its signer is trusted too', () => {
  const right = { content: 'right', signature: 'right' } as const;
  expect(surenessOf({ ...right, trusted: true })).toBe('right');
  expect(surenessOf({ ...right, trusted: false })).toBe('notTrusted');
  expect(surenessOf({ ...right, trusted: false, outOfDate: true })).toBe('outOfDate');
  expect(surenessOf({ ...right, content: 'notChecked', trusted: false })).toBe('notChecked');
  expect(surenessOf({ content: 'notChecked', signature: 'wrong', trusted: true })).toBe('wrong');
});

it('times are shown as people read them', () => {
  expect(momentOf("D:20121123142311+01'00'")).toBe('2012-11-23 14:23:11 +01:00');
  expect(momentOf('20201010151120')).toBe('2020-10-10 15:11:20');
  expect(momentOf('D:20121123142311Z')).toBe('2012-11-23 14:23:11');
  expect(momentOf('yesterday')).toBe('yesterday');
});
