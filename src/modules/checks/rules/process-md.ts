import { packageFaults } from './package.ts';
import type { Rule } from './rule.ts';

/** What was done with a record is told: who, what, when; and the acts the scheme asks for are among it. */
export const processMd: Rule = {
  slug: 'process-md',
  nature: 'completeness',
  method: 'automatic',
  begin(context) {
    packageFaults(context, 'process-md');
    const acts = context.parameters.acts ?? [];
    let [told, units] = [0, 0];
    return {
      unit({ unit, name }) {
        if (unit.level !== 'item') return;
        units++;
        if (unit.events === null) return;
        told++;
        context.judged();
        if (unit.events.length === 0) context.say(name, '', 'check.finding.noEvents');
        for (const { act, at, agent } of unit.events)
          if (act === '' || at === '' || agent === '')
            context.say(name, '', 'check.finding.eventPartial', { act: act || '—' });
        for (const act of acts)
          if (!unit.events.some((e) => e.act === act))
            context.say(name, '', 'check.finding.eventMissing', { act });
      },
      end() {
        if (told === 0 && units > 0) context.notPerformed('check.reason.noEvents');
      },
    };
  },
};
