/** Headings of a fonds file 全宗卷 (DA/T 12-2012). */
export const FONDS_HEADINGS = [
  'introduction',
  'acquisition',
  'arrangement',
  'keeping',
  'appraisal',
  'statistics',
  'use',
  'informatisation',
] as const;
export type FondsHeading = (typeof FONDS_HEADINGS)[number];
