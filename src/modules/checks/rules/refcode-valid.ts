import { metadataRun } from './metadata.ts';
import type { Rule } from './rule.ts';

/** The reference code has the form it is built by here, and says what the fields say. */
export const refcodeValid: Rule = {
  slug: 'refcode-valid',
  nature: 'authenticity',
  method: 'automatic',
  begin: (context) => metadataRun(context, ['code'], 'refcode-valid'),
};
