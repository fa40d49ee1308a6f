import type { SampleArchive } from './archives.ts';

export type AgencyKey = 'office' | 'civil' | 'education' | 'finance' | 'farming' | 'water' | 'school';

/** An agency of the sample with its fonds. */
export interface SampleAgency {
  key: AgencyKey;
  /** Code of the agency within its archive. */
  code: string;
  fonds: string;
  name: string;
  /** In document numbers, after the place: 石民〔1985〕12号. */
  short: string;
  history: string;
  /** Years its records span. */
  dates: string;
}

interface Kind {
  key: AgencyKey;
  fonds: string;
  short: string;
  /** Name of the office by level of government. */
  province: string;
  city: string;
  county: string;
  /** Before 1967: a section of the people's committee. */
  section: string;
  only?: 'below province' | 'county';
}

const KINDS: readonly Kind[] = [
  {
    key: 'office',
    fonds: 'J001',
    short: '政',
    province: '人民政府办公厅',
    city: '人民政府办公室',
    county: '人民政府办公室',
    section: '人民委员会',
  },
  {
    key: 'civil',
    fonds: 'J012',
    short: '民',
    province: '民政厅',
    city: '民政局',
    county: '民政局',
    section: '民政科',
  },
  {
    key: 'education',
    fonds: 'J019',
    short: '教',
    province: '教育厅',
    city: '教育局',
    county: '教育局',
    section: '文教科',
  },
  {
    key: 'finance',
    fonds: 'J023',
    short: '财',
    province: '财政厅',
    city: '财政局',
    county: '财政局',
    section: '财政科',
    only: 'below province',
  },
  {
    key: 'farming',
    fonds: 'J031',
    short: '农',
    province: '农业厅',
    city: '农业局',
    county: '农业局',
    section: '农林科',
  },
  {
    key: 'water',
    fonds: 'J032',
    short: '水',
    province: '水利厅',
    city: '水利局',
    county: '水利局',
    section: '水利科',
  },
  {
    key: 'school',
    fonds: 'K021',
    short: '一中',
    province: '',
    city: '',
    county: '第一中学',
    section: '',
    only: 'county',
  },
];

/** Agencies whose records an archive holds: four to seven, by its level. */
export function agenciesOf(archive: SampleArchive): SampleAgency[] {
  const { level, place } = archive;
  return KINDS.filter((k) => {
    if (k.only === 'county') return level === 'county';
    if (k.only === 'below province') return level !== 'province';
    // The smaller archives of the sample hold less.
    return !(k.key === 'farming' && (archive.code === '970200' || archive.code === '970221'));
  }).map((k) => ({
    key: k.key,
    code: k.fonds,
    fonds: k.fonds,
    name: `${place}${k[level]}`,
    short: k.short,
    history: historyOf(place, level, k),
    dates: '1952-2025',
  }));
}

function historyOf(place: string, level: SampleArchive['level'], k: Kind): string {
  if (k.key === 'school')
    return `1952年由${place}初级中学改建而成，1958年增设高中部，改称${place}第一中学，沿用至今。`;
  if (k.key === 'office')
    return `1952年起为${place}人民政府（1955年改称人民委员会）的办事机构；1968年至1980年由革命委员会办事组承担；1981年起称${place}${k[level]}。`;
  return `1952年设${place}人民政府${k.section}，1968年并入革命委员会生产指挥组，1973年恢复建制，1981年起称${place}${k[level]}。`;
}

/** The name a record of the year was created under. */
export function nameInYear(archive: SampleArchive, agency: SampleAgency, year: number): string {
  const { place, level } = archive;
  const kind = KINDS.find((k) => k.key === agency.key)!;
  if (agency.key === 'school') return year < 1958 ? `${place}初级中学` : `${place}第一中学`;
  const committee =
    year < 1955 ? `${place}人民政府` : year < 1968 ? `${place}人民委员会` : `${place}革命委员会`;
  if (agency.key === 'office') {
    if (year < 1981) return committee;
    return year % 3 === 0 ? `${place}${kind[level]}` : `${place}人民政府`;
  }
  if (year < 1968) return `${committee}${kind.section}`;
  if (year < 1973) return `${place}革命委员会生产指挥组`;
  return `${place}${kind[level]}`;
}

/** A document number as it was built at the time. */
export function docNoInYear(
  archive: SampleArchive,
  agency: SampleAgency,
  year: number,
  serial: number,
  creator: string,
): string {
  // An answer from above bears the number of whom it comes from.
  const place = creator.startsWith(archive.place) ? archive.short : archive.above.slice(0, 1);
  const stem = `${place}${agency.short}`;
  if (year < 1968) return `（${String(year % 100).padStart(2, '0')}）${stem}字第${serial}号`;
  if (year < 1981) return `${place}革${agency.short}〔${year}〕${serial}号`;
  return `${stem}${agency.key === 'office' ? (serial % 2 ? '发' : '办') : ''}〔${year}〕${serial}号`;
}
