import { ofCarrier } from './manual.ts';
import type { Rule } from './rule.ts';

/** What a disc tester says (DA/T 38), which stands apart and is written in by a person. */
export const discQuality: Rule = ofCarrier('disc-quality');
