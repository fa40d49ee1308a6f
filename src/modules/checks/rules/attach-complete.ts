import { valueIn } from '#formats/metadata-schemes';
import { packageFaults } from './package.ts';
import type { Rule } from './rule.ts';

const ANNEX = { key: 'annex', elements: ['附件'] };

/** Annexes that are named are there: as many files beside the text as names. A person confirms what looks otherwise. */
export const attachComplete: Rule = {
  slug: 'attach-complete',
  nature: 'completeness',
  method: 'confirmed',
  begin(context) {
    packageFaults(context, 'attach-complete');
    let files = 0;
    return {
      unit() {
        files = 0;
      },
      file(_, { file }) {
        if (file.bytes !== null) files++;
      },
      unitEnd({ unit, name }) {
        if (!unit.expectsFiles) return;
        context.judged();
        const named = annexes(valueIn(unit.metadata, ANNEX));
        if (named > 0 && files < named + 1)
          context.say(name, '', 'check.finding.annexes', { named, there: Math.max(0, files - 1) });
      },
    };
  },
};

/** How many annexes words name: one for each part, or each number in front. */
export function annexes(words: string): number {
  if (words.trim() === '') return 0;
  return words.split(/[;；\n|]|(?=(?:^|\s)\d{1,2}[.．、])/).filter((part) => part.trim() !== '').length;
}
