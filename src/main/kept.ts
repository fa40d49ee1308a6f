import type { KeptTable } from '#kernel/db/kept';
import { ACCESS_KEPT } from '#modules/access';
import { AUTHORITIES_KEPT } from '#modules/authorities';
import { HOLDINGS_KEPT } from '#modules/holdings';
import { OWN_KEPT } from '#modules/preservation';

/** Every table that comes back from the storage root alone, in the order in which they can be put in. */
export const KEPT_TABLES: readonly KeptTable[] = [
  ...HOLDINGS_KEPT,
  ...AUTHORITIES_KEPT,
  ...ACCESS_KEPT,
  ...OWN_KEPT,
];

/** What refers to these tables and is emptied with them: made again from the objects, or by use. */
export const ALSO_EMPTIED: readonly string[] = [
  'preservation.content',
  'preservation.page',
  'preservation.format_tally',
  'preservation.conversion',
  'preservation.text_due',
  'preservation.disposal_cache',
  'digitisation.page_text',
  'digitisation.text_task',
];
