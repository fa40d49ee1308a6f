import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Location } from '#formats/ocfl';
import { systemActor } from '#kernel/actor';
import { createDigestPool } from '#kernel/checksums';
import type { CopiesConfig } from '#kernel/config';
import { newId } from '#kernel/ids';
import { createJobs } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { CHECK_FIXITY_JOB, openKeeping, openPreservation, type Patience } from '#modules/preservation';
import { smallHouse } from './house.ts';

export const SYSTEM = systemActor('test');

/** A small house that holds objects, with folders of its own for the storage root and further stores. Close it. */
export async function copiesHouse(settings: Partial<CopiesConfig> = {}, patience?: Patience) {
  const house = await smallHouse();
  const folder = await mkdtemp(join(tmpdir(), 'lantai-copies-'));
  const digests = createDigestPool(1);
  const jobs = createJobs(house.db, silentLog, newId);
  await jobs.prepare([CHECK_FIXITY_JOB]);
  const common = { db: house.db, clock: house.clock, audit: house.audit, digests, newId };
  const preservation = await openPreservation({
    ...common,
    storage: { kind: 'folder', root: join(folder, 'main') },
    cache: { folder: join(folder, 'cache'), bytes: 1_000_000 },
    attachObjects: house.holdings.attachObjects,
    log: silentLog,
    snapshots: house.holdings.unitSnapshots,
    scratch: join(folder, 'scratch'),
    texts: async () => [],
  });
  const copies = await openKeeping({
    ...common,
    jobs,
    log: silentLog,
    masterKey: Buffer.alloc(32, 7),
    main: preservation.main,
    mainLocation: { kind: 'folder', root: join(folder, 'main') },
    archives: house.holdings.archives,
    readUnit: house.holdings.readUnit,
    sees: house.holdings.sees,
    ...(patience ? { patience } : {}),
    settings: {
      copiesWanted: 1,
      cycleDays: 90,
      repair: true,
      fixityMegabytes: undefined,
      copyMegabytes: undefined,
      ...settings,
    },
  });

  /** Writes a version of an object, of the county unless said otherwise, and enters it. @returns its id */
  async function put(
    files: Record<string, string | Buffer>,
    unitId: string = newId(),
    archiveId: string = house.county,
  ): Promise<{ objectId: string; unitId: string; path: string }> {
    const owner = {
      ...({ objectId: `urn:uuid:${unitId}`, kind: 'unit', archiveId, unitId } as const),
    };
    const next = {
      files: Object.entries(files).map(([logicalPath, text]) => ({
        logicalPath,
        source: { bytes: Buffer.from(text) },
      })),
      message: 'content taken in',
      user: { name: 'test', address: 'urn:test' },
      created: house.clock.now(),
    };
    const [outcome] = await preservation.writing.put([{ ...owner, next }]);
    if (!outcome || 'error' in outcome) throw outcome?.error;
    await house.db.system((tx) => preservation.writing.enter(tx, owner, outcome.result));
    return { objectId: owner.objectId, unitId, path: preservation.repository.pathOf(owner.objectId) };
  }

  return {
    house,
    folder,
    preservation,
    copies,
    put,
    main: join(folder, 'main'),
    at: (name: string) => join(folder, name),
    addStore: (name: string) =>
      copies.addStore(SYSTEM, {
        name,
        location: { kind: 'folder', root: join(folder, name) },
        secrets: null,
        megabytesPerSecond: null,
      }),
    addBucket: (name: string, { accessKey, secretKey, ...location }: S3Location) =>
      copies.addStore(SYSTEM, {
        name,
        location,
        megabytesPerSecond: null,
        secrets: { accessKey, secretKey },
      }),
    async close() {
      await copies.close();
      await jobs.stop();
      await preservation.close();
      await digests.close();
      await house.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type CopiesHouse = Awaited<ReturnType<typeof copiesHouse>>;
