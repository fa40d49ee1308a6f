import { expect, it } from 'vitest';
import { rowOfNamed } from './named.ts';

it('understands names of columns and elements, keeps what it does not, and loses no value', () => {
  const { row, fondsNo, fondsName } = rowOfNamed(
    new Map(
      Object.entries({
        顺序号: '3',
        档号: 'J019-WS·1958·Y-0001',
        题名: '通知',
        责任者: '某局',
        日期: '19580305',
        ...{
          保管期限: '永久',
          密级: '公开',
          页数: '3页',
          备注: '两份',
          全宗号: 'J019',
          全宗名称: '某局全宗',
        },
        电子文件号: 'E-1',
        年度: '千年',
        标题: '又一题名',
        空: ' ',
      }),
    ),
  );
  expect({ fondsNo, fondsName }).toEqual({ fondsNo: 'J019', fondsName: '某局全宗' });
  expect(row).toMatchObject({
    reference_code: 'J019-WS·1958·Y-0001',
    title: '通知',
    creator: '某局',
    retention: 'Y',
    pages: 3,
    date_from: '1958-03-05',
    classification: 'public',
    description: { note: '两份', extra: { 顺序号: '3', 电子文件号: 'E-1', 年度: '千年', 标题: '又一题名' } },
  });
  expect(rowOfNamed(new Map([['密级', '机密']])).row.classification).toBe('机密');
});
