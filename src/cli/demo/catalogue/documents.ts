import { docNoInYear, type SampleAgency } from '../network/agencies.ts';
import type { SampleArchive } from '../network/archives.ts';
import type { Random } from '../random.ts';
import { entry, padded, type SampleEntry } from './entry.ts';
import { dayIn, officialTitle } from './titles.ts';

const FIRST = 1987;
const LAST = 2025;
const DEPARTMENTS = ['BGS', 'YWK', '办公室'] as const;

/**
 * Records of 1987 to 2025 arranged by item: DA/T 13-2022 `全宗号-WS·年度·期限[·机构]-件号`, from 2016 in the form of DA/T
 * 22-2015 `全宗号-WS·年度-期限-机构-件号` [S:WEN] [S:DAC]. Retention in the words of the time (Order 8).
 */
export function documentItems(
  random: Random,
  archive: SampleArchive,
  agencies: readonly SampleAgency[],
  wanted: number,
): SampleEntry[] {
  const serials = new Map<string, number>();
  const entries = Array.from({ length: wanted }, (_, i) => {
    const agency = agencies[i % agencies.length]!;
    const year = FIRST + Math.floor((i * (LAST - FIRST + 1)) / wanted);
    const worded = officialTitle(random, archive, agency, year);
    const retention = random.pick(['永久', '定期30年', '定期30年', '定期10年'] as const);
    const term = { 永久: 'Y', 定期30年: 'D30', 定期10年: 'D10' }[retention];
    const group =
      year < 2016
        ? `${agency.fonds}-WS·${year}·${term}${i % 3 === 0 ? `·${random.pick(DEPARTMENTS)}` : ''}`
        : `${agency.fonds}-WS·${year}-${term}-${random.pick(['BGS', 'YWK'] as const)}`;
    const serial = (serials.get(group) ?? 0) + 1;
    serials.set(group, serial);
    const internal = random.chance(0.05);
    return entry({
      ...worded,
      fonds: agency.fonds,
      category: 'WS',
      year,
      retention,
      code: `${group}-${padded(serial, 4)}`,
      docNo: worded.numbered ? docNoInYear(archive, agency, year, random.int(1, 180), worded.creator) : '',
      date: dayIn(random, year),
      pages: random.int(1, 9),
      internal,
      access: internal ? '控制' : '',
      box: padded(Math.ceil((i + 1) / 20), 4),
      drawn: worded.numbered ? 'official' : undefined,
    });
  });
  return entries;
}
