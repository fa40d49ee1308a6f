import { describe, expect, it } from 'vitest';
import { type Copy, heldBy } from './copies.ts';

const copy = (more: Partial<Copy> = {}): Copy => ({
  storeId: 's1',
  storeName: 'main',
  isMain: true,
  storeState: 'active',
  condition: 'sound',
  head: 'v1',
  copiedAt: '2026-01-01T00:00:00Z',
  checkedAt: '2026-02-01T00:00:00Z',
  trouble: null,
  ...more,
});

describe('how an object is held', () => {
  it('counts copies that were verified, and no others', () => {
    const held = heldBy([copy(), copy({ checkedAt: null }), copy({ storeState: 'removed' })]);
    expect(held).toMatchObject({ proved: 1, of: 2, next: 'unproved' });
  });
  it('can be mended while one copy is sound', () => {
    expect(heldBy([copy({ condition: 'damaged' }), copy()])).toMatchObject({ next: 'damaged', proved: 1 });
    expect(heldBy([copy({ condition: 'damaged' }), copy({ condition: 'missing' })]).next).toBe('lost');
    expect(heldBy([copy({ condition: 'damaged' }), copy({ storeState: 'lost' })]).next).toBe('lost');
  });
  it('is on its way to a new store', () => {
    expect(heldBy([copy(), copy({ condition: 'wanted', checkedAt: null })]).next).toBe('coming');
    expect(heldBy([copy(), copy()]).next).toBe('sound');
  });
  it('was last checked when any copy was', () => {
    expect(heldBy([copy(), copy({ checkedAt: '2026-03-01T00:00:00Z' })]).lastCheck).toBe(
      '2026-03-01T00:00:00Z',
    );
    expect(heldBy([]).lastCheck).toBeNull();
  });
});
