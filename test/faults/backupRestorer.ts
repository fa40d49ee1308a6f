/** Restores a backup again and again until it is killed. Started by the test beside it. */
import { setTimeout as pause } from 'node:timers/promises';
import { restoreInto } from '../support/backups.ts';

const [databaseUrl = '', place = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
for (;;) {
  // The connection of one that was killed before may not be gone yet.
  await restoreInto(databaseUrl, { place }).catch(() => pause(100));
}
