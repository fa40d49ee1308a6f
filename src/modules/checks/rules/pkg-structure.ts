import { packageRun } from './package.ts';
import type { Rule } from './rule.ts';

/** The package is built as its kind has to be; what belongs to no other item is told here. */
export const pkgStructure: Rule = {
  slug: 'pkg-structure',
  nature: 'authenticity',
  method: 'automatic',
  begin: (context) => packageRun(context, 'pkg-structure'),
};
