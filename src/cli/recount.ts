import { defineCommand, EXIT, type ExitCode } from './command.ts';
import type { CliHouse } from './house.ts';
import type { Output } from './output.ts';

export const command = defineCommand<{ mend?: boolean }>({
  describe(c) {
    c.option('--mend', 'put right what is wrong; whoever changes entries waits meanwhile');
  },
  run: (ctx, _args, { mend = false }) =>
    ctx.withHouse((house) => recountHoldings(house.counts, ctx.out, mend)),
});

/**
 * Counts the holdings and compares with the numbers kept of them.
 *
 * JSON: `{right, mended, kinds:[{fonds, kept, counted}], places:[{name, kept, counted}], marks:[{underId, kept, counted}]}`, up to a hundred
 * of each as they were found. Exit 1 where something is wrong and was not put right.
 */
export async function recountHoldings(
  counts: CliHouse['counts'],
  out: Pick<Output, 'document' | 'line'>,
  mend: boolean,
): Promise<ExitCode> {
  const { right, kinds, places, marks } = await counts.verify();
  const mended = mend && !right;
  if (mended) await counts.mend();
  out.document({ right, mended, kinds, places, marks });
  for (const k of kinds)
    out.line(`WRONG  fonds ${k.fonds}: ${k.kept} entries are kept, ${k.counted} counted`);
  for (const p of places)
    out.line(`WRONG  below ${p.name}: ${p.kept} entries are kept, ${p.counted} counted`);
  for (const m of marks)
    out.line(
      `WRONG  a stretch of the row below ${m.underId}: ${m.kept} entries are kept, ${m.counted} counted`,
    );
  out.line(
    right
      ? 'Every number kept of the holdings is what counting gives.'
      : mended
        ? 'All were counted anew and put right.'
        : 'Nothing was changed. To put them right: --mend.',
  );
  return right || mended ? EXIT.done : EXIT.rejected;
}
