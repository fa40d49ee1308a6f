import { compareDeclared } from './declared.ts';
import { packageFaults } from './package.ts';
import type { Rule } from './rule.ts';

/** There are as many records as the forms say, and the forms say the same. */
export const countTotal: Rule = {
  slug: 'count-total',
  nature: 'completeness',
  method: 'automatic',
  needsAll: true,
  begin(context) {
    packageFaults(context, 'count-total');
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
        if (!compareDeclared(context, 'items', [there])) context.notPerformed('check.reason.nothingDeclared');
      },
    };
  },
};
