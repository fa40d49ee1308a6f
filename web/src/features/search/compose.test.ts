import { describe, expect, it } from 'vitest';
import { composed, NOTHING_ASKED, within } from './compose.ts';

const NAMES = { title: '题名', docNo: '文号', creator: '责任者', text: '全文' };

describe('the form as one line', () => {
  it('says in signs what each field asks', () => {
    expect(
      composed(
        {
          all: '救灾 1983',
          phrase: '发放 表',
          any: '王庄 李庄',
          none: '统计',
          title: '通知',
          docNo: '',
          creator: '民政局 水利局',
          text: '',
        },
        NAMES,
      ),
    ).toBe('救灾 1983 "发放 表" (王庄 OR 李庄) 题名:通知 责任者:(民政局 水利局) -统计');
    expect(composed(NOTHING_ASKED, NAMES)).toBe('');
  });

  it('takes no word for a sign, and leaves no quotes open', () => {
    expect(composed({ ...NOTHING_ASKED, any: 'OR 或', none: '-张', phrase: '"张三' }, NAMES)).toBe(
      '"张三" ("OR" OR "或") -"-张"',
    );
  });
});

it('words within the results narrow the whole query', () => {
  expect(within('结婚', '王庄')).toBe('结婚 王庄');
  expect(within('结婚 OR 离婚', '王庄')).toBe('(结婚 OR 离婚) 王庄');
  expect(within('结婚', '王庄 或 李庄')).toBe('结婚 (王庄 或 李庄)');
  expect(within('', '王庄')).toBe('王庄');
  expect(within('结婚', ' ')).toBe('结婚');
});
