import { packageRun } from './package.ts';
import type { Rule } from './rule.ts';

/** The metadata in the package can be read: well formed, in the encoding it says. */
export const mdReadable: Rule = {
  slug: 'md-readable',
  nature: 'usability',
  method: 'automatic',
  begin: (context) => packageRun(context, 'md-readable'),
};
