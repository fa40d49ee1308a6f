/** Watches drop folders, look after look, until it is killed or told to end. Started by the test beside it. */
import { openDatabase } from '#kernel/db';
import { silentLog } from '#kernel/log';
import { readConfig } from '../../src/main/config.ts';
import { openHouse } from '../../src/main/wire.ts';

const [url = '', folder = '', looks = ''] = process.argv.slice(2);
const read = readConfig({
  LANTAI_DATA: folder,
  LANTAI_DATABASE_URL: url,
  LANTAI_OCR_WORKERS: '0',
  LANTAI_DROP_SECONDS: '1',
});
// What a killed watcher left is taken up at once, which takes two minutes otherwise.
const config = { ...read, drop: { ...read.drop, leaseSeconds: 0 } };
const db = openDatabase({ url, max: 4 });
const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
process.stdout.write('ready\n');
for (let n = 0; n < Number(looks); n++) await house.intake.drop.look();
await house.close();
await db.close();
