import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { freshDatabase } from '../support/database.ts';
import { type SmallHouse, smallHouse } from '../support/house.ts';
import { canMount, inSmallDisk } from '../support/smallDisk.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 2);
const home = temporaryFolder('lantai-full-db-');
const possible = await canMount(home);
afterAll(() => rm(home, { recursive: true, force: true }));

async function onSmallDisk(name: string, megabytes: number, url: string): Promise<unknown> {
  const [disk, folder] = [join(home, `${name}-disk`), join(home, name)];
  for (const f of [disk, folder]) await mkdir(f);
  const program = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const { stdout } = await inSmallDisk(disk, megabytes, [
    ...[process.execPath, program, url, folder, disk, String(ROUNDS)],
  ]);
  return JSON.parse(stdout);
}

describe.skipIf(!possible)(
  'a disk that fills up (not performed where a small one can not be mounted)',
  () => {
    it('while a store is copied to is told of, holds nothing half, and goes on with room', {
      timeout: 7_200_000,
    }, async () => {
      const fresh = await freshDatabase();
      try {
        const said = (await onSmallDisk('fullDiskKeeper', 8, fresh.url)) as Record<'full' | 'told', number>;
        expect(said).toMatchObject({ faults: [] });
        expect(said.full).toBeGreaterThan(0);
        expect(said.told).toBe(said.full);
      } finally {
        await fresh.drop();
      }
    });

    it('while packages are taken in breaks nothing: each is here whole once there is room', {
      timeout: 7_200_000,
    }, async () => {
      const fresh = await freshDatabase();
      try {
        const said = (await onSmallDisk('fullDiskIngest', 24, fresh.url)) as { full: number };
        expect(said).toMatchObject({ faults: [] });
        expect(said.full).toBeGreaterThan(0);
      } finally {
        await fresh.drop();
      }
    });

    it('while a deposit is sealed keeps nothing half: what was sent waits, and is sealed once there is room', {
      timeout: 7_200_000,
    }, async () => {
      const fresh = await freshDatabase();
      try {
        const said = (await onSmallDisk('fullDiskDeposit', 8, fresh.url)) as { full: number };
        expect(said).toMatchObject({ faults: [] });
        expect(said.full).toBeGreaterThan(0);
      } finally {
        await fresh.drop();
      }
    });

    it('while files are sent gives one reason, keeps what arrived, and lets them go on once there is room', {
      timeout: 7_200_000,
    }, async () => {
      const fresh = await freshDatabase();
      try {
        const said = (await onSmallDisk('fullDiskUpload', 8, fresh.url)) as { full: number };
        expect(said).toMatchObject({ faults: [] });
        expect(said.full).toBe(2 * ROUNDS);
      } finally {
        await fresh.drop();
      }
    });

    describe('while it is backed up to', () => {
      let house: SmallHouse;
      beforeAll(async () => {
        house = await smallHouse();
        const keeper = house.person(['holdings.read', 'holdings.write'], house.county);
        const { id } = await house.holdings.addFonds(keeper, {
          archiveId: house.county,
          number: 'J019',
          name: '民政局',
        });
        await sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, reference_code, sort_key, title,
            category, year, access_status)
          select gen_random_uuid(), ${house.county}, ${id}, 'item', 'a' || lpad(n::text, 9, '0'), 'J019-' || n,
            lpad(n::text, 9, '0'), '关于第' || n || '号' || md5(n::text) || md5((n * 7)::text), 'WS', 1950 + n % 60, 'unreviewed'
          from generate_series(1, 5000) as g (n)`.execute(house.db.owner);
      });
      afterAll(() => house.close());

      it('is said in a sentence, leaves no half backup and the earlier ones whole, and goes on with room', {
        timeout: 7_200_000,
      }, async () => {
        const said = (await onSmallDisk('fullDiskBackup', 24, house.db.url)) as { failures: number };
        expect(said).toMatchObject({ faults: [], codes: ['backup.placeFull'] });
        expect(said.failures).toBeGreaterThan(0);
      });
    });
  },
);
