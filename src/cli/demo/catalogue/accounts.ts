import { nameInYear, type SampleAgency } from '../network/agencies.ts';
import type { SampleArchive } from '../network/archives.ts';
import type { Random } from '../random.ts';
import { entry, padded, type SampleEntry } from './entry.ts';

const KINDS = [
  ['01', '总账', '定期30年'],
  ['02', '记账凭证', '定期30年'],
  ['03', '年度财务报告', '永久'],
  ['04', '银行对账单', '定期10年'],
] as const;

/** Accounts, by volume: `J023-KU·01·2017-001`. */
export function accountVolumes(
  random: Random,
  archive: SampleArchive,
  agency: SampleAgency,
  wanted: number,
): SampleEntry[] {
  return Array.from({ length: wanted }, (_, i) => {
    const year = 1963 + Math.floor((i * 62) / wanted);
    const [kind, word, retention] = KINDS[i % KINDS.length]!;
    const volume = 1 + Math.floor(i / KINDS.length);
    const creator = nameInYear(archive, agency, year);
    const months = word === '记账凭证' ? `${random.int(1, 6)}至${random.int(7, 12)}月` : '';
    return entry({
      level: 'file',
      fonds: agency.fonds,
      category: 'KU',
      year,
      retention: year < 1999 && retention !== '永久' ? '长期' : retention,
      code: `${agency.fonds}-KU·${kind}·${year}-${padded(volume, 3)}`,
      title: `${creator}${year}年${months}${word}`,
      creator,
      subject: word,
      date: `${year}0000`,
      pages: random.int(30, 220),
    });
  });
}
