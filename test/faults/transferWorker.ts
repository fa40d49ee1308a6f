/** Works on handovers from the real queue until it is killed: data folder, database. Started by the test beside it. */
import { openDatabase } from '#kernel/db';
import { silentLog } from '#kernel/log';
import { TRANSFER_JOB } from '#modules/transfer';
import { readConfig } from '../../src/main/config.ts';
import { openHouse } from '../../src/main/wire.ts';

const [folder = '', url = ''] = process.argv.slice(2);
const config = readConfig({ LANTAI_DATA: folder, LANTAI_DATABASE_URL: url, LANTAI_OCR_WORKERS: '0' });
const db = openDatabase({ url, max: 4 });
const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
await house.jobs.work(house.jobKinds.filter((j) => j.name === TRANSFER_JOB));
process.stdout.write('ready\n');
