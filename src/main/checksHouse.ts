import { join } from 'node:path';
import { configuredIdentifier } from '#formats/pronom';
import { systemActor } from '#kernel/actor';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Log } from '#kernel/log';
import { aboutScanner, createScanner } from '#kernel/scanner';
import { lastDrill } from '#modules/backup';
import { createChecks } from '#modules/checks';
import type { Holdings } from '#modules/holdings';
import type { Packages } from '#modules/packages';
import type { Keeping } from '#modules/preservation';

/** Objects that get an event of one check; the report lists all. */
const MOST_EVENTS = 5_000;
/** What is kept under no code any more. */
const absent = (e: unknown) => {
  if (isRefusal(e)) return undefined;
  throw e;
};

/** Four-nature checks with what this house can do for them: its scanner, its drills, its formats. */
export function checksHouse(o: {
  config: Config;
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  jobs: Jobs;
  log: Log;
  packages: Packages;
  holdings: Pick<Holdings, 'codeTemplatesInUse' | 'findByCode' | 'isVoidCode'>;
  copies: Pick<Keeping, 'noteNatures'>;
  today(): string;
}) {
  const { config, db, clock, audit, jobs, log, packages, holdings, copies, today } = o;
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
    codes: { templates: holdings.codeTemplatesInUse, isVoid: holdings.isVoidCode },
    async onHeld({ faulty, ...outcome }) {
      const found = [];
      for (const { object, items } of faulty.slice(0, MOST_EVENTS)) {
        const unitId = isId(object)
          ? object
          : await holdings.findByCode(systemActor('lantai'), outcome.archiveId, object).catch(absent);
        if (unitId) found.push({ unitId, items });
      }
      await copies.noteNatures({ ...outcome, faulty: found });
    },
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
