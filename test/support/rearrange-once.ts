/** Works on a rearrangement in a process of its own, to be killed: `node rearrange-once.ts URL APP_URL ID`. */
import { createAuditTrail } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import { openDatabase } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { createHoldings } from '#modules/holdings';
import { catalogueIndex } from '../../src/main/searchIndex.ts';

const [url = '', appUrl = '', id = ''] = process.argv.slice(2);
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
process.stdout.write('begun\n');
await holdings.arrangement.run(id, { progress: ({ done }) => process.stdout.write(`${done}\n`) });
process.stdout.write('done\n');
await db.close();
