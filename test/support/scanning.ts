import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreLocation } from '#formats/ocfl';
import { createAuditTrail } from '#kernel/audit';
import { createDigestPool } from '#kernel/checksums';
import { newId } from '#kernel/ids';
import { createJobs, type JobRun } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { createStaging } from '#kernel/staging';
import { createDigitisation, tesseractEngine } from '#modules/digitisation';
import { openPreservation } from '#modules/preservation';
import { indexPages } from '#modules/search';
import { ALL, type SmallHouse, smallHouse } from './house.ts';

/** A small house that takes scans in, with a folder of its own for the storage root (unless one is given) and for discs. Close it. */
export async function scanningHouse(storage?: StoreLocation) {
  const house: SmallHouse = await smallHouse();
  const folder = await mkdtemp(join(tmpdir(), 'lantai-scans-'));
  const digests = createDigestPool(1);
  const audit = createAuditTrail(house.clock, newId, 'sha256');
  const jobs = createJobs(house.db, silentLog, newId);
  await jobs.prepare(['match-scans', 'import-scans', 'read-text']);
  const ocr = tesseractEngine();
  const common = { db: house.db, clock: house.clock, audit, digests };
  const preservation = await openPreservation({
    ...common,
    newId,
    storage: storage ?? { kind: 'folder', root: join(folder, 'storage') },
    cache: { folder: join(folder, 'cache'), bytes: 50_000_000 },
    attachObjects: house.holdings.attachObjects,
    log: silentLog,
    snapshots: house.holdings.unitSnapshots,
    texts: (unitId, from, to) => digitisation.textsBetween(unitId, from, to),
    scratch: join(folder, 'scratch'),
  });
  const digitisation = createDigitisation(
    {
      ...common,
      newId,
      jobs,
      log: silentLog,
      staging: createStaging(join(folder, 'staging')),
      holdings: house.holdings,
      preservation,
      ocr,
      index: { indexPages },
    },
    1,
  );
  const archivist = house.person(ALL, house.county);
  const fonds = await house.holdings.addFonds(archivist, {
    archiveId: house.county,
    number: 'J019',
    name: '县民政局',
  });

  /** Runs a job of the module here and now, as the queue would. */
  async function run(kind: string, data: object): Promise<void> {
    const job = digitisation.jobs.find((j) => j.name === kind)!;
    const given: JobRun<never> = {
      id: newId(),
      data: data as never,
      attempt: 1,
      signal: new AbortController().signal,
      progress: () => {},
    };
    await job.run(given);
  }

  return {
    house,
    folder,
    preservation,
    digitisation,
    archivist,
    run,
    addUnit: (referenceCode: string) =>
      house.holdings.createUnit(archivist, { fondsId: fonds.id, title: '题名', referenceCode }),
    /** Matches a folder, takes in what was matched, and tells both. */
    async importFolder(dir: string, rule?: string) {
      const from = { folder: dir };
      const id = await digitisation.begin(archivist, { archiveId: house.county, from, rule });
      await run('match-scans', { id, from, personId: '' });
      const matched = await digitisation.scanImport(archivist, id);
      const list = async () => (await digitisation.files(archivist, { importId: id, limit: 100 })).items;
      const preview = await list();
      await digitisation.run(archivist, id);
      await run('import-scans', { id });
      const done = await digitisation.scanImport(archivist, id);
      return { id, matched, preview, done, files: await list() };
    },
    async close() {
      await jobs.stop();
      await ocr.close();
      await digests.close();
      await house.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type ScanningHouse = Awaited<ReturnType<typeof scanningHouse>>;
