import { describe, expect, it } from 'vitest';
import { LANGUAGES, t } from '../../../../src/kernel/wording.ts';
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
    const common = { number: '', className: '党群', classCode: 'DQ', category: 'WS', keywords: [] };
    const nobody = { department: '', due: '' };
    expect(found).toEqual([
      { ...common, ...nobody, matter: '会议记录', retention: '永久', note: '' },
      { ...common, ...nobody, matter: '通知', retention: '10年', note: '普发' },
    ]);
  });
  it('are told by their headings in any order, as a schedule that was written out has them', () => {
    const found = linesPasted(
      '序号\t类目名称\t类目代码\t门类\t归档范围\t保管期限\t识别词\t归档单位\t归档时间\t备注\n1.2\t业务\tYW\tKU\t凭证\t30年\t凭证 账簿\t财务科\t次年三月\t另柜\n',
    );
    expect(found).toEqual([
      {
        number: '1.2',
        className: '业务',
        classCode: 'YW',
        category: 'KU',
        matter: '凭证',
        retention: '30年',
        keywords: ['凭证', '账簿'],
        department: '财务科',
        due: '次年三月',
        note: '另柜',
      },
    ]);
  });
  it.each(LANGUAGES)('are told by the headings a workbook is written with in %s', (language) => {
    const fields = [
      'number',
      'className',
      'classCode',
      'category',
      'matter',
      'retention',
      'keywords',
    ] as const;
    const more = ['department', 'due', 'lineNote'] as const;
    const headings = [...fields, ...more].map((f) => t(language, `schedule.${f}`));
    const [line] = linesPasted(`${headings.join('\t')}\n1\t甲\tA\tKJ\t乙\tY\t丙\t丁\t戊\t己`);
    expect(Object.values(line ?? {})).toEqual(['1', '甲', 'A', 'KJ', '乙', 'Y', ['丙'], '丁', '戊', '己']);
  });
  it('may be two columns', () => {
    expect(linesPasted('年度预算\tY').map((l) => [l.matter, l.retention])).toEqual([['年度预算', 'Y']]);
  });
});
