import { manual } from './manual.ts';
import type { Rule } from './rule.ts';

/** Backups run as planned, rights and logs were looked over. */
export const preservationOps: Rule = manual('preservation-ops', 'security');
