import { describe, expect, it } from 'vitest';
import { cellsOf } from './pasted-cells.ts';
import { linesPasted } from './pasted-lines.ts';

describe('rows pasted from a spreadsheet', () => {
  it('are cells by tabs, quoted ones with line ends and quotes in them', () => {
    expect(cellsOf('a\tb\r\n"x\ny"\t"say ""so"""\n\n')).toEqual([
      ['a', 'b'],
      ['x y', 'say "so"'],
    ]);
  });
  it('are lines of a schedule, without the headings, the class going on below', () => {
    const found = linesPasted(
      '类目\t代码\t归档范围\t保管期限\t备注\n党群\tDQ\t会议记录\t永久\n\t\t通知\t10年\t普发\n',
    );
    expect(found).toEqual([
      { className: '党群', classCode: 'DQ', matter: '会议记录', retention: '永久', note: '' },
      { className: '党群', classCode: 'DQ', matter: '通知', retention: '10年', note: '普发' },
    ]);
  });
  it('may be two columns', () => {
    expect(linesPasted('年度预算\tY').map((l) => [l.matter, l.retention])).toEqual([['年度预算', 'Y']]);
  });
});
