import type { SampleArchive } from '../network/archives.ts';
import { entry, type SampleEntry } from './entry.ts';

/** Two pages with a look of their own: traditional characters, and English. In the county with the most scans. */
export function specials(archive: SampleArchive): SampleEntry[] {
  if (archive.code !== '970121') return [];
  return [
    entry({
      fonds: 'J012',
      category: 'WS',
      year: 1952,
      code: 'J012-WS·1952·Y-0001',
      title: '石橋縣人民政府關於發放冬令救濟棉衣的通知',
      creator: '石桥县人民政府',
      docNo: '（52）石民字第31號',
      date: '19521108',
      pages: 1,
      subject: '冬令救济',
      note: '繁体字，竖排改横排油印件',
      drawn: 'traditional',
    }),
    entry({
      fonds: 'K021',
      category: 'WS',
      year: 1987,
      code: 'K021-WS·1987·Y-0001',
      title:
        'Letter from Northmoor College on sending an English teacher（诺斯莫尔学院关于派遣英语教师来校任教的函）',
      creator: 'Northmoor College',
      date: '19870514',
      pages: 1,
      subject: '外籍教师',
      note: '英文',
      drawn: 'english',
    }),
  ];
}
