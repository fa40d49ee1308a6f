import { once } from 'node:events';
import { defineCommand, EXIT } from './command.ts';

export const command = defineCommand({
  describe() {},
  /** Works on jobs until told to stop. Any number may run, on any machine that reaches the database and the storage. */
  async run(ctx) {
    const service = await ctx.startService({ web: false, workers: true });
    try {
      ctx.out.note('Lantai works on jobs');
      ctx.out.document({ ready: true });
      if (!ctx.signal.aborted) await once(ctx.signal, 'abort');
    } finally {
      await service.stop();
    }
    return EXIT.done;
  },
});
