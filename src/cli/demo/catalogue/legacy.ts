import { docNoInYear, nameInYear, type SampleAgency } from '../network/agencies.ts';
import type { SampleArchive } from '../network/archives.ts';
import type { Random } from '../random.ts';
import { entry, padded, type SampleEntry } from './entry.ts';
import { dayIn, officialTitle } from './titles.ts';

const FIRST = 1952;
const LAST = 1986;

/**
 * Records of 1952 to 1986, bound in volumes and listed by volume (DA/T 13-1994 form 全宗号-目录号-案卷号-件号 [S:WEN]):
 * each volume, then what is in it.
 */
export function legacyVolumes(
  random: Random,
  archive: SampleArchive,
  agencies: readonly SampleAgency[],
  wanted: number,
): SampleEntry[] {
  const entries: SampleEntry[] = [];
  const volumes = new Map<string, number>();
  for (let turn = 0; entries.length < wanted; turn++) {
    const agency = agencies[turn % agencies.length]!;
    const year = FIRST + ((turn * 3 + random.int(0, 2)) % (LAST - FIRST + 1));
    const permanent = random.chance(0.6);
    const catalogue = permanent ? '001' : '002';
    const run = `${agency.fonds}-${catalogue}`;
    const volume = (volumes.get(run) ?? 0) + 1;
    volumes.set(run, volume);
    const code = `${run}-${padded(volume, 3)}`;
    entries.push(
      ...volumeOf(random, archive, agency, {
        year,
        code,
        retention: permanent ? '永久' : '长期',
        box: padded(Math.ceil(volume / 4), 3),
      }),
    );
  }
  return entries.slice(0, wanted);
}

function volumeOf(
  random: Random,
  archive: SampleArchive,
  agency: SampleAgency,
  v: { year: number; code: string; retention: string; box: string },
): SampleEntry[] {
  const items = Array.from({ length: random.int(4, 9) }, (_, i) => {
    const worded = officialTitle(random, archive, agency, v.year);
    return entry({
      ...worded,
      ...v,
      fonds: agency.fonds,
      category: 'WS',
      code: `${v.code}-${padded(i + 1, 3)}`,
      docNo: worded.numbered ? docNoInYear(archive, agency, v.year, random.int(1, 140), worded.creator) : '',
      date: dayIn(random, v.year),
      pages: random.int(1, 12),
      drawn: worded.numbered ? (v.year < 1981 ? 'letter' : 'official') : undefined,
    });
  }).sort((a, b) => (a.date < b.date ? -1 : 1));
  items.forEach((item, i) => {
    item.code = `${v.code}-${padded(i + 1, 3)}`;
  });
  const subjects = [...new Set(items.map((i) => i.subject))].slice(0, 2).join('、');
  const creator = nameInYear(archive, agency, v.year);
  const file = entry({
    ...v,
    level: 'file',
    fonds: agency.fonds,
    category: 'WS',
    title: `${creator}${v.year}年关于${subjects}等的文件材料`,
    creator,
    subject: subjects,
    date: `${v.year}0000`,
    pages: items.reduce((sum, i) => sum + (i.pages ?? 0), 0),
  });
  return [file, ...items];
}
