import { describe, expect, it } from 'vitest';
import type { CheckEntry } from './shapes.ts';
import { flatten, windowOf } from './tree-rows.ts';

const entry = (seq: number, kind: 'file' | 'folder'): CheckEntry => ({
  seq,
  kind,
  parent: 0,
  name: `n${seq}`,
  path: `n${seq}`,
  bytes: 0,
  children: 0,
  errors: 0,
  warnings: 0,
  errorsBelow: 0,
  warningsBelow: 0,
  matches: null,
  notIdentified: null,
});

describe('the rows of the tree', () => {
  it('are those of open folders, one below the other, with a place to ask for more', () => {
    const rows = flatten(
      new Map([
        [0, { items: [entry(1, 'folder'), entry(4, 'folder'), entry(5, 'file')], more: false }],
        [1, { items: [entry(2, 'file')], more: true }],
      ]),
    );
    expect(rows.map((r) => [r.depth, r.entry?.seq])).toEqual([
      [0, 1],
      [1, 2],
      [1, undefined],
      [0, 4],
      [0, 5],
    ]);
  });

  it('drawn are few, however many there are', () => {
    expect(windowOf({ top: 28_000, height: 280, row: 28, rows: 100_000 })).toEqual({
      first: 990,
      last: 1_020,
    });
    expect(windowOf({ top: 0, height: 280, row: 28, rows: 3 })).toEqual({ first: 0, last: 3 });
  });
});
