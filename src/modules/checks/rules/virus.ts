import type { Rule } from './rule.ts';

/** The site's scanner found nothing in any file. */
export const virus: Rule = {
  slug: 'virus',
  nature: 'security',
  method: 'automatic',
  reads: ['scan'],
  begin(context) {
    if (!context.services.scanner) {
      context.notPerformed('check.reason.noScanner');
      return {};
    }
    return {
      file({ name }, { file, malware, notScanned }) {
        if (file.bytes === null) return;
        if (malware === undefined) {
          context.notPerformed('check.reason.scannerGone', { why: notScanned ?? '' });
          return;
        }
        context.judged();
        if (malware !== null) context.say(name, file.path, 'check.finding.infected', { malware });
      },
    };
  },
};
