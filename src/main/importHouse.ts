import { join } from 'node:path';
import type { Actor } from '#kernel/actor';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import { newId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Staging } from '#kernel/staging';
import type { Classified } from '#modules/classified';
import { createCatalogueImport } from '#modules/holdings';
import { IMPORT_THREAD, type ImportThreadData } from '../workers/catalogue-import.ts';
import { catalogueIndex, catalogueIndexer } from './searchIndex.ts';

/** The import of catalogues: its thread, its folders, and whom a file with secret rows is handed to. */
export function importHouse(o: {
  config: Config;
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  jobs: Jobs;
  staging: Staging;
  /** Called when there is something to hand over, long after the house stands. */
  block: (actor: Actor, what: Parameters<Classified['block']>[1]) => Promise<unknown>;
}) {
  const { config, db, clock, audit, jobs, staging } = o;
  const folder = join(config.dataDir, 'imports');
  const apart = join(config.dataDir, 'blocked/imports');
  const data: ImportThreadData = {
    databaseUrl: db.url,
    databaseAppUrl: db.appUrl,
    auditDigest: config.auditDigest,
    folder,
    apart,
  };
  return createCatalogueImport({
    db,
    clock,
    newId,
    audit,
    jobs,
    staging,
    folder,
    apart,
    indexer: catalogueIndexer(),
    index: catalogueIndex(),
    async turnedAway(actor, { archiveId, path, name, what }) {
      await o.block(actor, {
        archiveId,
        agencyId: null,
        door: 'catalogue',
        source: 'import',
        marks: [{ what, place: name }],
        files: [{ path, name }],
      });
    },
    thread: { script: IMPORT_THREAD, data },
  });
}
