import { packageFaults } from './package.ts';
import type { Rule } from './rule.ts';

/** There are as many records as the form says. */
export const countTotal: Rule = {
  slug: 'count-total',
  nature: 'completeness',
  method: 'automatic',
  needsAll: true,
  begin(context) {
    packageFaults(context, 'count-total');
    const { declared } = context.subject;
    let items = 0;
    let units = 0;
    return {
      unit({ unit }) {
        if (unit.isPapers) return;
        units++;
        if (unit.level === 'item') items++;
      },
      end() {
        // Where everything is kept by volume, volumes are what is counted.
        const there = items > 0 ? items : units;
        context.memo('there', there);
        if (declared?.items === undefined || declared.items === null) {
          context.notPerformed('check.reason.nothingDeclared');
          return;
        }
        context.judged();
        if (declared.items !== there)
          context.say('', '', 'check.finding.count', {
            said: declared.items,
            there,
            source: declared.source,
          });
      },
    };
  },
};
