/** Copies and mends until it is killed; says on stdout after each round that all is done. Started by the test beside it. */
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '#kernel/db';
import { openHeld } from '../support/openHeld.ts';

const [url = '', folder = ''] = process.argv.slice(2);
const db = openDatabase({ url, max: 4 });
const { copies } = await openHeld(db, folder, { copiesWanted: 2, cycleDays: 1, repair: true });
process.stdout.write('ready\n');
for (;;) {
  await copies.catchUp();
  process.stdout.write('done\n');
  await pause(20);
}
