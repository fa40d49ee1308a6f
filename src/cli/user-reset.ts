import { randomBytes } from 'node:crypto';
import { defineCommand, EXIT } from './command.ts';

export const command = defineCommand<{ password?: string; secondFactors?: boolean }>({
  describe(c) {
    c.argument('<name>', 'user name')
      .option('--password <text>', 'new password (default: a random one is printed)')
      .option('--second-factors', 'take second factors and recovery codes away too (all are lost)');
  },
  /**
   * JSON: `{username, password, factorsRemoved}`; the password only where it was made here. Ends the account's sessions.
   */
  async run(ctx, [username = ''], options) {
    const password = options.password ?? randomBytes(12).toString('base64url');
    const factorsRemoved = await ctx.withHouse(async ({ identity, actor }) => {
      await identity.resetPassword(actor, username, password);
      return options.secondFactors ? identity.clearFactors(actor, username) : 0;
    });
    ctx.out.document({ username, password: options.password ? null : password, factorsRemoved });
    ctx.out.line(`The password of ${username} was changed; its sessions have ended.`);
    if (options.secondFactors) ctx.out.line(`Second factors taken away: ${factorsRemoved}.`);
    if (!options.password) ctx.out.line(`Password: ${password}`);
    return EXIT.done;
  },
});
