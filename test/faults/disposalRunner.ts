/** Carries a list of destruction out until it is killed. Started by the test beside it: data folder, database, list. */
import { randomUUID } from 'node:crypto';
import { openDatabase } from '#kernel/db';
import type { JobRun } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { readConfig } from '../../src/main/config.ts';
import { openHouse } from '../../src/main/wire.ts';

const [data = '', url = '', id = ''] = process.argv.slice(2);
const config = readConfig({ LANTAI_DATA: data, LANTAI_DATABASE_URL: url, LANTAI_OCR_WORKERS: '0' });
const db = openDatabase({ url, max: 4 });
const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
const [job] = house.disposals.jobs;
const run: JobRun<{ id: string }> = {
  id: randomUUID(),
  data: { id },
  attempt: 1,
  signal: new AbortController().signal,
  progress: ({ step }) => process.stdout.write(`${step}\n`),
};
process.stdout.write('begun\n');
await job!.run(run);
process.stdout.write('done\n');
// Stays until it is killed, as a worker would.
setInterval(() => {}, 1_000);
