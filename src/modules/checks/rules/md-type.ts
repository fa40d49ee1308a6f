import { metadataRun } from './metadata.ts';
import type { Rule } from './rule.ts';

/** Each value is of the type and in the form of its field. */
export const mdType: Rule = {
  slug: 'md-type',
  nature: 'authenticity',
  method: 'automatic',
  begin: (context) => metadataRun(context, ['type'], 'md-type'),
};
