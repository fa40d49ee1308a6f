import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExpression } from '../reading/expression.ts';
import type { Anchor, Sequence, Signature } from '../types.ts';
import { Matcher } from './index.ts';
import { naively } from './naive.testing.ts';
import { Effort, findSequence } from './sequence.ts';

const whole = (bytes: Buffer) => ({ head: bytes, tail: bytes, bytes: bytes.length });

const byte = fc.constantFrom('00', '01', '02');
const set = fc.constantFrom(
  '[00:01]',
  '[!00]',
  '[!01]',
  '[0001:0100]',
  '[!0001]',
  '[&01]',
  '(00|0102)',
  '(0100|02)',
);
const gap = fc.constantFrom('??', '{2}', '{0-3}', '{1-4}', '*', '{1-*}');
const expression = fc
  .array(
    fc.oneof({ weight: 5, arbitrary: byte }, { weight: 2, arbitrary: set }, { weight: 2, arbitrary: gap }),
    {
      minLength: 1,
      maxLength: 7,
    },
  )
  .map((parts) => `${parts.join('')}01`);

const sequence: fc.Arbitrary<Sequence> = fc
  .record({
    text: expression,
    anchor: fc.constantFrom<Anchor>('begin', 'end', 'none'),
    min: fc.nat(3),
    wide: fc.constantFrom(0, 1, 3, 40),
  })
  .map(({ text, anchor, min, wide }) => {
    const { items } = readExpression(text);
    const [first, ...rest] = items;
    const max = anchor === 'none' ? Number.POSITIVE_INFINITY : min + wide;
    const start = anchor === 'end' ? first! : { ...first!, min: first!.min + min, max: first!.max + max };
    const [endMin, endMax] = anchor === 'end' ? [min, max] : [0, Number.POSITIVE_INFINITY];
    return { anchor, items: [start, ...rest], endMin, endMax };
  });
const signature = fc.array(sequence, { minLength: 1, maxLength: 3 });
const content = fc
  .array(fc.constantFrom(0, 0, 1, 1, 2, 3), { maxLength: 60 })
  .map((bytes) => Buffer.from(bytes));

describe('the matcher', () => {
  it('finds of many signatures exactly those that a naive matcher finds', () => {
    fc.assert(
      fc.property(fc.array(signature, { minLength: 1, maxLength: 8 }), content, (list, bytes) => {
        const signatures: Signature[] = list.map((sequences, i) => ({ id: String(i), sequences }));
        const quick = new Matcher(signatures).find(whole(bytes)).map((h) => h.signature.id);
        expect(quick).toEqual(signatures.filter((s) => naively(s, bytes)).map((s) => s.id));
      }),
      { numRuns: 3000 },
    );
  });

  it('says where a sequence stands', () => {
    const { items } = readExpression("{2-9} 'AB' {0-4} 'C'");
    const at = { anchor: 'begin', items, endMin: 0, endMax: Number.POSITIVE_INFINITY } as const;
    expect(findSequence(Buffer.from('....AB..C'), at, new Effort())).toEqual({ offset: 4, length: 5 });
    const end = { anchor: 'end', items: readExpression("'AB' ?? 'C'").items, endMin: 0, endMax: 3 } as const;
    expect(findSequence(Buffer.from('ABxC..ABxC.'), end, new Effort())?.offset).toBe(6);
  });

  it('looks for what has no place at both ends of a long file', () => {
    const { items } = readExpression("*'needle'");
    const matcher = new Matcher([
      { id: '1', sequences: [{ anchor: 'none', items, endMin: 0, endMax: Number.POSITIVE_INFINITY }] },
    ]);
    const head = Buffer.alloc(100);
    const tail = Buffer.from('....needle..');
    expect(matcher.find({ head, tail, bytes: 1_000_000 })).toMatchObject([
      { found: [{ offset: 1_000_000 - 8, length: 6 }] },
    ]);
    expect(matcher.find({ head, tail: head, bytes: 100 })).toEqual([]);
  });

  it('gives up in good time on a signature made to keep it busy', () => {
    const text = `${'(00|0000|000000){0-60000}'.repeat(300)}FF`;
    const { items } = readExpression(text);
    const sequences: Sequence[] = [{ anchor: 'begin', items, endMin: 0, endMax: Number.POSITIVE_INFINITY }];
    const matcher = new Matcher([{ id: '1', sequences }]);
    const bytes = Buffer.concat([Buffer.alloc(131_071), Buffer.from([0xfe])]);
    const started = performance.now();
    expect(matcher.find(whole(bytes), new Effort(2_000_000))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
