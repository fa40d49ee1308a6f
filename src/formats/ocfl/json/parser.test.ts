import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonParser, NotJson } from './parser.ts';
import { type JsonSink, keeping } from './sink.ts';

/** Reads a text cut at the places given. */
function read(bytes: Buffer, cuts: readonly number[] = []): { value: unknown; twice: string[] } {
  let value: unknown;
  const twice: string[] = [];
  const done = (v: unknown) => {
    value = v;
  };
  const root: JsonSink = {
    name: () => {},
    scalar: done,
    object: () => keeping('object', done, (n) => twice.push(n)),
    array: () => keeping('array', done, (n) => twice.push(n)),
    end: () => {},
  };
  const parser = jsonParser(root);
  const places = [0, ...cuts.map((c) => c % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let i = 1; i < places.length; i++) {
    const chunk = Buffer.from(bytes.subarray(places[i - 1], places[i]));
    parser.write(chunk);
    chunk.fill(0x21);
  }
  parser.end();
  return { value, twice };
}

describe('reading JSON in pieces', () => {
  it('reads what JSON.parse reads, wherever it is cut', () => {
    fc.assert(
      fc.property(
        fc.json({ stringUnit: 'binary' }),
        fc.array(fc.nat()),
        fc.constantFrom(undefined, 1, 2),
        (text, cuts, space) => {
          const spaced = JSON.stringify(JSON.parse(text), null, space);
          expect(read(Buffer.from(spaced), cuts).value).toEqual(JSON.parse(spaced));
        },
      ),
    );
  });

  it('refuses what JSON.parse refuses, and nothing else', () => {
    const letters = fc.constantFrom(
      ...'{}[]:,"\\ \n\t01.-eE+tnu',
      'true',
      'null',
      '"a"',
      '\\u0041',
      '\u0001',
    );
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 12 }), fc.array(fc.nat()), (parts, cuts) => {
        const text = parts.join('');
        let wanted: { value: unknown } | null = null;
        try {
          wanted = { value: JSON.parse(text) };
        } catch {
          // Not JSON.
        }
        let found: { value: unknown } | null = null;
        try {
          found = { value: read(Buffer.from(text), cuts).value };
        } catch (e) {
          expect(e).toBeInstanceOf(NotJson);
        }
        expect(found).toEqual(wanted);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['a byte order mark', Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d])],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22])],
    ['a string cut off', Buffer.from('["abc')],
    ['nothing', Buffer.alloc(0)],
    ['two values', Buffer.from('{} {}')],
    ['endless nesting', Buffer.from('['.repeat(100_000))],
    ['an endless string', Buffer.from(`"${'a'.repeat(2_000_000)}"`)],
  ])('refuses %s', (_, bytes) => {
    expect(() => read(bytes, [7, 70_000, 700_000, 1_400_000])).toThrow(NotJson);
  });

  it('finds names that stand twice, which JSON.parse does not', () => {
    expect(read(Buffer.from('{"a":1,"b":{"c":1,"c":2},"a":3}'))).toEqual({
      value: { a: 3, b: { c: 2 } },
      twice: ['c', 'a'],
    });
  });
});
