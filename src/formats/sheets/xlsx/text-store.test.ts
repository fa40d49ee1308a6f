import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextStore } from './text-store.ts';

test('texts come back in any order, from memory and from the temporary file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lantai-store-'));
  try {
    const store = new TextStore(2 << 20, folder);
    const text = (i: number) =>
      i % 50_000 === 7 ? '长'.repeat(30_000) : i % 9 === 0 ? '' : `题名${i}𠮷${'x'.repeat(i % 40)}`;
    const count = 200_000;
    for (let i = 0; i < count; i++) store.add(text(i));
    expect(store.count).toBe(count);
    expect(store.bytes).toBeGreaterThan(5 << 20);
    fc.assert(
      fc.property(fc.nat(count - 1), (i) => {
        expect(store.get(i)).toBe(text(i));
      }),
      { numRuns: 3000 },
    );
    for (let i = 0; i < count; i++) if (store.get(i) !== text(i)) throw new Error(`text ${i} differs`);
    store.close();
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
