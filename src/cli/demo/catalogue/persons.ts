import { nameInYear, type SampleAgency } from '../network/agencies.ts';
import type { SampleArchive } from '../network/archives.ts';
import { personName } from '../network/people.ts';
import type { Random } from '../random.ts';
import { entry, padded, type SampleEntry } from './entry.ts';
import { dayIn } from './titles.ts';

/** Marriage registers, a volume for each year and place: `J012-ZY·HY·1985·Y-001-012`. They name persons: not opened. */
export function marriages(
  random: Random,
  archive: SampleArchive,
  agency: SampleAgency,
  wanted: number,
): SampleEntry[] {
  const entries: SampleEntry[] = [];
  for (let volume = 0; entries.length < wanted; volume++) {
    const year = 1954 + ((volume * 5) % 66);
    const place = random.pick(archive.townships);
    const code = `${agency.fonds}-ZY·HY·${year}·Y-${padded(1 + Math.floor((volume * 5) / 66), 3)}`;
    const office = registryOf(archive, agency, place, year);
    const items = Array.from({ length: random.int(9, 14) }, (_, i) => {
      const [man, woman] = [personName(random, '男'), personName(random, '女')];
      return entry({
        fonds: agency.fonds,
        category: 'ZY',
        year,
        code: `${code}-${padded(i + 1, 3)}`,
        title: `${man}与${woman}结婚登记材料`,
        creator: office,
        subject: place,
        date: dayIn(random, year),
        pages: 2,
        persons: `${man}；${woman}`,
        drawn: 'marriage',
      });
    });
    const file = entry({
      level: 'file',
      fonds: agency.fonds,
      category: 'ZY',
      year,
      code,
      title: `${place}${year}年婚姻登记档案`,
      creator: office,
      subject: place,
      date: `${year}0000`,
      pages: items.length * 2,
    });
    entries.push(file, ...items);
  }
  return entries.slice(0, wanted);
}

function registryOf(archive: SampleArchive, agency: SampleAgency, place: string, year: number): string {
  return year >= 2004
    ? `${nameInYear(archive, agency, year)}婚姻登记处`
    : `${archive.place}${year >= 1958 && year < 1984 && place.endsWith('乡') ? place.replace(/乡$/, '公社') : place}`;
}

/** Rolls of a middle school, by year of leaving: `K021-ZY·XJ·1986·Y-003-001`, a page for each pupil. */
export function schoolRolls(
  random: Random,
  archive: SampleArchive,
  agency: SampleAgency,
  wanted: number,
): SampleEntry[] {
  const entries: SampleEntry[] = [];
  for (let volume = 0; entries.length < wanted; volume++) {
    const year = 1958 + ((volume * 7) % 62);
    const grade = random.pick(['初中', '高中'] as const);
    const group = random.int(1, 4);
    const code = `${agency.fonds}-ZY·XJ·${year}·Y-${padded(1 + Math.floor((volume * 7) / 62), 3)}`;
    const creator = nameInYear(archive, agency, year);
    const subject = `${grade}${year}届（${group}）班`;
    const items = Array.from({ length: random.int(8, 12) }, (_, i) => {
      const pupil = personName(random, random.chance(0.55) ? '男' : '女');
      return entry({
        fonds: agency.fonds,
        category: 'ZY',
        year,
        code: `${code}-${padded(i + 1, 3)}`,
        title: `${subject}学生学籍卡：${pupil}`,
        creator,
        subject,
        date: `${year}0700`,
        pages: 1,
        persons: pupil,
        drawn: 'roll',
      });
    });
    const file = entry({
      level: 'file',
      fonds: agency.fonds,
      category: 'ZY',
      year,
      code,
      title: `${creator}${subject}学生学籍档案`,
      creator,
      subject,
      date: `${year}0700`,
      pages: items.length,
    });
    entries.push(file, ...items);
  }
  return entries.slice(0, wanted);
}

const PAPERS = [
  '履历表',
  '干部任免审批表',
  '考核登记表',
  '工资变动审批表',
  '专业技术职务评审表',
  '入职登记表',
];

/** Papers on officials, a volume for each person: `A002-RS-001-002`. For internal use. */
export function personnel(
  random: Random,
  archive: SampleArchive,
  agency: SampleAgency,
  wanted: number,
): SampleEntry[] {
  const entries: SampleEntry[] = [];
  for (let volume = 1; entries.length < wanted; volume++) {
    const person = personName(random, random.chance(0.7) ? '男' : '女');
    const year = random.int(1956, 2012);
    const code = `${agency.fonds}-RS-${padded(volume, 3)}`;
    const common = {
      fonds: agency.fonds,
      category: 'RS',
      creator: nameInYear(archive, agency, year),
      persons: person,
      internal: true,
      access: '控制',
      subject: '人事',
    };
    entries.push(
      entry({ ...common, level: 'file', year, code, title: `${person}人事档案`, date: `${year}0000` }),
    );
    for (let i = 1; i <= 4; i++) {
      const later = year + i - 1;
      const title = `${person}${later}年${PAPERS[(volume + i) % PAPERS.length]}`;
      entries.push(
        entry({ ...common, year: later, code: `${code}-${padded(i, 3)}`, title, date: dayIn(random, later), pages: random.int(1, 4) }), // biome-ignore format: one row
      );
    }
  }
  return entries.slice(0, wanted);
}
