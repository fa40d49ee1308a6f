import { defineCommand, EXIT } from './command.ts';
import { checkBackups } from './doctorBackups.ts';
import {
  checkDatabase,
  checkFolder,
  checkNode,
  checkRoom,
  checkUser,
  type HealthCheck,
} from './doctorChecks.ts';
import { checkCopies } from './doctorCopies.ts';
import { checkTls, checkWay } from './doctorEdge.ts';
import { checkHandovers } from './doctorHandovers.ts';
import { checkSegments } from './doctorSegments.ts';
import { checkStorage } from './doctorStorage.ts';

const WORDS = { ok: 'good', warning: 'note', problem: 'WRONG', notPerformed: 'not checked' } as const;

export const command = defineCommand({
  describe() {},
  /** JSON: `{healthy, checks:[{name, state, message}]}`. Exit 1 when something is wrong. */
  async run(ctx) {
    const { config } = ctx;
    const checks: HealthCheck[] = [
      checkNode(process.versions.node),
      checkUser(process.getuid?.()),
      checkFolder('data folder', config.dataDir),
      await checkStorage(config),
      checkRoom(config.dataDir),
      checkWay(config),
      ...checkTls(config),
      ...(await checkDatabase(ctx, async (db) => [
        ...(await checkSegments(db, ctx)),
        ...(await checkBackups(db.owner, config.backup)),
        ...(await checkCopies(db, ctx)),
        await checkHandovers(db.owner),
      ])),
    ];
    const healthy = checks.every((check) => check.state !== 'problem');
    ctx.out.document({ healthy, checks });
    ctx.out.table(checks.map(({ name, state, message }) => [WORDS[state], name, message]));
    ctx.out.line();
    ctx.out.line(
      healthy ? 'This installation is in good health.' : 'Something is wrong; see the lines marked WRONG.',
    );
    return healthy ? EXIT.done : EXIT.rejected;
  },
});
