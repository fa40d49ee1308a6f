import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CopyBuffer, lineAt, linesAt } from './copy-buffer.ts';

const read = (line: string): (string | null)[] =>
  line
    .split('\t')
    .map((v) =>
      v === '\\N' ? null : v.replace(/\\(.)/g, (_, c: string) => ({ n: '\n', r: '\r', t: '\t' })[c] ?? c),
    );

describe('rows for COPY', () => {
  it('say nulls, numbers and text with their separators escaped', () => {
    const rows = new CopyBuffer(8);
    rows.put('a\tb').put(null).put(7).put('').put('\\N').end();
    rows.put('檔案\n𠮷').end();
    expect(rows.bytes().toString()).toBe('a\\tb\t\\N\t7\t\t\\\\N\n檔案\\n𠮷\n');
  });

  it('are put together of a beginning and a rest made before it', () => {
    const made = new CopyBuffer(2);
    made.rest().put('乙').put(2);
    const rows = new CopyBuffer(2);
    rows.put('甲').add(made.bytes()).end();
    rows.put(null).add(made.bytes()).end();
    expect(rows.bytes().toString()).toBe('甲\t乙\t2\n\\N\t乙\t2\n');
  });

  it('are told apart again, neighbours in one piece', () => {
    const rows = new CopyBuffer(2);
    for (const word of ['甲', '乙', '丙', '丁']) rows.put(word).end();
    const lines = rows.lines();
    const said = (bytes: Uint8Array) => Buffer.from(bytes).toString();
    expect(said(lineAt(lines, 2))).toBe('丙\n');
    expect(linesAt(lines, [0, 1, 3]).map(said)).toEqual(['甲\n乙\n', '丁\n']);
    expect(linesAt(lines, [])).toEqual([]);
    const rests = new CopyBuffer(2).rest();
    rests.put('子').endRest();
    rests.put('丑').put(2).endRest();
    expect(said(lineAt(rests.lines(), 1))).toBe('\t丑\t2');
  });

  it('give every text back, what is no character replaced', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.string({ unit: 'binary' })), { minLength: 1 }), (values) => {
        const rows = new CopyBuffer(4);
        for (const v of values) rows.put(v);
        rows.end();
        const text = rows.bytes().toString();
        expect(text.endsWith('\n')).toBe(true);
        expect(read(text.slice(0, -1))).toEqual(values.map((v) => v?.toWellFormed() ?? null));
      }),
    );
  });
});
