import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlightParts } from './highlight.ts';

describe('marking what was found', () => {
  it('cuts the text at the ranges', () => {
    expect(highlightParts('婚姻登记证明', [[2, 4]]).map((p) => [p.text, p.hit])).toEqual([
      ['婚姻', false],
      ['登记', true],
      ['证明', false],
    ]);
  });
  it('loses no character whatever the ranges are', () => {
    const range = fc.tuple(fc.integer({ min: -3, max: 40 }), fc.integer({ min: -3, max: 40 }));
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(range), (text, ranges) => {
        expect(
          highlightParts(text, ranges)
            .map((p) => p.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
