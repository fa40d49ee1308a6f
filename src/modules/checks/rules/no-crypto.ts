import { packageFaults } from './package.ts';
import type { Rule } from './rule.ts';

/** No file is enciphered, or packed by a method that is not public. */
export const noCrypto: Rule = {
  slug: 'no-crypto',
  nature: 'usability',
  method: 'automatic',
  reads: ['structure'],
  begin(context) {
    packageFaults(context, 'no-crypto');
    return {
      file({ name }, { file, structure, inside, trouble }) {
        if (file.bytes === null) return;
        context.judged();
        if (trouble !== null) context.say(name, file.path, 'check.finding.unreadable', { why: trouble });
        if (structure?.encrypted || inside?.encrypted)
          context.say(name, file.path, 'check.finding.encrypted');
        if (structure?.closedPacking) context.say(name, file.path, 'check.finding.closedPacking');
      },
    };
  },
};
