import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalPath, levelFor, regionIn, type Size, sizeOf } from './geometry.ts';
import { parseImageRequest } from './request.ts';

const limits = { maxWidth: 4000, maxHeight: 4000, maxArea: 9_000_000 };
const sides = fc.integer({ min: 1, max: 30_000 });
const image = fc.record({ width: sides, height: sides });

const size = (text: string, region: Size) => {
  const request = parseImageRequest(`full/${text}/0/default.jpg`);
  return sizeOf(region, request.size, limits);
};
const region = (text: string, whole: Size) =>
  regionIn(whole, parseImageRequest(`${text}/max/0/default.jpg`).region);
const code = (act: () => unknown): string => {
  try {
    act();
    return 'none';
  } catch (e) {
    return (e as { code?: string }).code ?? 'fault';
  }
};

describe('the region of an image request', () => {
  it('follows the examples of section 4.1', () => {
    const whole = { width: 300, height: 200 };
    expect(region('full', whole)).toEqual({ x: 0, y: 0, width: 300, height: 200 });
    expect(region('square', whole)).toEqual({ x: 50, y: 0, width: 200, height: 200 });
    expect(region('125,15,120,140', whole)).toEqual({ x: 125, y: 15, width: 120, height: 140 });
    expect(region('pct:41.6,7.5,40,70', whole)).toEqual({ x: 125, y: 15, width: 120, height: 140 });
    expect(region('125,15,200,200', whole)).toEqual({ x: 125, y: 15, width: 175, height: 185 });
    expect(region('pct:41.6,7.5,66.6,100', whole)).toEqual({ x: 125, y: 15, width: 175, height: 185 });
  });

  it('always lies within the image and is never empty, or is refused', () => {
    fc.assert(
      fc.property(image, fc.array(fc.nat(40_000), { minLength: 4, maxLength: 4 }), (whole, numbers) => {
        const refused = code(() => region(numbers.join(','), whole));
        const [x = 0, y = 0, w = 0, h = 0] = numbers;
        expect(refused).toBe(
          w === 0 || h === 0 || x >= whole.width || y >= whole.height ? 'iiif.badRequest' : 'none',
        );
        if (refused !== 'none') return;
        const r = region(numbers.join(','), whole);
        expect(r.width).toBeGreaterThan(0);
        expect(r.height).toBeGreaterThan(0);
        expect(r.x + r.width).toBe(Math.min(whole.width, x + w));
        expect(r.y + r.height).toBe(Math.min(whole.height, y + h));
      }),
    );
  });
});

describe('the size of an image request', () => {
  it('follows the examples of section 4.2', () => {
    const whole = { width: 300, height: 200 };
    expect(size('max', whole)).toEqual({ width: 300, height: 200 });
    expect(size('150,', whole)).toEqual({ width: 150, height: 100 });
    expect(size('^360,', whole)).toEqual({ width: 360, height: 240 });
    expect(size(',150', whole)).toEqual({ width: 225, height: 150 });
    expect(size('pct:50', whole)).toEqual({ width: 150, height: 100 });
    expect(size('^pct:120', whole)).toEqual({ width: 360, height: 240 });
    expect(size('225,100', whole)).toEqual({ width: 225, height: 100 });
    expect(size('!225,100', whole)).toEqual({ width: 150, height: 100 });
    expect(size('^!360,360', whole)).toEqual({ width: 360, height: 240 });
  });

  it('refuses to enlarge without the caret, and to exceed the limits with it', () => {
    const whole = { width: 300, height: 200 };
    for (const wish of ['301,', ',201', '301,200', '300,201', '^4001,', '^4000,4000'])
      expect(code(() => size(wish, whole))).toBe('iiif.badRequest');
  });

  it('stays within the limits, and without the caret within the region', () => {
    const wish = fc.oneof(
      fc.constantFrom('max', '^max'),
      fc.tuple(fc.constantFrom('', '^', '!', '^!'), sides, sides).map(([m, w, h]) => `${m}${w},${h}`),
      fc.tuple(fc.constantFrom('', '^'), sides).map(([m, w]) => `${m}${w},`),
      fc.tuple(fc.constantFrom('', '^'), fc.integer({ min: 1, max: 100 })).map(([m, n]) => `${m}pct:${n}`),
    );
    fc.assert(
      fc.property(image, wish, (whole, text) => {
        if (code(() => size(text, whole)) !== 'none') return;
        const { width, height } = size(text, whole);
        expect(width).toBeGreaterThan(0);
        expect(height).toBeGreaterThan(0);
        expect(width).toBeLessThanOrEqual(limits.maxWidth);
        expect(height).toBeLessThanOrEqual(limits.maxHeight);
        expect(width * height).toBeLessThanOrEqual(limits.maxArea);
        if (!text.startsWith('^')) {
          expect(width).toBeLessThanOrEqual(whole.width);
          expect(height).toBeLessThanOrEqual(whole.height);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the proportions with a confined size, as far as whole pixels allow', () => {
    fc.assert(
      fc.property(image, sides, sides, (whole, w, h) => {
        const answer = size(`!${w},${h}`, whole);
        expect(answer.width).toBeLessThanOrEqual(w);
        expect(answer.height).toBeLessThanOrEqual(h);
        const factor = Math.max(answer.width / whole.width, answer.height / whole.height);
        expect(Math.abs(answer.width - whole.width * factor)).toBeLessThanOrEqual(
          1 + whole.width / whole.height,
        );
        expect(Math.abs(answer.height - whole.height * factor)).toBeLessThanOrEqual(
          1 + whole.height / whole.width,
        );
      }),
    );
  });
});

describe('the level of a pyramid', () => {
  const levels = [
    { width: 6001, height: 8003 },
    { width: 3000, height: 4001 },
    { width: 1500, height: 2000 },
    { width: 750, height: 1000 },
  ];

  it('is the smallest that is as fine as the answer, cut within its edges', () => {
    const whole = fc.record({
      x: fc.nat(6000),
      y: fc.nat(8002),
      w: fc.integer({ min: 1, max: 6001 }),
      h: fc.integer({ min: 1, max: 8003 }),
      percent: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(whole, ({ x, y, w, h, percent }) => {
        const part = regionIn(levels[0]!, { kind: 'pixels', x, y, w, h });
        const answer = sizeOf(
          part,
          { kind: 'percent', n: percent, enlarge: false },
          { maxWidth: 1e9, maxHeight: 1e9, maxArea: 1e18 },
        );
        const { level, cut } = levelFor(levels, part, answer);
        const chosen = levels[level]!;
        expect(cut.width).toBeGreaterThan(0);
        expect(cut.height).toBeGreaterThan(0);
        expect(cut.x + cut.width).toBeLessThanOrEqual(chosen.width);
        expect(cut.y + cut.height).toBeLessThanOrEqual(chosen.height);
        expect((part.width * chosen.width) / levels[0]!.width).toBeGreaterThanOrEqual(answer.width - 1);
      }),
    );
  });

  it('takes the third level for a whole page at a quarter of its size', () => {
    const part = { x: 0, y: 0, width: 6001, height: 8003 };
    expect(levelFor(levels, part, { width: 1500, height: 2000 }).level).toBe(2);
  });
});

describe('the canonical form', () => {
  it('names the region in pixels and the size by both sides', () => {
    const whole = { width: 300, height: 200 };
    const request = parseImageRequest('pct:50,0,50,100/75,/0/color.jpg');
    const part = regionIn(whole, request.region);
    expect(canonicalPath(whole, request, part, sizeOf(part, request.size, limits))).toBe(
      '150,0,150,200/75,100/0/default.jpg',
    );
  });
});
