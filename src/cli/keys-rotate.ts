import { Refusal } from '#kernel/errors';
import { RENEW_PERSONAL_JOB } from '#kernel/personal-data';
import { defineCommand, EXIT } from './command.ts';

export const command = defineCommand<{ archive?: string; reason?: string; wait: boolean }>({
  describe(c) {
    c.option('--archive <code>', 'this archive alone (default: all)')
      .option('--reason <text>', 'why; stands in the trail')
      .option('--no-wait', 'leave the closing anew to the running server');
  },
  /**
   * Puts new data keys in the place of those personal data lie under, and closes every value anew. People go on working
   * meanwhile; the old keys are deleted when nothing lies under them.
   *
   * JSON: `{replaced, finished}`.
   */
  async run(ctx, _args, options) {
    const reason = options.reason?.trim();
    if (!reason) throw new Refusal('keys.reason', 'Say why with --reason TEXT; it stands in the trail.');
    const replaced = await ctx.withHouse(async (house) => {
      const archive = options.archive ? await house.holdings.archiveByCode(options.archive) : undefined;
      const number = await house.rotateDataKeys(archive?.id, reason);
      if (number > 0 && options.wait) {
        await house.workHere();
        await house.finishJobs([RENEW_PERSONAL_JOB]);
      }
      return number;
    });
    const finished = replaced === 0 || options.wait;
    ctx.out.document({ replaced, finished });
    if (replaced === 0) ctx.out.line('There are no personal data under a key here; nothing was to be done.');
    else if (finished)
      ctx.out.line(
        `${replaced} ${replaced === 1 ? 'key was' : 'keys were'} replaced, and all values closed anew.`,
      );
    else ctx.out.line(`${replaced} replaced; the running server closes the values anew.`);
    return EXIT.done;
  },
});
