import { every } from './backup.ts';
import { defineCommand, EXIT } from './command.ts';

const STEPS: Readonly<Record<string, string>> = {
  survey: 'walking through the storage root, objects',
  judge: 'reading the chains of segments, segments',
  rows: 'bringing rows back, rows',
  contents: 'bringing back what objects hold, objects',
  index: 'making the search index anew, entries',
};

/** Lines about trouble on the screen; the document has more. */
const SHOWN = 20;

export const command = defineCommand<{ acceptLoss?: boolean }>({
  describe(c) {
    c.option('--accept-loss', 'go on where the storage root lacks what the database holds');
  },
  /**
   * JSON: `{resumed, counts:{objects, segments, rows, units, files, pages, texts}, troubles:{count, first:[{code, objectId,
   * message}]}}`. Exit 1 when something could not be read; 2 when nothing was done.
   */
  async run(ctx, _args, { acceptLoss = false }) {
    const tell = every(2_000);
    const done = await ctx.withHouse((house) =>
      house.rebuild({
        acceptLoss,
        signal: ctx.signal,
        progress: ({ step, done: n }) => tell(() => ctx.out.note(`${STEPS[step] ?? step}: ${n}`)),
      }),
    );
    const { counts, troubles } = done;
    ctx.out.document(done);
    if (done.resumed) ctx.out.line('Went on where an earlier rebuild had been stopped.');
    ctx.out.line(
      `${counts.objects} objects walked through, ${counts.segments} of them segments of the catalogue: ${counts.rows} rows brought back, ${counts.files} files and ${counts.pages} pages of ${counts.units} entries.`,
    );
    for (const t of troubles.first.slice(0, SHOWN)) ctx.out.line(`WRONG  ${t.message}`);
    if (troubles.count > SHOWN)
      ctx.out.line(`… and ${troubles.count - SHOWN} more; --json names the first thousand.`);
    ctx.out.line(
      troubles.count === 0
        ? 'The catalogue is as the storage root has it, whole.'
        : 'The catalogue is as the storage root has it, without what is named above. Bring the damaged objects back from a copy and call again.',
    );
    ctx.out.line('Accounts, the audit trail and work in progress come from a backup: ./lantai restore.');
    return troubles.count === 0 ? EXIT.done : EXIT.rejected;
  },
});
