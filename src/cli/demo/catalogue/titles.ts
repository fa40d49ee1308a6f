import { type AgencyKey, nameInYear, type SampleAgency } from '../network/agencies.ts';
import type { SampleArchive } from '../network/archives.ts';
import type { Random } from '../random.ts';
import { subjectsIn } from './subjects.ts';

export interface Worded {
  title: string;
  creator: string;
  subject: string;
  /** Whether such a document bears a number. */
  numbered: boolean;
}

const VERBS = ['做好', '认真做好', '进一步做好', '加强', '切实加强', '开展'];

/** The title of an administrative document of an agency, as its time would have it. */
export function officialTitle(
  random: Random,
  archive: SampleArchive,
  agency: SampleAgency,
  year: number,
): Worded {
  const subject = random.pick(subjectsIn(agency.key, year));
  const creator = nameInYear(archive, agency, year);
  const verb = random.pick(VERBS);
  const place = random.pick(archive.townships);
  const kind = random.int(1, 100);
  const say = (title: string, numbered = true, by = creator): Worded => ({
    title,
    creator: by,
    subject,
    numbered,
  });
  if (kind <= 34) return say(`${creator}关于${verb}${year}年${subject}工作的通知`);
  if (kind <= 50) return say(`${creator}关于${year}年${subject}工作情况的报告`);
  if (kind <= 60) return say(`${creator}关于拨给${subject}经费的请示`);
  if (kind <= 68) return say(`${upperOf(archive, agency.key, year)}关于${subject}有关问题的批复`, true, upperOf(archive, agency.key, year)); // biome-ignore format: one row
  if (kind <= 74) return say(`${creator}关于表扬${year}年${subject}先进单位的通报`);
  if (kind <= 80) return say(`${creator}关于商请协助${place}${subject}工作的函`);
  if (kind <= 87) return say(`${creator}${year}年${subject}工作总结`, false);
  if (kind <= 94) return say(`${archive.place}${year}年${subject}情况统计表`, false);
  return say(`${archive.place}${subject}工作会议纪要`);
}

function upperOf(archive: SampleArchive, agency: AgencyKey, year: number): string {
  const { above } = archive;
  const government =
    year < 1955 ? '人民政府' : year < 1968 ? '人民委员会' : year < 1981 ? '革命委员会' : '人民政府';
  const kinds: Partial<Record<AgencyKey, string>> = {
    civil: '民政局',
    education: '教育局',
    finance: '财政局',
    water: '水利局',
    farming: '农业局',
  };
  return year >= 1981 && kinds[agency] && archive.level === 'county'
    ? `${above}${kinds[agency]}`
    : `${above}${government}`;
}

/** A day of the year as `YYYYMMDD`; now and then only its month is known. */
export function dayIn(random: Random, year: number): string {
  const month = String(random.int(1, 12)).padStart(2, '0');
  const day = random.chance(0.04) ? '00' : String(random.int(1, 28)).padStart(2, '0');
  return `${year}${month}${day}`;
}
