/** Makes one backup after another until it is killed, and says on stdout which were acknowledged. Started by the test beside it. */
import { makeBackup } from '#modules/backup';
import { backupOrder } from '../support/backups.ts';

const [databaseUrl = '', folder = '', passphrase] = process.argv.slice(2);
const order = {
  ...(await backupOrder(databaseUrl, folder)),
  // Chunks are written anew and older backups cleared away while it is killed.
  keep: { days: 1, weeks: 0, months: 0 },
  ...(passphrase ? { passphrase } : {}),
};
process.stdout.write('ready\n');
for (;;) {
  const made = await makeBackup(order);
  process.stdout.write(`${made.id}\n`);
}
