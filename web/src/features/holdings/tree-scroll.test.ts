import { describe, expect, it } from 'vitest';
import { LINE, offsetAfter, TALLEST } from './tree-scroll.ts';

const million = { whole: 10_000_000 * LINE, drawn: TALLEST, view: 600 };

describe('scrolling more lines than a browser can draw', () => {
  it('goes pixel by pixel with the wheel, and everywhere with the bar', () => {
    expect(offsetAfter({ ...million, scrollTop: 1_100, last: 1_000, offset: 50_000 })).toBe(50_100);
    const half = offsetAfter({ ...million, scrollTop: TALLEST / 2, last: 0, offset: 0 });
    expect(Math.round(half / LINE / 10_000)).toBe(500);
    expect(offsetAfter({ ...million, scrollTop: TALLEST - 600, last: 0, offset: 0 })).toBe(
      million.whole - 600,
    );
    expect(offsetAfter({ ...million, scrollTop: 0, last: 100, offset: 5_000 })).toBe(0);
  });

  it('is the bar itself where all can be drawn', () => {
    expect(offsetAfter({ scrollTop: 77, last: 0, offset: 0, whole: 5_000, drawn: 5_000, view: 600 })).toBe(
      77,
    );
  });
});
