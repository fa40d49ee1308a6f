import { type AgencyKey, agenciesOf, type SampleAgency } from '../network/agencies.ts';
import type { SampleArchive } from '../network/archives.ts';
import { randomOf } from '../random.ts';
import { accountVolumes } from './accounts.ts';
import { documentItems } from './documents.ts';
import { electronic } from './electronic.ts';
import type { SampleEntry, SampleSheet } from './entry.ts';
import { withFlaws } from './flaws.ts';
import { legacyVolumes } from './legacy.ts';
import { marriages, personnel, schoolRolls } from './persons.ts';
import { picturesAndSounds } from './sounds.ts';
import { specials } from './specials.ts';
import { works } from './works.ts';

type Columns = SampleSheet['columns'];

const BY_VOLUME: Columns = ['fonds', 'code', 'level', 'title', 'creator', 'docNo', 'date', 'year', 'category', 'retention', 'classification', 'pages', 'box', 'note']; // biome-ignore format: one row
const BY_ITEM: Columns = ['fonds', 'code', 'title', 'creator', 'docNo', 'date', 'year', 'category', 'retention', 'classification', 'pages', 'access', 'box', 'note']; // biome-ignore format: one row
const OF_PERSONS: Columns = ['fonds', 'code', 'level', 'title', 'persons', 'creator', 'date', 'year', 'category', 'retention', 'classification', 'access', 'pages']; // biome-ignore format: one row
const OTHER: Columns = ['fonds', 'code', 'level', 'title', 'creator', 'date', 'year', 'category', 'retention', 'classification', 'access', 'pages', 'origin', 'note']; // biome-ignore format: one row

/** The whole catalogue of an archive. The same on every machine and every day. */
export function catalogueOf(archive: SampleArchive): SampleSheet[] {
  const agencies = agenciesOf(archive);
  const random = randomOf(`catalogue ${archive.code}`);
  const offices = agencies.filter((a) => a.key !== 'school');
  const all = archive.entries;
  const county = archive.level === 'county';
  const registers = archive.level !== 'province';
  const of = (share: number) => Math.round(all * share);
  const sheet = (
    name: string,
    columns: Columns,
    dates: SampleSheet['dates'],
    entries: readonly SampleEntry[],
  ): SampleSheet => ({
    name,
    columns,
    dates,
    headings: archive.code === '970200' ? 'traditional' : archive.code === '970122' ? 'codes' : 'chinese',
    entries: withFlaws(randomOf(`flaws ${archive.code} ${name}`), entries),
  });
  const sheets = [
    sheet(
      '文书案卷',
      BY_VOLUME,
      'dotted',
      legacyVolumes(random, archive, agencies, of(registers ? 0.28 : 0.4)),
    ),
    sheet('文书（件）', BY_ITEM, 'plain', [
      ...specials(archive),
      ...documentItems(random, archive, agencies, of(county ? 0.24 : 0.32)),
    ]),
    sheet(
      '会计',
      OTHER,
      'plain',
      accountVolumes(random, archive, one(agencies, 'finance', 'office'), of(0.06)),
    ),
    sheet('科技', OTHER, 'chinese', works(random, archive, agencies, of(0.07))),
    sheet('声像与实物', OTHER, 'dashed', picturesAndSounds(random, archive, offices, of(0.08))),
    sheet('电子档案', OTHER, 'dashed', electronic(random, offices, of(0.04))),
    sheet('人事', OF_PERSONS, 'plain', personnel(random, archive, one(agencies, 'office'), of(0.03))),
  ];
  if (registers)
    sheets.push(
      sheet('婚姻登记', OF_PERSONS, 'plain', marriages(random, archive, one(agencies, 'civil'), of(0.12))),
    );
  if (county)
    sheets.push(
      sheet('学籍', OF_PERSONS, 'plain', schoolRolls(random, archive, one(agencies, 'school'), of(0.08))),
    );
  return sheets;
}

function one(agencies: readonly SampleAgency[], ...keys: AgencyKey[]): SampleAgency {
  for (const key of keys) {
    const found = agencies.find((a) => a.key === key);
    if (found) return found;
  }
  throw new Error(`the archive has no agency ${keys.join(' or ')}`);
}
