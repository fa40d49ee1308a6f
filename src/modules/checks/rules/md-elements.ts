import { metadataRun } from './metadata.ts';
import type { Rule } from './rule.ts';

/** Every element the metadata scheme asks for is there at all. */
export const mdElements: Rule = {
  slug: 'md-elements',
  nature: 'completeness',
  method: 'automatic',
  begin: (context) => metadataRun(context, ['missing'], 'md-elements'),
};
