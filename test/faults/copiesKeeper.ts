/** Copies and mends until it is killed; says on stdout after each round that all is done. Started by the test beside it. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createAuditTrail } from '#kernel/audit';
import { createDigestPool } from '#kernel/checksums';
import { systemClock } from '#kernel/clock';
import { openDatabase } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { openKeeping, openPreservation } from '#modules/preservation';

const [url = '', folder = ''] = process.argv.slice(2);
const db = openDatabase({ url, max: 4 });
const digests = createDigestPool(1);
const audit = createAuditTrail(systemClock, newId, 'sha256');
const storage = { kind: 'folder', root: join(folder, 'main') } as const;
const common = { db, clock: systemClock, newId, audit, digests, log: silentLog };
const preservation = await openPreservation({
  ...{ ...common, storage, scratch: join(folder, 'scratch') },
  cache: { folder: join(folder, 'cache'), bytes: 1_000_000 },
  attachObject: async () => {},
  snapshots: async () => new Map(),
  texts: async () => [],
});
const copies = await openKeeping({
  ...{ ...common, jobs: createJobs(db, silentLog, newId), masterKey: Buffer.alloc(32, 7) },
  ...{ main: preservation.main, mainLocation: storage },
  ...{ archives: async () => [], sees: async () => false },
  readUnit: async () => {
    throw new Error('not asked here');
  },
  settings: {
    ...{ copiesWanted: 2, cycleDays: 1, repair: true },
    ...{ fixityMegabytes: undefined, copyMegabytes: undefined },
  },
});
process.stdout.write('ready\n');
for (;;) {
  await copies.catchUp();
  process.stdout.write('done\n');
  await pause(20);
}
