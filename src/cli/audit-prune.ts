import { Refusal } from '#kernel/errors';
import { defineCommand, EXIT } from './command.ts';

export const command = defineCommand<{ keepMonths?: string; apply?: boolean; reason?: string }>({
  describe(c) {
    c.option('--keep-months <number>', 'how long entries of use are kept (default: LANTAI_AUDIT_KEEP_MONTHS)')
      .option('--apply', 'take them out; without this it is only said what would go')
      .option('--reason <text>', 'why; stands in the trail');
  },
  /**
   * Takes entries of use out whose time is over: a dry run, unless `--apply` is given with a reason.
   *
   * JSON: `{applied, cutoff, removed, acts: [{act, go, stay, because}]}`; `because` says why the rest of an act stays:
   * `history` is never taken out, `young` has not had its time. `removed` is 0 in a dry run.
   */
  async run(ctx, _args, options) {
    const keepMonths = monthsOf(options.keepMonths, ctx.config.auditKeepMonths);
    const reason = options.reason?.trim();
    if (options.apply && !reason)
      throw new Refusal('audit.reason', 'Say why with --reason TEXT; it stands in the trail.');
    const { plan, removed } = await ctx.withHouse(async ({ auditKeeping }) => {
      const plan = await auditKeeping.plan(keepMonths);
      if (!options.apply || !reason) return { plan, removed: 0 };
      return { plan, removed: (await auditKeeping.prune(keepMonths, reason)).removed };
    });
    const go = plan.acts.reduce((n, a) => n + a.go, 0);
    const stay = plan.acts.reduce((n, a) => n + a.stay, 0);
    const { out } = ctx;
    out.document({
      applied: options.apply ?? false,
      cutoff: plan.cutoff.toISOString(),
      removed,
      acts: plan.acts,
    });
    out.table([
      ['act', 'goes', 'stays', 'because'],
      ...plan.acts.map((a) => [a.act, String(a.go), String(a.stay), a.stay > 0 ? BECAUSE[a.because] : '']),
    ]);
    out.line();
    out.line(
      `Kept ${keepMonths} months: entries of use up to ${plan.cutoff.toISOString()} go. ${go} would go, ${stay} stay.`,
    );
    if (options.apply) out.line(`Taken out: ${removed}. Their leaf hashes stay; run "lantai audit verify".`);
    else out.line('Nothing was changed. To take them out: --apply --reason TEXT.');
    return EXIT.done;
  },
});

const BECAUSE = {
  history: 'history, never taken out',
  young: 'its time is not over, or not yet proved by a checkpoint',
} as const;

function monthsOf(given: string | undefined, set: number | undefined): number {
  const months = given === undefined ? set : Number(given);
  if (months === undefined)
    throw new Refusal(
      'audit.keepMonths',
      'Say how long entries are kept with --keep-months NUMBER, six or more; or set LANTAI_AUDIT_KEEP_MONTHS.',
    );
  return months;
}
