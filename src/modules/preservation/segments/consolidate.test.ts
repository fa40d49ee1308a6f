import { describe, expect, it } from 'vitest';
import { dueOf } from './consolidate.ts';

const loose = (n: number, level = 0, rows = 10, first = 1) =>
  Array.from({ length: n }, (_, i) => ({ number: first + i, level, rows }));

describe('segments are drawn together', () => {
  it('when there are many of one level, the lowest first', () => {
    expect(dueOf(loose(63))).toBeUndefined();
    expect(dueOf(loose(64))).toEqual({ level: 1, numbers: loose(64).map((s) => s.number) });
    const mixed = [...loose(64, 1), ...loose(64, 0, 10, 100)];
    expect(dueOf(mixed)).toMatchObject({ level: 1 });
    expect(dueOf([...loose(64, 1), ...loose(3, 0, 10, 100)])).toMatchObject({ level: 2 });
    expect(dueOf([...loose(40, 1), ...loose(40, 0, 10, 100)])).toBeUndefined();
  });

  it('as far as they make one that is not too large', () => {
    expect(dueOf(loose(70, 0, 100_000))?.numbers).toHaveLength(10);
    expect(dueOf(loose(70, 0, 900_000))).toBeUndefined();
  });
});
