import { defineCommand, EXIT } from './command.ts';

export const command = defineCommand({
  describe() {},
  /**
   * JSON: `{valid, entries, checkpoints, countersignatures, unplaced, pruned, findings}`. Exit 1 when anything does not
   * fit; what could not be compared is said and no more.
   */
  async run(ctx) {
    const verdict = await ctx.withHouse((house) => house.verifyAudit());
    ctx.out.document(verdict);
    ctx.out.line(
      `${verdict.entries} entries, ${verdict.checkpoints} signed checkpoints, ${verdict.countersignatures} countersignatures, ${verdict.unplaced} waiting for a place, ${verdict.pruned} taken out by rule`,
    );
    for (const f of verdict.findings)
      ctx.out.line(`${f.severity === 'error' ? 'WRONG' : 'NOTE '}  ${f.path}: ${f.message}`);
    ctx.out.line(verdict.valid ? 'The audit trail is whole.' : 'The audit trail does not fit.');
    return verdict.valid ? EXIT.done : EXIT.rejected;
  },
});
