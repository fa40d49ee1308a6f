import { type Database, sql } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { App } from '#kernel/http/route';
import { newId } from '#kernel/ids';
import { createJobs, type JobKind } from '#kernel/jobs';
import type { Log } from '#kernel/log';
import { RENEW_PERSONAL_JOB } from '#kernel/personal-data';
import { LINK_JOB } from '#modules/authorities';
import { BACKUP_JOBS } from '#modules/backup';
import { CHECK_JOB } from '#modules/checks';
import { COMPARE_JOB, SEAL_JOB } from '#modules/deposit';
import { TEXT_JOB } from '#modules/digitisation';
import { EXAMINE_JOB } from '#modules/examination';
import { CHECK_FILING_JOB } from '#modules/filing';
import { BULK_JOB, CATALOGUE_EXPORT_JOB, REARRANGE_JOB, UNDO_JOB } from '#modules/holdings';
import {
  CHECK_FIXITY_JOB,
  IDENTIFY_FORMATS_JOB,
  NORMALISE_JOB,
  RENEW_PACKAGES_JOB,
} from '#modules/preservation';
import { PRINT_JOB } from '#modules/printing';
import { TRANSFER_JOB } from '#modules/transfer';
import { buildServer } from '../http/server.ts';
import { tlsServer } from '../http/tls.ts';
import { VERIFY_AUDIT_JOB } from './auditHouse.ts';
import { routesOf } from './routes.ts';
import { RENEW_INDEX_JOB } from './searchIndex.ts';
import type { House } from './wire.ts';

/** Queues that exist in every install, whether a process works on them or not. */
export const QUEUES: readonly string[] = [
  'match-scans',
  'import-scans',
  'read-text',
  'catalogue-import',
  'recount-gaps',
  'issue-certificate',
  'destroy-content',
  'plan-media',
  'write-medium',
  'test-medium',
  RENEW_PERSONAL_JOB,
  RENEW_INDEX_JOB,
  RENEW_PACKAGES_JOB,
  VERIFY_AUDIT_JOB,
  ...BACKUP_JOBS,
  LINK_JOB,
  CHECK_FIXITY_JOB,
  CHECK_FILING_JOB,
  CHECK_JOB,
  EXAMINE_JOB,
  IDENTIFY_FORMATS_JOB,
  NORMALISE_JOB,
  PRINT_JOB,
  TRANSFER_JOB,
  SEAL_JOB,
  COMPARE_JOB,
  UNDO_JOB,
  CATALOGUE_EXPORT_JOB,
  REARRANGE_JOB,
  BULK_JOB,
];

/** Makes the queues, so that a process can put jobs into them before another works on them. */
export async function prepareQueues(db: Database, log: Log): Promise<void> {
  const jobs = createJobs(db, log, newId);
  try {
    await jobs.prepare(QUEUES);
  } finally {
    await jobs.stop();
  }
}

/** Starts listening. @throws Refusal serve.port, serve.address */
export async function listen(house: House): Promise<App> {
  const { config, log } = house;
  const { tlsCert, tlsKey } = config;
  const tls = tlsCert && tlsKey ? tlsServer({ cert: tlsCert, key: tlsKey }, log) : undefined;
  const app = await buildServer({
    serverFactory: tls?.factory,
    rate: config.rate,
    log,
    identity: house.identity,
    archives: house.holdings.archives,
    publicUrl: house.publicUrl,
    secure: house.publicUrl.startsWith('https:'),
    trustProxy: config.trustedProxy,
    routes: routesOf(house),
    ready: async () => (await sql`select 1`.execute(house.db.owner)).rows.length === 1,
  });
  app.addHook('onClose', async () => tls?.stop());
  try {
    await app.listen({ host: config.host, port: config.port });
    return app;
  } catch (cause) {
    await app.close();
    throw knownTrouble(cause, config.host, config.port);
  }
}

function knownTrouble(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  if (code === 'EADDRINUSE') {
    return new Refusal(
      'serve.port',
      `Port ${port} of ${host} is taken. Stop the program that uses it, or set LANTAI_PORT to another.`,
      {},
      { cause },
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'EACCES' || code === 'ENOTFOUND') {
    return new Refusal(
      'serve.address',
      `Lantai can not listen on ${host} port ${port}. Set LANTAI_HOST and LANTAI_PORT to an address of this machine and a port from 1024 up.`,
      {},
      { cause },
    );
  }
  return cause;
}

/** Starts working on jobs and giving audit entries their places. */
export async function work(house: House): Promise<void> {
  const kinds: JobKind<never>[] = house.jobKinds.filter(
    (k: { name: string }) => k.name !== TEXT_JOB || house.config.ocrWorkers > 0,
  );
  await house.jobs.work(kinds);
  house.sequencer.start();
  house.segments.start();
  house.copies.caretaker.start();
  await house.renewIndexWhereNeeded();
  await house.personal.startWhereNeeded(house.jobs);
  await house.preservation.renewal.startWhereNeeded(house.jobs);
  await house.preservation.identification.startWhereNeeded(house.jobs);
  house.preservation.textSaver.start();
  house.backupClock.start();
  house.intake.drop.start();
  house.federation.publisher.start();
}
