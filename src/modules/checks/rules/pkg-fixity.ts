import { packageFaults } from './package.ts';
import type { Rule } from './rule.ts';

/** What arrived is what was sent: digests taken before and after. */
export const pkgFixity: Rule = {
  slug: 'pkg-fixity',
  nature: 'authenticity',
  method: 'automatic',
  begin(context) {
    packageFaults(context, 'pkg-fixity');
    const { transmission } = context.subject;
    if (transmission === 'notSent') {
      context.notApplicable('check.reason.notSent');
      return {};
    }
    if (!transmission || transmission.length === 0) {
      context.notPerformed('check.reason.noTransmissionDigest');
      return {};
    }
    for (const { name, algorithm, before, after } of transmission) {
      context.judged();
      if (before.toLowerCase() !== after.toLowerCase())
        context.say('', name, 'check.finding.digestDiffers', { algorithm, said: before, there: after });
    }
    return {};
  },
};
