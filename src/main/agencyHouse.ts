import { join } from 'node:path';
import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Keyring } from '#kernel/keyring';
import type { Log } from '#kernel/log';
import type { Staging } from '#kernel/staging';
import { contentStore, createFiling } from '#modules/filing';
import type { Holdings } from '#modules/holdings';
import type { Packages } from '#modules/packages';
import { createTransfers } from '#modules/transfer';

interface Parts {
  config: Config;
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  newId: NewId;
  jobs: Jobs;
  log: Log;
  keyring: Keyring;
  staging: Staging;
  digests: DigestPool;
  holdings: Holdings;
  packages: Packages;
  today(): string;
}

/** What goes on between agencies and archives: filing on the one side, handover to the other. */
export function agencyHouse(parts: Parts) {
  const { config, holdings } = parts;
  const filing = createFiling({
    ...parts,
    content: contentStore(join(config.dataDir, 'filing')),
    timeZone: config.timezone,
  });
  const transfers = createTransfers({
    ...parts,
    archives: holdings.archives,
    agencies: holdings.agenciesIn,
    limits: config.packageLimits,
    folder: join(config.dataDir, 'transfer'),
    timeZone: config.timezone,
  });
  return { filing, transfers };
}
