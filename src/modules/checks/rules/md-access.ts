import type { Rule } from './rule.ts';

/** Every record there is can be asked for and read. Of a package that is in no database yet there is nothing to ask. */
export const mdAccess: Rule = {
  slug: 'md-access',
  nature: 'usability',
  method: 'automatic',
  needsAll: true,
  begin(context) {
    const { subject } = context;
    if (subject.kind === 'package') {
      context.notApplicable('check.reason.notInDatabase');
      return {};
    }
    let read = 0;
    return {
      unit({ unit, name }) {
        read++;
        context.judged();
        if (Object.values(unit.metadata).every((v) => v === undefined || v === null || v === ''))
          context.say(name, '', 'check.finding.emptyRecord');
      },
      end() {
        if (subject.total !== null && subject.total !== read)
          context.say('', '', 'check.finding.recordsRead', { said: subject.total, there: read });
      },
    };
  },
};
