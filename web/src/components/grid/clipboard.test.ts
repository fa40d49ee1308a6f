import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlOfCells, readCells, writeCells } from './clipboard.ts';

describe('cells on the clipboard', () => {
  it('are read as Excel writes them: quotes around line breaks, quotes doubled, a break at the end', () => {
    expect(readCells('题名\t1958\r\n"两行\r\n文字"\t"他说""好"""\r\n')).toEqual([
      ['题名', '1958'],
      ['两行\n文字', '他说"好"'],
    ]);
    expect(readCells('a\t\tb\n\tc')).toEqual([
      ['a', '', 'b'],
      ['', 'c'],
    ]);
    expect(readCells('一个字段')).toEqual([['一个字段']]);
    expect(readCells('')).toEqual([]);
  });

  it('keep a quote that opens nothing', () => {
    expect(readCells('"引文" 之后\t5" 盘')).toEqual([['"引文" 之后', '5" 盘']]);
  });

  it('come back as they were written', () => {
    const cell = fc.string({ unit: fc.constantFrom('甲', 'a', '"', '\t', '\n', ' ', '1') });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        (cells) => {
          expect(readCells(writeCells(cells))).toEqual(cells);
        },
      ),
    );
  });

  it('as a table hold what they say and nothing else', () => {
    expect(htmlOfCells([['<b>&', '0001\n二']])).toBe(
      `<table><tr><td style="mso-number-format:'\\@'">&lt;b&gt;&amp;</td><td style="mso-number-format:'\\@'">0001<br>二</td></tr></table>`,
    );
  });
});
