import { metadataRun } from './metadata.ts';
import type { Rule } from './rule.ts';

/** No required element is empty. */
export const mdRequired: Rule = {
  slug: 'md-required',
  nature: 'completeness',
  method: 'automatic',
  begin: (context) => metadataRun(context, ['required'], 'md-required'),
};
