import { ofCarrier } from './manual.ts';
import type { Rule } from './rule.ts';

/** No scratch, no dirt, and a label: seen by a person. */
export const mediaLook: Rule = ofCarrier('media-look');
