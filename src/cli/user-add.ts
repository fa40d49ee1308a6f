import { randomBytes } from 'node:crypto';
import { Refusal } from '#kernel/errors';
import { LANGUAGES } from '#kernel/wording';
import { ROLES } from '#modules/identity';
import { defineCommand, EXIT } from './command.ts';

interface Options {
  archive?: string;
  role?: string[];
  subtree?: boolean;
  name?: string;
  password?: string;
  language?: string;
}

export const command = defineCommand<Options>({
  describe(c) {
    c.argument('<name>', 'user name')
      .option('--archive <code>', 'archive the account works for')
      .option('--role <role...>', `roles there: ${Object.keys(ROLES).join(', ')}`)
      .option('--subtree', 'in the archives below as well')
      .option('--name <text>', 'name shown (default: the user name)')
      .option('--password <text>', 'password (default: a random one is printed)')
      .option('--language <tag>', LANGUAGES.join(', '));
  },
  /** JSON: `{username, password}`; the password only where it was made here. */
  async run(ctx, [username = ''], options) {
    const roles = options.role ?? ['archivist'];
    const password = options.password ?? randomBytes(12).toString('base64url');
    await ctx.withHouse(async (house) => {
      const archives = await house.holdings.archives();
      const archive = options.archive
        ? await house.holdings.archiveByCode(options.archive)
        : archives.length === 1
          ? archives[0]
          : undefined;
      if (!archive) {
        throw new Refusal(
          'archive.notFound',
          'Name the archive with --archive CODE. Archives here: ' +
            (archives.map((a) => a.code).join(', ') || 'none yet') +
            '.',
        );
      }
      await house.identity.addPerson(house.actor, {
        username,
        displayName: options.name ?? username,
        password,
        language: LANGUAGES.find((l) => l === options.language),
        memberships: roles.map((role) => ({
          archiveId: archive.id,
          role,
          subtree: options.subtree ?? false,
        })),
      });
    });
    ctx.out.document({ username, password: options.password ? null : password });
    ctx.out.line(`Added ${username}.`);
    if (!options.password) ctx.out.line(`Password: ${password}`);
    return EXIT.done;
  },
});
