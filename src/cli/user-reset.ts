import { randomBytes } from 'node:crypto';
import { defineCommand, EXIT } from './command.ts';

export const command = defineCommand<{ password?: string }>({
  describe(c) {
    c.argument('<name>', 'user name').option(
      '--password <text>',
      'new password (default: a random one is printed)',
    );
  },
  /** JSON: `{username, password}`; the password only where it was made here. Ends the account's sessions. */
  async run(ctx, [username = ''], options) {
    const password = options.password ?? randomBytes(12).toString('base64url');
    await ctx.withHouse((house) => house.identity.resetPassword(house.actor, username, password));
    ctx.out.document({ username, password: options.password ? null : password });
    ctx.out.line(`The password of ${username} was changed; its sessions have ended.`);
    if (!options.password) ctx.out.line(`Password: ${password}`);
    return EXIT.done;
  },
});
