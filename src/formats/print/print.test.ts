import { describe, expect, it } from 'vitest';
import { printLabels, printRegister, printReport } from './index.ts';
import { textOf } from './testing.ts';

describe('papers to be printed', () => {
  it('a register has its facts, its lines to sign and every row, over as many pages as it takes', async () => {
    const pages = await textOf(
      await printRegister({
        title: '销毁清册',
        archive: '石桥县档案馆',
        number: '990111-X-2026-0001',
        language: 'zh-CN',
        at: new Date('2026-03-01'),
        facts: [['销毁原因', '保管期满'.repeat(60)]],
        signatures: [['监销人1', '李某']],
        dateLabel: '日期',
        columns: [
          { heading: '序号', width: 40, align: 'right' },
          { heading: '题名', width: 300 },
        ],
        rows: [
          Array.from({ length: 100 }, (_, i) => [
            String(i + 1),
            `关于第${i + 1}号事项的请示${'长'.repeat(80)}`,
          ]),
        ],
      }),
    );
    expect(pages.length).toBeGreaterThan(4);
    expect(pages[0]).toContain('990111-X-2026-0001');
    expect(pages[0]).toContain('监销人1');
    const all = pages.join('\n');
    for (const i of [1, 37, 100]) expect(all).toContain(`关于第${i}号事项`);
    expect(pages.at(-1)).toContain(`${pages.length} / ${pages.length}`);
  });
  it('a label and its insert are one page', async () => {
    const pages = await textOf(
      await printLabels({
        language: 'zh-TW',
        at: new Date('2026-03-01'),
        archive: '石橋縣檔案館',
        purpose: '封存',
        number: '990111-M-2026-0001-A001',
        code: '990111-M-2026-0001-A001',
        facts: [
          ['件數', '12'],
          ['SHA-512', 'ab'.repeat(64)],
        ],
      }),
    );
    expect(pages).toHaveLength(1);
    expect(pages[0]!.match(/990111-M-2026-0001-A001/g)).toHaveLength(2);
  });
});

describe('the report of a check', () => {
  it('has its verdict, every rule with what to do, and each place', async () => {
    const pages = await textOf(
      await printReport({
        title: '检查报告',
        name: '移交包.zip',
        language: 'zh-CN',
        author: 'Lantai 蘭台',
        at: new Date('2026-03-01'),
        verdict: '这个包不符合规定：有 60 处错误。',
        facts: [['类型', 'BagIt 包']],
        sections: [1, 2].map((n) => ({
          heading: `文件与清单的摘要不符${n}`,
          aside: '错误 · bag.digest · 60',
          advice: '请与来源核对。'.repeat(20),
          lines: Array.from({ length: 30 }, (_, i) => ({ place: `data/${n}-${i}.txt`, words: 'differs' })),
          more: '另有 30 处',
        })),
      }),
    );
    expect(pages.length).toBeGreaterThan(1);
    expect(pages[0]).toContain('这个包不符合规定');
    const all = pages.join('\n');
    for (const words of ['data/1-0.txt', 'data/2-29.txt', 'bag.digest', '另有 30 处'])
      expect(all).toContain(words);
  });
});
