import { packageRun } from './package.ts';
import type { Rule } from './rule.ts';

/** The package itself is neither enciphered nor packed by a private method, and so is nothing in it. */
export const pkgFormat: Rule = {
  slug: 'pkg-format',
  nature: 'usability',
  method: 'automatic',
  reads: ['structure'],
  begin: (context) =>
    packageRun(context, 'pkg-format', {
      file({ name }, { file, structure }) {
        if (file.bytes === null) return;
        context.judged();
        if (structure?.encrypted) context.say(name, file.path, 'check.finding.encrypted');
        if (structure?.closedPacking) context.say(name, file.path, 'check.finding.closedPacking');
      },
    }),
};
