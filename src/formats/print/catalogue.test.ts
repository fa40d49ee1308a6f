import { describe, expect, it } from 'vitest';
import { printCatalogue, printNoteSheet, printSpines } from './index.ts';
import { textOf } from './testing.ts';

const common = { author: '石桥县民政局', language: 'zh-CN' as const, at: new Date('2026-03-01T00:00:00Z') };
describe('a printed catalogue', () => {
  it('wraps a long title and cuts nothing, on as many pages as it takes', async () => {
    const long = `关于${'进一步加强和改进'.repeat(20)}工作的通知`;
    const rows = Array.from({ length: 60 }, (_, i) => [String(i + 1), `J012-WS·2025·D10-${i + 1}`, long]);
    const pdf = await printCatalogue({
      ...common,
      title: '归档文件目录',
      number: 'J012 2025',
      facts: [
        ['全宗号', 'J012'],
        ['年度', '2025'],
      ],
      columns: [
        { heading: '序号', width: 40 },
        { heading: '档号', width: 150 },
        { heading: '题名', width: 300 },
      ],
      rows: [rows],
    });
    const pages = await textOf(pdf);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages[0]).toContain('J012');
    const all = pages.join('').replaceAll(/\s/g, '');
    expect(all.split(long)).toHaveLength(61);
  });
});

describe('papers of a box', () => {
  it('are a note sheet to be signed, and spines side by side', async () => {
    const [note] = await textOf(
      await printNoteSheet({
        ...common,
        title: '备考表',
        facts: ['盒号：3'],
        statement: ['盒内文件情况说明', '共 12 件。'],
        signatures: ['整理人', '整理日期'],
      }),
    );
    expect(note?.replaceAll(/\s/g, '')).toContain('盒内文件情况说明共12件。');
    const spines = await textOf(
      await printSpines({
        ...common,
        title: '盒脊',
        thickness: 50,
        spines: Array.from({ length: 7 }, (_, i) => [{ label: '盒号', value: String(i + 1) }]),
      }),
    );
    expect(spines).toHaveLength(2);
  });
});
