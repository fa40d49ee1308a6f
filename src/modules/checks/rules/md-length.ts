import { metadataRun } from './metadata.ts';
import type { Rule } from './rule.ts';

/** Each value is as long as its field allows. */
export const mdLength: Rule = {
  slug: 'md-length',
  nature: 'authenticity',
  method: 'automatic',
  begin: (context) => metadataRun(context, ['length'], 'md-length'),
};
