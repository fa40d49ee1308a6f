import { packageFaults } from './package.ts';
import type { Rule } from './rule.ts';

/** Nothing lies there that nobody declared. */
export const extraFiles: Rule = {
  slug: 'extra-files',
  nature: 'security',
  method: 'automatic',
  begin(context) {
    const { subject } = context;
    if (!subject.package && !subject.strays) {
      context.notApplicable('check.reason.noPackage');
      return {};
    }
    packageFaults(context, 'extra-files');
    context.judged();
    return {
      async end() {
        for await (const path of subject.strays ?? []) context.say('', path, 'check.finding.extraFile');
      },
    };
  },
};
