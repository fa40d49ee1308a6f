import { metadataRun } from './metadata.ts';
import type { Rule } from './rule.ts';

/** No control character, half character or hidden mark stands in a value. */
export const mdChars: Rule = {
  slug: 'md-chars',
  nature: 'authenticity',
  method: 'automatic',
  begin: (context) => metadataRun(context, ['characters'], 'md-chars'),
};
