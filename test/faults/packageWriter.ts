/**
 * Takes files in, reads and saves texts and renews older objects, over and over until it is killed or told to end, and says on stdout what was
 * acknowledged. Started by the test beside it.
 */
import { join } from 'node:path';
import { openDatabase } from '#kernel/db';
import { silentLog } from '#kernel/log';
import { readConfig } from '../../src/main/config.ts';
import { openHouse } from '../../src/main/wire.ts';
import { incomingText } from '../support/incoming.ts';

const [url = '', folder = '', archiveId = '', rounds = '', ...unitIds] = process.argv.slice(2);
const config = readConfig({
  LANTAI_DATA: folder,
  LANTAI_DATABASE_URL: url,
  LANTAI_OCR_WORKERS: '0',
});
const db = openDatabase({ url, max: 4 });
const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
// Whatever a killed process left is settled at once, which takes ten minutes otherwise.
await house.preservation.writing.settle(-1);
const run = async (kind: string, data: object) => {
  const job = house.jobKinds.find((j) => j.name === kind)!;
  const given = { id: '', data, attempt: 1, signal: new AbortController().signal, progress: () => {} };
  await job.run(given as never);
};
const say = (...words: string[]) => process.stdout.write(`${words.join(' ')}\n`);
say('ready');
const first = Number(rounds);
for (let round = first; round < first + 1000 && (round < 1000 || round === first); round++) {
  const units = await Promise.all(
    unitIds.map(async (id) => {
      const names = [`${round}.txt`, `${round}-${id.slice(-4)}.txt`];
      const texts = names.map((name) => incomingText(join(folder, 'in', id), name, `${id} ${name}`));
      return { id, archiveId, files: await Promise.all(texts) };
    }),
  );
  const outcomes = await house.preservation.hold({ id: null, name: 'test' }, units, async () => {});
  for (const [i, { id, files }] of units.entries()) {
    const outcome = outcomes[i]!;
    if (outcome.status === 'failed') throw outcome.error;
    for (const { name } of files) say('held', id, name);
  }
  for (const unitId of unitIds) await run('read-text', { unitId });
  await house.preservation.saveTexts();
  for (const unitId of unitIds) say('read', unitId);
  await run('renew-packages', {});
  say('renewed');
}
await house.close();
await db.close();
