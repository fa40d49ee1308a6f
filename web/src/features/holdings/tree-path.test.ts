import { describe, expect, it } from 'vitest';
import { isOnTheWay, unloadedStep } from './tree-path.ts';

const step = (id: string) => ({ id, code: id, label: id, count: 1 });
const path = [step('fonds'), step('series'), step('file')];

describe('the way to a place in the tree', () => {
  it('opens what is above the place, not the place itself', () => {
    expect(['fonds', 'series', 'file', 'other'].map((id) => isOnTheWay(path, id))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('shows a step that a long branch has not loaded yet, below what is above it alone', () => {
    expect(unloadedStep(path, 1, 'fonds', [{ id: 'a' }])?.id).toBe('series');
    expect(unloadedStep(path, 1, 'fonds', [{ id: 'series' }])).toBeUndefined();
    expect(unloadedStep(path, 1, 'another fonds', [])).toBeUndefined();
    expect(unloadedStep(path, 0, undefined, [])?.id).toBe('fonds');
    expect(unloadedStep(path, 3, 'file', [])).toBeUndefined();
  });
});
