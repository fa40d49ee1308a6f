import { manual } from './manual.ts';
import type { Rule } from './rule.ts';

/** Server, programs and systems are such that the records can be used. */
export const env: Rule = manual('env', 'usability');
