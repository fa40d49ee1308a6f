import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestBytes } from '#kernel/checksums';
import { PathTable, turned } from './maps.ts';
import { createMarks, createNames } from './names.ts';
import { packedTexts } from './packedTexts.ts';

const digest = (n: number) => digestBytes(Buffer.from(String(n)), ['sha512']).digests.sha512!;

describe('texts that are packed', () => {
  it('come out as they went in, each under one number', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.nat(50).map(digest),
      fc.nat(50).map((n) => digest(n).toUpperCase()),
      // Looks like a digest, and is none: half a byte too much, or one letter that is none of them.
      fc.nat(50).map((n) => `${digest(n)}0`),
      fc.nat(50).map((n) => digest(n).replace(/^./, 'g')),
      fc.constantFrom('\ud800', 'ÿ', 'Ā', 'a\0b', ''),
    );
    fc.assert(
      fc.property(fc.array(text), (list) => {
        const packed = packedTexts();
        const numbers = new Map<string, number>();
        for (const one of list) {
          expect(packed.find(one)).toBe(numbers.get(one));
          const number = packed.numberOf(one);
          expect(number).toBe(numbers.get(one) ?? numbers.size);
          numbers.set(one, number);
        }
        for (const [one, number] of numbers) {
          expect(packed.textOf(number)).toBe(one);
          expect(packed.find(one)).toBe(number);
        }
      }),
    );
  });

  it('may be many, and longer than a page', () => {
    const names = createNames();
    const long = '页'.repeat(1_000_000);
    for (let i = 0; i < 20_000; i++) expect(names.numberOf(`content/${i}.tif`)).toBe(i);
    expect(names.numberOf(long)).toBe(20_000);
    expect(names.numberOf(digest(1))).toBe(20_001);
    expect(names.numberOf(long)).toBe(20_000);
    expect(names.size).toBe(20_002);
    expect(names.textOf(20_000) === long).toBe(true);
    for (let i = 0; i < 20_000; i++) expect(names.find(`content/${i}.tif`)).toBe(i);
    expect(names.find('content/20000.tif')).toBeUndefined();
    expect(names.textOf(20_001)).toBe(digest(1));
  });
});

describe('a table of paths', () => {
  it('holds what a Map of the same holds, whatever is put in and taken out', () => {
    const path = fc.constantFrom('a', 'b', 'c/d', 'e', 'f');
    const act = fc.record({ path, digest: fc.option(fc.constantFrom('1', '2', '3')) });
    fc.assert(
      fc.property(fc.array(act), (acts) => {
        const table = new PathTable(createNames());
        const plain = new Map<string, string>();
        for (const a of acts)
          if (a.digest === null) expect(table.delete(a.path)).toBe(plain.delete(a.path));
          else {
            table.set(a.path, a.digest);
            plain.set(a.path, a.digest);
          }
        expect(new Map(table)).toEqual(plain);
        expect(table.size).toBe(plain.size);
        const copy = PathTable.of(table.names, table);
        copy.set('new', '4');
        expect(new Map(table)).toEqual(plain);
        expect(new Map(PathTable.of(createNames(), plain))).toEqual(plain);
        const places = turned(table);
        expect(places.size).toBe(new Set(plain.values()).size);
        for (const [place, of] of plain) expect(plain.get(places.get(of)!)).toBe(plain.get(place));
      }),
    );
  });
});

it('marks are as wide as they have to be', () => {
  const marks = createMarks();
  for (const n of [0, 63, 64, 1_000_000]) {
    expect(marks.has(n)).toBe(false);
    marks.add(n);
    expect(marks.has(n)).toBe(true);
  }
  expect(marks.has(65)).toBe(false);
});
