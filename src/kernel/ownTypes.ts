/** What an archive's own element of description is written as. */
export const OWN_TYPES = [
  'text',
  'longText',
  'integer',
  'decimal',
  'date',
  'year',
  'yesNo',
  'one',
  'many',
  'authority',
  'url',
] as const;
export type OwnType = (typeof OWN_TYPES)[number];
