import { manual } from './manual.ts';
import type { Rule } from './rule.ts';

/** Filing or handing over was done as prescribed, and nothing leaked. */
export const processSafe: Rule = manual('process-safe', 'security');
