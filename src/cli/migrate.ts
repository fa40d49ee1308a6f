import { defineCommand, EXIT } from './command.ts';

export const command = defineCommand({
  describe() {},
  /** JSON: `{migrated: [names]}`. */
  async run(ctx) {
    const migrated = await ctx.withDatabase(async ({ migrated: names }) => names);
    ctx.out.document({ migrated });
    ctx.out.line(
      migrated.length === 0 ? 'The schema is up to date.' : `Brought up to date: ${migrated.join(', ')}`,
    );
    return EXIT.done;
  },
});
