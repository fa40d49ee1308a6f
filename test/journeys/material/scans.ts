import { join } from 'node:path';
import { codeOf } from './catalogue.ts';
import { writeBroken, writeImage, writePdf } from './pages.ts';

const CODES = {
  /** A folder named by its code, a page in each file. */
  folder: codeOf(1),
  /** One image named by its code, written in traditional characters. */
  traditional: codeOf(2),
  /** A PDF of two pages. */
  pdf: codeOf(3),
  /** A TIFF whose name has other separators than the catalogue. */
  tiff: codeOf(4),
};

/** What stands on the pages and in no title. */
export const SCANS = {
  codes: CODES,
  pdf: `${CODES.pdf}.pdf`,
  /** No picture, whatever its name says. */
  broken: `${codeOf(5)}.jpg`,
  /** Files that belong to an entry; one of them is no picture. */
  matched: 6,
  held: 5,
  units: 4,
  unmatched: ['J026-WS·1999·Y-9999.jpg', '老照片.jpg'],
  inPdf: { simplified: '库区移民安置', traditional: '庫區移民安置' },
  inImage: { simplified: '结婚登记', traditional: '結婚登記' },
  inTraditionalImage: { simplified: '购买种子', traditional: '購買種子' },
} as const;

/** Draws the folder of scans that the catalogue's archive would hand in. */
export async function writeScans(folder: string): Promise<void> {
  const at = (name: string) => join(folder, name);
  await writeImage(at(`${CODES.folder}/001.jpg`), [
    '关于一九八二年度工作的通知',
    '各公社、镇人民政府：',
    '根据县人民政府的要求，现将本年度的工作安排如下，',
    '请认真执行，并于年底以前写出书面报告。',
  ]);
  await writeImage(at(`${CODES.folder}/002.jpg`), [
    '附件',
    '本年度办理结婚登记三百二十六对，比去年增加二十对。',
    '以上数字由各公社报告，经过核对没有错误。',
  ]);
  await writeFewScans(folder);
  await writeImage(at(`${CODES.tiff.replaceAll('·', '.')}.tif`), [
    '会议纪要',
    '会议讨论了学校建设问题，决定新建教室十二间。',
  ]);
  await writeImage(at(SCANS.unmatched[0]), ['这一页没有著录']);
  await writeImage(at(SCANS.unmatched[1]), ['照片']);
  await writeBroken(folder, SCANS.broken);
}

/** Of them only the image in traditional characters and the PDF: enough where scans are not what a journey is about. */
export async function writeFewScans(folder: string): Promise<void> {
  const at = (name: string) => join(folder, name);
  await writeImage(at(`${CODES.traditional}.png`), [
    '關於發放貸款的報告',
    '縣人民政府：',
    '今年春天雨水不足，農民要求購買種子和肥料，',
    '請銀行給予貸款，以便按時開始生產。',
  ]);
  await writePdf(at(SCANS.pdf), [
    ['关于水库工程的请示', '现将水库工程的进展情况报告如下。', '工程已完成土方三万立方米。'],
    ['附件一', `${SCANS.inPdf.simplified}共一百二十户，费用由县财政承担。`, '以上请批示。'],
  ]);
}
