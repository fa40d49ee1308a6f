import { systemActor } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { createHoldings } from '#modules/holdings';
import { catalogueIndex } from '../../src/main/searchIndex.ts';

/** An archive in an empty database, by its code 990111. */
export async function anArchive(db: Database): Promise<void> {
  const holdings = createHoldings({
    db,
    clock: systemClock,
    audit: createAuditTrail(systemClock, newId, 'sha256'),
    newId,
    reachBetween: async () => 0,
    fondsOnHold: async () => [],
    jobs: createJobs(db, silentLog, newId),
    index: catalogueIndex(),
  });
  await holdings.addArchive(systemActor('bench'), {
    parentId: null,
    code: '990111',
    name: '石桥县档案馆',
    level: 'county',
  });
}
