import { foreignLocks, releaseLocksOf } from '#formats/ocfl';
import { storeFolders } from '#modules/preservation';
import { defineCommand, EXIT } from './command.ts';

interface Options {
  release?: string;
}

export const command = defineCommand<Options>({
  describe(c) {
    c.option('--release <machine>', 'take the locks of a machine away that writes here no more');
  },
  /** JSON: `{places:[{name, machine, locks}], released}`. */
  async run(ctx, _args, { release }) {
    return ctx.withDatabase(async ({ db }) => {
      const places: { name: string; machine: string; locks: number }[] = [];
      let released = 0;
      for (const { name, staging } of await storeFolders(db)) {
        if (release !== undefined) released += await releaseLocksOf(staging, release);
        for (const [machine, locks] of await foreignLocks(staging)) places.push({ name, machine, locks });
      }
      ctx.out.document({ places, released });
      if (release !== undefined) ctx.out.line(`${released} locks of ${release} taken away.`);
      for (const p of places)
        ctx.out.line(
          `${p.name}: ${p.locks} objects are being written by ${p.machine}, or were when it ended.`,
        );
      if (places.length === 0) ctx.out.line('No machine but this one holds locks.');
      return EXIT.done;
    });
  },
});
