import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#kernel/errors';
import {
  atPlace,
  type BackupOrder,
  backUpTo,
  listBackups,
  makeBackup,
  openPlace,
  type Place,
  placeTrouble,
  verifyBackups,
} from '#modules/backup';
import { backupOrder, restoreInto } from '../support/backups.ts';
import { freshDatabase } from '../support/database.ts';
import { type SmallHouse, smallHouse } from '../support/house.ts';
import { s3Missing, s3Program, startS3, type TestS3 } from '../support/s3.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

let house: SmallHouse;
const folders: string[] = [];
beforeAll(async () => {
  house = await smallHouse();
});
afterAll(async () => {
  await house.close();
  for (const f of folders) await rm(f, { recursive: true, force: true });
});

async function order(): Promise<BackupOrder> {
  const folder = temporaryFolder('lantai-backup-place-');
  folders.push(folder);
  return backupOrder(house.db.url, folder);
}

/** A place whose nth write fails, as on a disk that is full; those after it too. */
function fullAfter(place: Place, writes: number): Place {
  let left = writes;
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    if (left-- > 0) return work();
    throw new Refusal('backup.placeFull', 'There is no room left.');
  };
  return {
    ...place,
    write: (name, bytes) => counted(() => place.write(name, bytes)),
    claim: (name, bytes) => counted(() => place.claim(name, bytes)),
  };
}

describe('a place of backups that is full', () => {
  it('at any write leaves earlier backups whole, and no half one', { timeout: 300_000 }, async () => {
    const o = await order();
    const first = await makeBackup(o);
    const writes = first.totals.newChunks + 3;
    for (let n = 0; n < writes + 3; n += 1 + Math.floor(Math.random() * 8)) {
      const other = { ...o, place: join(o.dataDir, '..', `place-${n}`) };
      await atPlace(other, async (place) => {
        const ended = await backUpTo(fullAfter(place, n), other).then(
          () => 'made',
          (e: unknown) => (e instanceof Refusal ? e.code : String(e)),
        );
        expect(['made', 'backup.placeFull']).toContain(ended);
        const there = await listBackups(other).catch(() => []);
        expect(there.length).toBe(ended === 'made' ? 1 : 0);
      });
      // With room again it goes on in the same place, what was written is used.
      await makeBackup(other);
      expect(await verifyBackups(other)).toMatchObject({ sound: true });
    }
    expect(await verifyBackups(o)).toMatchObject({ sound: true, backup: first.id });
  });
});

it.each([
  ['ENOSPC', 'backup.placeFull'],
  ['EROFS', 'backup.placeClosed'],
  ['ESTALE', 'backup.placeGone'],
])('%s of the file system is said in a sentence (%s)', (code, refusal) => {
  const cause = Object.assign(new Error(`${code}: it failed, write`), { code });
  expect(placeTrouble(cause, '/mnt/backups', 'chunks/ab/abc')).toMatchObject({
    name: 'Refusal',
    code: refusal,
  });
});

it('what is no folder is no place', async () => {
  await expect(makeBackup({ ...(await order()), place: '/dev/null/backups' })).rejects.toMatchObject({
    code: 'backup.noPlace',
  });
});

describe.skipIf(!s3Program)(`backups in a bucket${s3Missing}`, () => {
  let s3: TestS3;
  beforeAll(async () => {
    s3 = await startS3();
  });
  afterAll(() => s3?.stop());

  const inBucket = async (more: Partial<BackupOrder> = {}): Promise<BackupOrder> => {
    const { endpoint, accessKey, secretKey, bucket, prefix } = s3.location();
    const place = `s3://${bucket}/${prefix}`;
    return {
      ...(await order()),
      place,
      s3: { ...(endpoint ? { endpoint } : {}), accessKey, secretKey },
      ...more,
    };
  };

  it('are made, added to, listed, verified and restored as those in a folder', async () => {
    const o = await inBucket({ passphrase: 'a quiet sentence' });
    const first = await makeBackup(o);
    expect(first.place).toContain('s3://');
    expect((await makeBackup(o)).totals.newChunks).toBe(0);
    expect(await listBackups(o)).toHaveLength(2);
    expect(await verifyBackups(o)).toMatchObject({ sound: true });
    const fresh = await freshDatabase();
    try {
      const restored = await restoreInto(fresh.url, o);
      restored.place.close();
    } finally {
      await fresh.drop();
    }
    expect(
      (await readdir(s3.folder, { recursive: true })).some((name) => name.includes('being-written')),
    ).toBe(false);
  });

  it('are cleared away by the rule, and written by one at a time', async () => {
    const o = await inBucket();
    await makeBackup(o);
    const place = await openPlace(o);
    const lease = {
      token: 't',
      host: 'elsewhere',
      pid: 1,
      since: new Date().toISOString(),
      renewed: new Date().toISOString(),
    };
    await place.write('being-written.json', Buffer.from(JSON.stringify(lease)));
    await expect(makeBackup(o)).rejects.toMatchObject({ code: 'backup.busy' });
    // Nobody has heard of it for long.
    await place.write(
      'being-written.json',
      Buffer.from(JSON.stringify({ ...lease, renewed: '2026-01-01T00:00:00Z' })),
    );
    await makeBackup(o);
    place.close();
  });

  it('end in one clear sentence where the server goes away', async () => {
    const o = await inBucket();
    await makeBackup(o);
    await s3.kill();
    await expect(makeBackup(o)).rejects.toMatchObject({ code: 'store.unreachable' });
    await s3.restart();
    expect(await verifyBackups(o)).toMatchObject({ sound: true });
  });
});
