/** Works on a change of many entries in a process of its own, to be killed: `node bulk-once.ts URL APP_URL CHANGESET ACTOR`. */
import { createAuditTrail } from '#kernel/audit';
import { arrived, type CarriedActor } from '#kernel/carried';
import { systemClock } from '#kernel/clock';
import { openDatabase } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { createHoldings } from '#modules/holdings';
import { catalogueIndex } from '../../src/main/searchIndex.ts';

const [url = '', appUrl = '', id = '', actor = '{}'] = process.argv.slice(2);
const db = openDatabase({ url, appUrl: appUrl || undefined });
const holdings = createHoldings({
  db,
  clock: systemClock,
  newId,
  audit: createAuditTrail(systemClock, newId, 'sha256'),
  jobs: createJobs(db, silentLog, newId),
  reachBetween: async () => 0,
  fondsOnHold: async () => [],
  index: catalogueIndex(),
});
const given: CarriedActor = JSON.parse(actor);
await holdings.runBulk(arrived(given), id, {
  part: 25,
  progress: ({ done }) => process.stdout.write(`${done}\n`),
});
process.stdout.write('done\n');
await db.close();
