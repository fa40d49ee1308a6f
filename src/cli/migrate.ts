import { upgradeEmbeddedPostgres } from '#kernel/postgres';
import { defineCommand, EXIT } from './command.ts';

interface Options {
  upgradePostgresql?: boolean;
  programs?: string;
}

export const command = defineCommand<Options>({
  describe(c) {
    c.option('--upgrade-postgresql', 'first carry an embedded database of an older PostgreSQL over').option(
      '--programs <dir>',
      'programs of the older PostgreSQL (default: /usr/lib/postgresql/<major>/bin)',
    );
  },
  /** JSON: `{migrated: [names]}`. */
  async run(ctx, _args, { upgradePostgresql, programs }) {
    if (upgradePostgresql && !ctx.config.databaseUrl) {
      const { dataDir } = ctx.config;
      const upgraded = await upgradeEmbeddedPostgres({ dataDir, log: ctx.log, programs, tell: ctx.out.note });
      if (upgraded)
        ctx.out.note(
          `Carried over. The old database is kept in ${upgraded.kept}; remove it when all is well.`,
        );
    }
    const migrated = await ctx.withDatabase(async ({ migrated: names }) => names);
    ctx.out.document({ migrated });
    ctx.out.line(
      migrated.length === 0 ? 'The schema is up to date.' : `Brought up to date: ${migrated.join(', ')}`,
    );
    return EXIT.done;
  },
});
