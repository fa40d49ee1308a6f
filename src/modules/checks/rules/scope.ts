import { packageFaults } from './package.ts';
import type { Rule } from './rule.ts';

/** What is filed is what the schedule in force has filed. Where no schedule is at hand, a person says so. */
export const scope: Rule = {
  slug: 'scope',
  nature: 'completeness',
  method: 'confirmed',
  begin(context) {
    packageFaults(context, 'scope');
    const { subject } = context;
    if (!subject.inScope) {
      context.notPerformed('check.reason.noSchedule');
      return {};
    }
    return {
      async unit({ unit, name }) {
        if (unit.level !== 'item') return;
        context.judged();
        const found = await subject.inScope?.(unit);
        if (found === 'excluded') context.say(name, '', 'check.finding.excluded');
        else if (found === 'unknown') context.say(name, '', 'check.finding.notInSchedule');
      },
    };
  },
};
