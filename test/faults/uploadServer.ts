/** Serves an install until it is killed. Started by the test beside it; says its port, and with `system` the token of one that may send. */
import { type Actor, systemActor } from '#kernel/actor';
import { openDatabase } from '#kernel/db';
import { newId } from '#kernel/ids';
import { silentLog } from '#kernel/log';
import { readConfig } from '../../src/main/config.ts';
import { listen, prepareQueues } from '../../src/main/serve.ts';
import { openHouse } from '../../src/main/wire.ts';

const [url = '', folder = '', isNew = ''] = process.argv.slice(2);
const config = readConfig({
  LANTAI_DATA: folder,
  LANTAI_DATABASE_URL: url,
  LANTAI_OCR_WORKERS: '0',
  LANTAI_PORT: '0',
});
const db = openDatabase({ url, max: 6 });
await prepareQueues(db, silentLog);
const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
const token = isNew === 'system' ? await systemToken() : '';
const app = await listen(house);
const address = app.server.address();
if (address === null || typeof address === 'string') throw new Error('no port');
process.stdout.write(`${JSON.stringify({ port: address.port, token })}\n`);

async function systemToken(): Promise<string> {
  const system = systemActor('test');
  const archiveId = await house.holdings.addArchive(system, {
    parentId: null,
    code: '990111',
    name: '石桥县档案馆',
    level: 'county',
  });
  const agencyId = await house.holdings.addAgency(system, { archiveId, code: 'J012', name: '县民政局' });
  await house.holdings.addFonds(system, { archiveId, agencyId, number: 'J012', name: '县民政局' });
  const id = await house.intake.register(
    system,
    { archiveId, agencyId },
    {
      name: '办公自动化系统',
      vendor: null,
      sends: ['records'],
      categories: null,
      dayItems: 1_000,
      dayBytes: 1e12,
      totalItems: null,
      totalBytes: null,
      addresses: null,
      validUntil: null,
      onward: 'prepare',
      drop: false,
    },
  );
  const decider: Actor = {
    ...system,
    kind: 'person',
    id: newId(),
    rights: new Map([[archiveId, new Set(['filing.read', 'rights.approve'] as const)]]),
  };
  await house.intake.decide(decider, id, { agreed: true, note: '', version: 1 });
  return (await house.intake.createToken(system, id, { name: 'a', days: 1 }, { address: '' })).secret;
}
