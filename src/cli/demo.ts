import { once } from 'node:events';
import { defineCommand, EXIT } from './command.ts';
import { announce } from './demo/announce.ts';
import { fillInBackground } from './demo/background.ts';
import { claimDataFolder, demandSample } from './demo/guard.ts';
import { seed } from './demo/seed.ts';

export const command = defineCommand({
  describe() {},
  /**
   * Serves an invented archive network, made at the first start, until told to stop. JSON, once the catalogue can be
   * searched: `{ready:true, url, accounts:[{role, username, password}]}`.
   */
  async run(ctx) {
    const state = await claimDataFolder(ctx);
    const service = await ctx.startService({ web: true, workers: true });
    try {
      await demandSample(service.house, state, ctx.config.dataDir);
      const seeding = {
        house: service.house,
        state,
        signal: ctx.signal,
        note: (text: string) => ctx.out.note(text),
      };
      await seed(seeding);
      announce(ctx.out, service.url ?? '');
      await Promise.all([
        fillInBackground(seeding, ctx.log),
        ctx.signal.aborted || once(ctx.signal, 'abort'),
      ]);
    } finally {
      await service.stop();
    }
    return EXIT.done;
  },
});
