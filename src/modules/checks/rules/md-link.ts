import { packageFaults } from './package.ts';
import type { Rule } from './rule.ts';

/** Each record has its files, and each file its record. */
export const mdLink: Rule = {
  slug: 'md-link',
  nature: 'authenticity',
  method: 'automatic',
  begin(context) {
    packageFaults(context, 'md-link');
    let there = 0;
    return {
      unit() {
        context.judged();
        there = 0;
      },
      file({ name }, { file }) {
        if (file.bytes === null)
          context.say(name, file.path, 'check.finding.fileMissing', { file: file.name });
        else there++;
      },
      unitEnd({ unit, name }) {
        if (unit.level === 'item' && unit.expectsFiles && there === 0)
          context.say(name, '', 'check.finding.noFiles');
      },
    };
  },
};
