import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cutter } from './cutting.ts';

const SMALL = { least: 400, more: 1200 };

function chunksOf(rows: readonly string[], pieces = 997): string[] {
  const cutter = new Cutter(1, SMALL);
  const all = Buffer.from(rows.map((r) => `${r}\n`).join(''));
  const chunks: Buffer[] = [];
  for (let at = 0; at < all.length; at += pieces) chunks.push(...cutter.take(all.subarray(at, at + pieces)));
  chunks.push(...cutter.rest());
  expect(cutter.rows).toBe(rows.length);
  return chunks.map((c) => c.toString());
}

/** Rows whose keys are spread like ids. */
const rowsOf = (many: number, text = '關於春季植樹造林的通知') =>
  Array.from(
    { length: many },
    (_, i) => `${(Math.imul(i, 2654435761) >>> 0).toString(16)}-${i}\t${text} ${i}`,
  );

const fresh = (before: readonly string[], after: readonly string[]) => {
  const there = new Set(before);
  return after.filter((c) => !there.has(c)).length;
};

describe('rows cut into chunks', () => {
  it('are the same rows put together again, however they arrive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 60 }).map((s) => s.replaceAll('\n', ' '))),
        fc.integer({ min: 1, max: 5_000 }),
        (rows, pieces) => {
          expect(chunksOf(rows, pieces).join('')).toBe(rows.map((r) => `${r}\n`).join(''));
        },
      ),
    );
  });

  it('are cut at the same places whatever pieces they arrive in', () => {
    const rows = rowsOf(2_000);
    expect(chunksOf(rows, 13)).toEqual(chunksOf(rows, 64 * 1024));
  });

  it('keep all chunks but one or two where a row is put in, changed or taken out', () => {
    const rows = rowsOf(5_000);
    const before = chunksOf(rows);
    expect(before.length).toBeGreaterThan(50);
    for (const at of [0, 17, 2_500, 4_999]) {
      const changed = rows.with(at, `${rows[at]!.split('\t')[0]}\tanother title altogether`);
      expect(fresh(before, chunksOf(changed))).toBeLessThanOrEqual(3);
      expect(fresh(before, chunksOf(rows.toSpliced(at, 1)))).toBeLessThanOrEqual(3);
      expect(fresh(before, chunksOf(rows.toSpliced(at, 0, `new${at}\tnew`)))).toBeLessThanOrEqual(3);
    }
  });

  it('are about as long as wanted whether rows are short or long', () => {
    for (const text of ['x', 'a title of ordinary length', '長'.repeat(100)]) {
      const chunks = chunksOf(rowsOf(20_000, text));
      const mean = chunks.reduce((n, c) => n + Buffer.byteLength(c), 0) / chunks.length;
      expect(mean).toBeGreaterThan(1_000);
      expect(mean).toBeLessThan(2_600);
    }
  });

  it('are cut within a row that is longer than any chunk', () => {
    const cutter = new Cutter(1);
    const row = Buffer.alloc(20 * 1024 * 1024, 'x');
    const chunks = [...cutter.take(row), ...cutter.take(Buffer.from('\n')), ...cutter.rest()];
    expect(chunks.map((c) => c.length)).toEqual([16 * 1024 * 1024, 4 * 1024 * 1024 + 1]);
    expect(cutter.rows).toBe(1);
  });
});
