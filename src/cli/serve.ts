import { once } from 'node:events';
import { plainHttpWarning } from '../http/plainHttp.ts';
import { defineCommand, EXIT } from './command.ts';

export const command = defineCommand({
  describe() {},
  /** Runs until told to stop. On an empty install it prints a one-time link for the first account. */
  async run(ctx) {
    const { roles } = ctx.config;
    const service = await ctx.startService({ web: true, workers: roles.has('workers') });
    try {
      ctx.out.note(`Lantai serves on ${service.url}`);
      const plain = plainHttpWarning(ctx.config);
      if (plain) ctx.out.note(plain);
      if (service.setupUrl)
        ctx.out.note(`No account yet. Open this link once, within a day: ${service.setupUrl}`);
      ctx.out.document({ ready: true, url: service.url, setupUrl: service.setupUrl ?? null });
      if (!ctx.signal.aborted) await once(ctx.signal, 'abort');
    } finally {
      await service.stop();
    }
    return EXIT.done;
  },
});
