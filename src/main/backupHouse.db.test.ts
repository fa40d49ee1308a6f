import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import type { BackupConfig } from '#kernel/config';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs, type Jobs } from '#kernel/jobs';
import { createKeyring } from '#kernel/keyring';
import { silentLog } from '#kernel/log';
import { newMasterKey } from '#kernel/signing/sealing';
import { BACKUP_JOBS, type Backups, verifyBackups } from '#modules/backup';
import { type SmallHouse, smallHouse } from '../../test/support/house.ts';
import { temporaryFolder } from '../../test/support/temporaryFolder.ts';
import { backupHouse } from './backupHouse.ts';
import { readConfig } from './config.ts';

let house: SmallHouse;
let jobs: Jobs;
let backups: Backups;
let config: BackupConfig;
let keeper: Actor;
const folder = temporaryFolder('lantai-backup-house-');

beforeAll(async () => {
  house = await smallHouse();
  const { db, clock, audit } = house;
  jobs = createJobs(db, silentLog, newId);
  await jobs.prepare(BACKUP_JOBS);
  const masterKey = newMasterKey();
  const keyring = createKeyring({ clock, masterKey, statementAlgorithm: 'ed25519', pdfAlgorithm: 'p256' });
  await db.system((tx) => keyring.signing(tx, { id: house.county, code: '990111', name: '石桥县档案馆' }));
  const settings = readConfig({
    LANTAI_DATA: join(folder, 'data'),
    LANTAI_BACKUP: join(folder, 'backups'),
    LANTAI_BACKUP_AT: '09:30',
  });
  await mkdir(settings.dataDir, { recursive: true });
  config = settings.backup;
  ({ backups } = backupHouse({
    config: settings,
    db,
    clock,
    audit,
    newId,
    jobs,
    log: silentLog,
    keyring,
    masterKey,
    archives: house.holdings.archives,
    // Away, as a disk can be: backups are made all the same.
    segments: { flush: () => Promise.reject(new Error('the storage root is away')) },
  }));
  await jobs.work(backups.jobs);
  keeper = house.person(['stores.manage', 'preservation.read'], house.province);
});
afterAll(async () => {
  await jobs?.stop();
  await house?.close();
  await rm(folder, { recursive: true, force: true });
});

const acts = async (act: string) =>
  (
    await sql<{ n: number }>`select count(*)::int as n from audit.entry where act = ${act}`.execute(
      house.db.owner,
    )
  ).rows[0]!.n;
async function over<R extends { endedAt: Date | null }>(read: () => Promise<R>): Promise<R> {
  for (let tries = 0; tries < 600; tries++) {
    const row = await read();
    if (row.endedAt !== null) return row;
    await pause(200);
  }
  throw new Error('it does not end');
}

describe('backups of a house', () => {
  it('are begun by who keeps the stores at the top, in the background, and written down', async () => {
    expect((await backups.status(keeper)).findings.map((f) => f.code)).toEqual(['never']);
    for (const other of [
      house.person(['stores.manage'], house.county),
      house.person(['preservation.read'], house.province),
    ])
      await expect(backups.start(other)).rejects.toMatchObject({ code: 'actor.forbidden' });
    const { id } = await backups.start(keeper);
    const run = await over(() => backups.run(keeper, id));
    expect(run).toMatchObject({ state: 'done', asked: 'person', encrypted: false, place: config.place });
    expect(await acts('backup.made')).toBe(1);
    expect((await backups.status(keeper)).findings.map((f) => f.code)).toEqual(['open', 'neverDrilled']);
    expect(await backups.kept(keeper)).toHaveLength(1);
  });

  it('tell who looks after a part how they stand, and not where they lie', async () => {
    const reader = house.person(['preservation.read'], house.county);
    expect(await backups.status(reader)).toMatchObject({
      placed: true,
      place: null,
      mayStart: false,
      made: { place: '' },
    });
    expect((await backups.runs(reader, { limit: 5 })).map((r) => r.place)).toEqual(['']);
  });

  it('are rehearsed: what comes back is equal, its trail verifies and its keys open', {
    timeout: 180_000,
  }, async () => {
    const { id } = await backups.startDrill(keeper);
    const drill = await over(() => backups.drill(keeper, id));
    expect(drill).toMatchObject({ state: 'done', equal: true, findings: [] });
    expect(drill.rows).toBeGreaterThan(0);
    expect(drill.seconds?.whole).toBeGreaterThan(0);
    expect(await acts('backup.drilled')).toBe(1);
    expect(await readdir(join(folder, 'data'))).toEqual([]);
  });

  it('that do not come back make the drill say so', { timeout: 180_000 }, async () => {
    const chunks = (
      await readdir(join(folder, 'backups/chunks'), { recursive: true, withFileTypes: true })
    ).filter((e) => e.isFile());
    for (const c of chunks.slice(0, 5)) await rm(join(c.parentPath, c.name));
    const { id } = await backups.startDrill(keeper);
    const drill = await over(() => backups.drill(keeper, id));
    expect(drill).toMatchObject({
      state: 'failed',
      equal: false,
      findings: [{ code: 'backup.chunkMissing' }],
    });
    expect(await acts('backup.drillFailed')).toBe(1);
    expect((await backups.status(keeper)).findings[0]).toEqual({ code: 'drillFailed', severity: 'error' });
  });

  it('are begun once for each time of the clock, whoever looks at it', async () => {
    const before = (await backups.runs(keeper, { limit: 50 })).length;
    // The house's clock stands at ten in the morning; what was made today was made at ten.
    await sql`update backup.run set asked_at = asked_at - interval '1 hour'`.execute(house.db.owner);
    await Promise.all([backups.beginDue(), backups.beginDue(), backups.beginDue()]);
    await backups.beginDue();
    const [newest, ...rest] = await backups.runs(keeper, { limit: 50 });
    expect(rest).toHaveLength(before);
    expect(newest).toMatchObject({ asked: 'clock', byName: 'lantai' });
    expect(await over(() => backups.run(keeper, newest!.id))).toMatchObject({ state: 'done' });
    // What was damaged is written anew, since the rows are the same.
    expect(await verifyBackups({ place: config.place! })).toMatchObject({ sound: true });
  });
});
