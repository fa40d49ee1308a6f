import { packageRun } from './package.ts';
import type { Rule } from './rule.ts';

/** The explanatory file and the catalogue are there and as they should be. */
export const manifestValid: Rule = {
  slug: 'manifest-valid',
  nature: 'authenticity',
  method: 'automatic',
  begin: (context) => packageRun(context, 'manifest-valid'),
};
