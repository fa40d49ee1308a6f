import { metadataRun } from './metadata.ts';
import type { Rule } from './rule.ts';

/** Each value with a vocabulary or a range is one of it. What is only unusual is told and no fault. */
export const mdEnum: Rule = {
  slug: 'md-enum',
  nature: 'authenticity',
  method: 'automatic',
  begin: (context) => metadataRun(context, ['vocabulary', 'range', 'unusual'], 'md-enum'),
};
