/** Runs one job of the whole house until it is killed: data folder, database, job, its data. Started by the tests beside it. */
import { randomUUID } from 'node:crypto';
import { openDatabase } from '#kernel/db';
import type { JobRun } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { readConfig } from '../../src/main/config.ts';
import { openHouse } from '../../src/main/wire.ts';

const [folder = '', url = '', name = '', data = '{}'] = process.argv.slice(2);
const config = readConfig({ LANTAI_DATA: folder, LANTAI_DATABASE_URL: url, LANTAI_OCR_WORKERS: '0' });
const db = openDatabase({ url, max: 4 });
const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
const job = house.jobKinds.find((j) => j.name === name);
if (!job) throw new Error(`no job ${name}`);
const run: JobRun<never> = {
  id: randomUUID(),
  data: JSON.parse(data) as never,
  attempt: 1,
  signal: new AbortController().signal,
  progress: ({ step }) => process.stdout.write(`${step}\n`),
};
process.stdout.write('begun\n');
await (job.run as (j: JobRun<never>) => Promise<unknown>)(run);
process.stdout.write('done\n');
// Stays until it is killed, as a worker would.
setInterval(() => {}, 1_000);
