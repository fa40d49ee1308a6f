import { defineCommand, EXIT } from './command.ts';

const SHOWN = 200;
const TELL_EVERY_MS = 5_000;

export const command = defineCommand<{ all?: boolean; repair?: boolean; store?: string }>({
  describe(c) {
    c.option('--all', 'verify the copies in every store, not in the storage root alone')
      .option('--store <name>', 'verify one store alone, by its name')
      .option('--repair', 'mend what is damaged or missing from a copy that is proved good');
  },
  /**
   * Reads what is held to the last byte, and mends on demand.
   *
   * JSON: `{checked, sound, busy, damaged, missing, behind, repaired, remaining, bytes, seconds, unreachable: [store],
   * findings: [{objectId, store, condition, repair, message}], findingsAreAll}`; counts are of copies. Exit 0 when all
   * that was looked at is sound at the end, 1 when something is not or a store could not be read.
   */
  async run(ctx, _args, { all, repair, store }) {
    const { out } = ctx;
    let told = Date.now();
    const report = await ctx.withHouse((house) =>
      house.fixity({
        mainOnly: !all && !store,
        storeName: store,
        repair: repair ?? false,
        signal: ctx.signal,
        progress({ checked, bytes, bad }) {
          if (Date.now() - told < TELL_EVERY_MS) return;
          told = Date.now();
          out.note(`${checked} copies, ${(bytes / 1e9).toFixed(1)} GB, ${bad} not sound`);
        },
      }),
    );
    out.document(report);
    const rate = report.seconds > 0 ? report.bytes / report.seconds / 1e6 : 0;
    out.line(
      `${report.checked} copies verified, ${(report.bytes / 1e6).toFixed(1)} MB in ${report.seconds} s (${rate.toFixed(0)} MB/s).`,
    );
    out.line(
      `Sound ${report.sound}, damaged ${report.damaged}, missing ${report.missing}, behind ${report.behind}; mended ${report.repaired}.`,
    );
    if (report.busy > 0)
      out.line(`${report.busy} were being written at that moment; they come another time.`);
    for (const f of report.findings.slice(0, SHOWN))
      out.line(
        `${f.repair === 'mended' ? 'MENDED' : 'WRONG '}  ${f.objectId || 'store'} in ${f.store}: ${f.message}`,
      );
    if (report.findings.length > SHOWN || !report.findingsAreAll)
      out.line('There are more; the preservation page lists them.');
    const sound = report.remaining === 0 && report.unreachable.length === 0;
    if (sound) out.line('What was looked at is sound.');
    else if (repair) out.line('Some of it could not be mended: the alarms in the console say why.');
    else out.line('To mend from good copies: ./lantai fixity --all --repair');
    return sound ? EXIT.done : EXIT.rejected;
  },
});
