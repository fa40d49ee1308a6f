import { expect, it } from 'vitest';
import { recordsPasted } from './pasted-records.ts';

it('rows pasted from a spreadsheet are records by the headings of their first row', () => {
  const found = recordsPasted(
    '序号\t题 名\t文号\t保管期限\t备注\n1\t关于修桥的请示\t石政〔2025〕1号\t永久\t\n2\t通知\t\t10年\t附表',
  );
  expect(found.known.map((c) => c.field)).toEqual(['title', 'docNo', 'retention', 'note']);
  expect(found.unknown).toEqual(['序号']);
  expect(found.rows).toEqual([
    { title: '关于修桥的请示', docNo: '石政〔2025〕1号', retention: '永久' },
    { title: '通知', retention: '10年', description: { note: '附表' } },
  ]);
  expect(recordsPasted('')).toEqual({ known: [], unknown: [], rows: [] });
});
