import { defineCommand, EXIT } from './command.ts';

interface Options {
  flush?: boolean;
  renew?: boolean;
}

export const command = defineCommand<Options>({
  describe(c) {
    c.option('--flush', 'write what waits now').option(
      '--renew',
      'write everything anew, behind the segments there are: after the storage root has lost some of them for good',
    );
  },
  /** JSON: `{lag:{rows, streams, since}, written:[{stream, number, rows}], streams, differences:[{stream, root, message}]}`. Exit 1 when root and database do not follow each other. */
  async run(ctx, _args, { flush = false, renew = false }) {
    return ctx.withHouse(async ({ segments }) => {
      if (renew) await segments.renew();
      const written = flush || renew ? await segments.flush(ctx.signal) : [];
      const lag = await segments.lag();
      const { streams, differences } = await segments.compare();
      ctx.out.document({ lag, written, streams, differences });
      if (flush || renew)
        ctx.out.line(
          `${written.length} segments written, ${written.reduce((sum, w) => sum + w.rows, 0)} rows.`,
        );
      ctx.out.line(
        lag.rows === 0
          ? `Everything the catalogue says is in the storage root, in ${streams} chains of segments.`
          : `${lag.rows} changed rows of ${lag.streams} chains are not in the storage root yet, the oldest since ${lag.since?.toISOString()}.`,
      );
      for (const d of differences) ctx.out.line(`WRONG  ${d.stream}: ${d.message}`);
      return differences.length === 0 ? EXIT.done : EXIT.rejected;
    });
  },
});
