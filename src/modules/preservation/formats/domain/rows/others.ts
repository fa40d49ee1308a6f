import { type RegisterRow, rows } from '../types.ts';

/** Web pages, databases, mail, packed files and what is no record. [S:standards 4.7: WARC, CSV and SIARD, EML for keeping] */
export const OTHERS: readonly RegisterRow[] = [
  ...rows('web', [
    {
      name: 'WARC',
      puids: 'fmt/289 fmt/1355 fmt/1281',
      risk: 'low',
      why: ['archivalForm', 'openStandard', 'insideCounts'],
    },
    {
      name: 'HTML',
      puids: 'fmt/96 fmt/98 fmt/99 fmt/100 fmt/471 fmt/102 fmt/103',
      risk: 'medium',
      why: ['openStandard', 'widelyRead', 'notSelfContained', 'activeContent'],
    },
  ]),
  ...rows('database', [
    {
      name: 'SIARD',
      puids: 'fmt/161 fmt/995 fmt/1196 fmt/1777',
      risk: 'low',
      why: ['archivalForm', 'openStandard'],
    },
    {
      name: 'CSV, TSV',
      puids: 'x-fmt/18 x-fmt/13',
      risk: 'low',
      why: ['archivalForm', 'widelyRead', 'selfContained'],
    },
    { name: 'SQLite', puids: 'fmt/729', risk: 'low', why: ['published', 'widelyRead'] },
    {
      name: 'dBASE',
      puids: 'x-fmt/9 x-fmt/10',
      risk: 'medium',
      why: ['published', 'abandoned'],
      policy: 'migrate',
    },
    {
      name: 'Access',
      puids: 'lantai/jet3 lantai/jet4 fmt/275',
      open: false,
      risk: 'high',
      why: ['closed', 'abandoned', 'activeContent'],
      policy: 'migrate',
    },
  ]),
  ...rows('mail', [
    {
      name: 'EML',
      puids: 'fmt/278 fmt/950',
      risk: 'low',
      why: ['archivalForm', 'openStandard', 'insideCounts'],
    },
    { name: 'MBOX', puids: 'fmt/720', risk: 'medium', why: ['published', 'variants', 'insideCounts'] },
    {
      name: 'Outlook (MSG, PST)',
      puids: 'x-fmt/430 x-fmt/248 x-fmt/249',
      open: false,
      risk: 'high',
      why: ['published', 'fewReaders', 'insideCounts'],
      policy: 'migrate',
    },
    { name: 'vCard, iCalendar', puids: 'fmt/395 fmt/388', risk: 'low', why: ['openStandard'] },
  ]),
  ...rows('package', [
    {
      name: 'ZIP, TAR, GZIP',
      puids: 'x-fmt/263 x-fmt/265 x-fmt/266',
      risk: 'medium',
      why: ['published', 'insideCounts'],
    },
    {
      name: 'BZIP2, XZ, Zstandard, 7z',
      puids: 'x-fmt/268 fmt/1098 lantai/zstd fmt/484',
      risk: 'medium',
      why: ['published', 'insideCounts', 'fewReaders'],
    },
    {
      name: 'RAR, CAB, LHA',
      puids: 'lantai/rar fmt/613 x-fmt/414 fmt/626',
      open: false,
      risk: 'high',
      why: ['closed', 'insideCounts'],
      policy: 'migrate',
    },
    {
      name: 'ISO 9660, UDF',
      puids: 'fmt/468 fmt/1738 fmt/1739',
      risk: 'medium',
      why: ['openStandard', 'insideCounts'],
    },
  ]),
  ...rows('other', [
    {
      name: 'OLE2, inside not known',
      puids: 'fmt/111',
      open: false,
      risk: 'high',
      why: ['insideCounts', 'unidentified'],
    },
    {
      name: 'Programs',
      puids: 'lantai/exe fmt/688 fmt/690 x-fmt/412 x-fmt/415',
      open: false,
      risk: 'high',
      why: ['program', 'activeContent'],
    },
    { name: 'Fonts', puids: 'x-fmt/453 fmt/520', risk: 'low', why: ['openStandard'] },
    { name: 'XSL', puids: 'x-fmt/281', risk: 'low', why: ['openStandard', 'activeContent'] },
  ]),
];
