import { messageOf } from '#kernel/errors';
import type { Rule } from './rule.ts';

/** Days since the scanner learnt of new malware [D]. */
const MOST_DAYS = 7;
const DAY_MS = 86_400_000;

/** The site has a scanner, and it knows what is new. */
export const avInstalled: Rule = {
  slug: 'av-installed',
  nature: 'security',
  method: 'automatic',
  async begin(context) {
    const { scanner } = context.services;
    if (!scanner) {
      context.judged();
      context.say('', '', 'check.finding.noScanner');
      return {};
    }
    try {
      const { version, learntAt } = await scanner.about();
      context.memo('scanner', version);
      if (!learntAt) context.notPerformed('check.reason.scannerSilent');
      else {
        context.judged();
        const on = learntAt.toISOString().slice(0, 10);
        const days = Math.floor((Date.parse(`${context.today}T00:00:00Z`) - learntAt.getTime()) / DAY_MS);
        const most = context.parameters.mostDays ?? MOST_DAYS;
        if (days > most) context.say('', '', 'check.finding.scannerOld', { on, most });
      }
    } catch (e) {
      context.notPerformed('check.reason.scannerGone', { why: messageOf(e).slice(0, 200) });
    }
    return {};
  },
};
