import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { printAgreement, printHonour } from './index.ts';
import { textOf } from './testing.ts';

const at = new Date('2026-03-01');
const kept = async (name: string, pdf: Buffer) => {
  if (process.env.LOOK) await writeFile(`${process.env.LOOK}/${name}.pdf`, pdf);
  return textOf(pdf);
};

describe('an agreement', () => {
  const agreement = (paragraphs: readonly string[]) =>
    printAgreement({
      title: '档案捐赠协议',
      number: '990111-XY-2026-0001',
      language: 'zh-CN',
      at,
      author: '石桥县档案馆',
      parties: [
        ['甲方（捐赠人）', '沈伯安先生家属'],
        ['乙方（接收单位）', '石桥县档案馆'],
      ],
      lead: '甲方自愿将下列档案无偿捐赠给乙方，双方约定如下：',
      clauses: [
        { heading: '一、档案情况', paragraphs },
        { heading: '二、文本', paragraphs: ['一式两份，双方各执一份。'] },
      ],
      signatures: ['沈伯安先生家属', '石桥县档案馆'].map((party) => ({
        party,
        lines: ['签字（盖章）：', '日期：'],
      })),
      page: (n, all) => `第 ${n} 页 共 ${all} 页`,
    });

  it('names both sides, says every clause, and leaves room to sign on one page', async () => {
    const pages = await kept('agreement', await agreement(['题名：沈伯安家书及手稿', '数量：126 件 3 盒']));
    expect(pages).toHaveLength(1);
    for (const words of ['沈伯安先生家属', '126 件', '一式两份', '签字', '第 1 页 共 1 页'])
      expect(pages[0]).toContain(words);
  });

  it('goes over as many pages as it takes, and parts no line to sign from the other', async () => {
    const long = Array.from({ length: 60 }, (_, n) => `第${n + 1}项：${'内容'.repeat(40)}`);
    const pages = await kept('agreement-long', await agreement(long));
    expect(pages.length).toBeGreaterThan(2);
    const all = pages.join('\n');
    for (const n of [1, 33, 60]) expect(all).toContain(`第${n}项`);
    expect(pages.filter((p) => p.includes('签字'))).toHaveLength(1);
    expect(pages.at(-1)).toContain(`第 ${pages.length} 页 共 ${pages.length} 页`);
  });
});

describe('a certificate of gift', () => {
  const honour = (words: string) =>
    printHonour({
      title: '捐赠证书', number: '990111-ZS-2026-0001', language: 'zh-CN', at, archive: '石桥县档案馆', to: '沈伯安先生家属：', words: [words], day: '2026年3月1日',
    }); // biome-ignore format: a table

  it('is one page, however much it says', async () => {
    const short = await kept(
      'honour',
      await honour('承蒙惠赠“沈伯安家书及手稿”126件，已由本馆永久珍藏。谨致谢忱，特颁此证。'),
    );
    expect(short).toHaveLength(1);
    for (const words of ['捐 赠 证 书', '沈伯安先生家属', '永久珍藏', '石桥县档案馆', '2026年3月1日'])
      expect(short[0]).toContain(words);
    const long = await kept('honour-long', await honour('谨致谢忱。'.repeat(220)));
    expect(long).toHaveLength(1);
    expect(long[0]).toContain('石桥县档案馆');
  });
});
