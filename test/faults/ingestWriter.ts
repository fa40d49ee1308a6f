/** Takes packages into an archive, one after the other, until it is killed, and says how each ended. Started by the test beside it. */
import { systemActor } from '#kernel/actor';
import { openDatabase } from '#kernel/db';
import { silentLog } from '#kernel/log';
import { readConfig } from '../../src/main/config.ts';
import { openHouse } from '../../src/main/wire.ts';

const [url = '', folder = '', archive = '', ...paths] = process.argv.slice(2);
const config = readConfig({ LANTAI_DATA: folder, LANTAI_DATABASE_URL: url, LANTAI_OCR_WORKERS: '0' });
const db = openDatabase({ url, max: 4 });
const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
// Whatever a killed process left is settled at once, which takes ten minutes otherwise.
await house.preservation.writing.settle(-1);
process.stdout.write('ready\n');
for (const path of paths) {
  const done = await house.packages.ingest(systemActor('test'), { path, archive });
  process.stdout.write(`${JSON.stringify({ ...done, findings: done.findings.length })}\n`);
}
await house.close();
await db.close();
