import { describe, expect, it } from 'vitest';
import { layoutOf, lineAt, lineOf, type OpenPlace } from './tree-rows.ts';

const places: Record<string, OpenPlace> = {
  '': { total: 3, open: new Map([[1, 'fonds']]) },
  fonds: { total: 1_000_000, open: new Map([[5, 'file']]) },
  file: { total: 2, open: new Map() },
};
const layout = layoutOf((id) => places[id]);

describe('lines of the tree', () => {
  it('are counted without looking at each of a million', () => {
    expect(layout.lines).toBe(1_000_005);
    expect(layout.stretches).toHaveLength(5);
  });

  it('tell which child of which place they are, and where a child stands', () => {
    expect(lineAt(layout, 0)).toEqual({ place: '', index: 0, depth: 0 });
    expect(lineAt(layout, 2)).toEqual({ place: 'fonds', index: 0, depth: 1 });
    expect(lineAt(layout, 8)).toEqual({ place: 'file', index: 0, depth: 2 });
    expect(lineAt(layout, 10)).toEqual({ place: 'fonds', index: 6, depth: 1 });
    expect(lineAt(layout, 1_000_004)).toEqual({ place: '', index: 2, depth: 0 });
    expect(lineAt(layout, 1_000_005)).toBeUndefined();
    for (const line of [0, 3, 9, 500_000]) {
      const at = lineAt(layout, line)!;
      expect(lineOf(layout, at.place, at.index)).toBe(line);
    }
    expect(lineOf(layout, 'elsewhere', 0)).toBeUndefined();
  });

  it('of a place that is loading are none yet', () => {
    expect(layoutOf((id) => (id === '' ? places[''] : undefined)).lines).toBe(3);
  });
});
