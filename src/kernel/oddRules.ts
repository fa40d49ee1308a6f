/** Everything that can be odd about an entry; each a sentence in the wording, `desk.odd.<rule>`. */
export const ODD_RULES = [
  'yearDate',
  'yearDocNo',
  'yearCode',
  'yearTitle',
  'yearFuture',
  'dateFuture',
  'dateDocNo',
  'dateTitle',
  'dateBeforeFonds',
  'dateOutsideVolume',
  'retentionCode',
] as const;
export type OddRule = (typeof ODD_RULES)[number];
