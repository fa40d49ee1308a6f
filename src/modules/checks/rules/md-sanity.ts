import { metadataRun } from './metadata.ts';
import type { Rule } from './rule.ts';

/** What can not be: a day to come, a year its date is not of, a record of no pages. */
export const mdSanity: Rule = {
  slug: 'md-sanity',
  nature: 'authenticity',
  method: 'automatic',
  begin: (context) => metadataRun(context, ['sanity'], 'md-sanity'),
};
