import type { Rule } from './rule.ts';

/** A person opens the records, all or a sample, and sees them. What a machine can not open is told beforehand. */
export const contentReadable: Rule = {
  slug: 'content-readable',
  nature: 'usability',
  method: 'manual',
  opens: true,
  begin(context) {
    let looked = 0;
    return {
      file({ name }, { file, inside, trouble }) {
        if (file.bytes === null) return;
        if (trouble !== null) context.say(name, file.path, 'check.finding.unreadable', { why: trouble });
        if (inside) looked++;
      },
      end: () => context.memo('opened', looked),
    };
  },
};
