import { join } from 'node:path';
import { configuredIdentifier } from '#formats/pronom';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import { newId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Log } from '#kernel/log';
import { aboutScanner, createScanner } from '#kernel/scanner';
import { lastDrill } from '#modules/backup';
import { createChecks } from '#modules/checks';
import type { Packages } from '#modules/packages';

/** Four-nature checks with what this house can do for them: its scanner, its drills, its formats. */
export function checksHouse(o: {
  config: Config;
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  jobs: Jobs;
  log: Log;
  packages: Packages;
  today(): string;
}) {
  const { config, db, clock, audit, jobs, log, packages, today } = o;
  const { scanner } = config;
  return createChecks({
    db,
    clock,
    audit,
    jobs,
    log,
    packages,
    today,
    newId,
    timeZone: config.timezone,
    scratch: join(config.dataDir, 'scratch'),
    formats: () => configuredIdentifier(config.dataDir, config.pronom),
    services: {
      scanner: scanner && { scan: createScanner(scanner).scan, about: () => aboutScanner(scanner) },
      async lastDrill() {
        const drill = await lastDrill(db.owner);
        if (drill?.state !== 'done' || drill.endedAt === null) return null;
        return { at: drill.endedAt, passed: drill.equal === true, objects: drill.files ?? 0 };
      },
    },
  });
}
