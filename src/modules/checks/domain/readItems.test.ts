import { describe, expect, it } from 'vitest';
import { readItems } from './readItems.ts';

const item = (more: object) => [{ slug: 'md-type', severity: 'block', must: false, sample: 100, ...more }];

describe('an item of a scheme somebody writes', () => {
  it('keeps the way it is to be done', () => {
    expect(readItems(item({ method: 'manual' }), 'GD')).toMatchObject([{ method: 'manual', code: 'GD-1-3' }]);
    expect(readItems(item({ method: null }), 'GD')[0]).not.toHaveProperty('method');
  });

  it.each([
    [{ method: 'by magic' }],
    // No machine sees what only a person can.
    [{ slug: 'env', method: 'automatic' }],
    // What a person does is not demanded of a machine.
    [{ method: 'manual', must: true }],
    [{ parameters: { nonsense: 1 } }],
    [{ sample: 101 }],
  ])('is refused where it can not be: %j', (more) => {
    expect(() => readItems(item(more), 'GD')).toThrow(expect.objectContaining({ code: 'check.item' }));
  });
});
