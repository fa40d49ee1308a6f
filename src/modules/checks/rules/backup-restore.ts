import type { Rule } from './rule.ts';

/** Days since the last drill; a yearly one is the least [D]. */
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;

/** A sample of what is kept was restored from a backup, and every digest was right. */
export const backupRestore: Rule = {
  slug: 'backup-restore',
  nature: 'usability',
  method: 'confirmed',
  async begin(context) {
    const drill = await context.services.lastDrill?.();
    if (!drill) {
      context.notPerformed('check.reason.noDrill');
      return {};
    }
    context.judged(drill.objects);
    const at = drill.at.toISOString().slice(0, 10);
    context.memo('restoredOn', at);
    const days = Math.floor(
      (Date.parse(`${context.today}T00:00:00Z`) - Date.parse(`${at}T00:00:00Z`)) / DAY_MS,
    );
    const most = context.parameters.mostDays ?? MOST_DAYS;
    if (!drill.passed) context.say('', '', 'check.finding.drillFailed', { on: at });
    else if (days > most) context.say('', '', 'check.finding.drillOld', { on: at, most });
    return {};
  },
};
