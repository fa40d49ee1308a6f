import { packageRun } from './package.ts';
import type { Rule } from './rule.ts';

/** The package holds all metadata its kind asks for. */
export const pkgMd: Rule = {
  slug: 'pkg-md',
  nature: 'completeness',
  method: 'automatic',
  begin: (context) => packageRun(context, 'pkg-md'),
};
