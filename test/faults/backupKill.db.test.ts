import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { listBackups, makeBackup, verifyBackups } from '#modules/backup';
import { backupOrder, restoreInto } from '../support/backups.ts';
import { freshDatabase } from '../support/database.ts';
import { type SmallHouse, smallHouse } from '../support/house.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 3);
const RESTORER = fileURLToPath(new URL('./backupRestorer.ts', import.meta.url));
const WRITER = fileURLToPath(new URL('./backupWriter.ts', import.meta.url));
let house: SmallHouse;
const folders: string[] = [];

beforeAll(async () => {
  house = await smallHouse();
  const keeper = house.person(['holdings.read', 'holdings.write'], house.county);
  const { id } = await house.holdings.addFonds(keeper, {
    archiveId: house.county,
    number: 'J019',
    name: '民政局',
  });
  await sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, reference_code, sort_key, title, category, year, access_status)
    select gen_random_uuid(), ${house.county}, ${id}, 'item', 'a' || lpad(n::text, 9, '0'), 'J019-' || n, lpad(n::text, 9, '0'),
      '关于第' || n || '号' || md5(n::text) || md5((n * 7)::text), 'WS', 1950 + n % 60, 'unreviewed'
    from generate_series(1, 8000) as g (n)`.execute(house.db.owner);
});
afterAll(async () => {
  await house.close();
  for (const f of folders) await rm(f, { recursive: true, force: true });
});

/** Runs the writer until some moment after its first word, and kills it. @returns the backups it acknowledged */
async function writeAndKill(folder: string, passphrase: string): Promise<string[]> {
  const child = spawn(process.execPath, [WRITER, house.db.url, folder, passphrase], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  let out = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      if (out.includes('\n')) resolve();
    });
  });
  await Promise.race([ready, ended]);
  await pause(Math.random() * 1500);
  expect(child.exitCode, 'the writer runs until it is killed').toBeNull();
  child.kill('SIGKILL');
  await ended;
  return out.split('\n').slice(1, -1);
}

describe.each(['', 'a quiet sentence'])('a backup killed at any moment (passphrase “%s”)', (passphrase) => {
  it('leaves every backup that counts whole, and nothing that is in the way', {
    timeout: 600_000 + ROUNDS * 60_000,
  }, async () => {
    const folder = temporaryFolder('lantai-backup-kill-');
    folders.push(folder);
    const where = { place: join(folder, 'backups'), ...(passphrase ? { passphrase } : {}) };
    let last: string | undefined;
    for (let round = 0; round < ROUNDS; round++) {
      // Something changes, so that something is written.
      await sql`update holdings.unit set title = title || '改' where year = ${1950 + (round % 60)}`.execute(
        house.db.owner,
      );
      last = (await writeAndKill(folder, passphrase)).at(-1) ?? last;
      const there = await listBackups(where).catch((e: { code: string }) => {
        expect(e.code).toBe('backup.none');
        return [];
      });
      expect(there.filter((b) => b.trouble)).toEqual([]);
      if (last) expect(there.map((b) => b.id)).toContain(last);
      for (const { id } of there.slice(0, 3))
        expect(await verifyBackups({ ...where, at: id })).toMatchObject({ sound: true, findings: [] });
    }
    const order = { ...(await backupOrder(house.db.url, folder)), ...where };
    const made = await makeBackup(order);
    const fresh = await freshDatabase();
    try {
      const restored = await restoreInto(fresh.url, order);
      expect(restored.manifest.id).toBe(made.id);
    } finally {
      await fresh.drop();
    }
  });
});

describe('a restore killed at any moment', () => {
  it('leaves the database empty and marked, and is begun anew', {
    timeout: 600_000 + ROUNDS * 60_000,
  }, async () => {
    const folder = temporaryFolder('lantai-restore-kill-');
    folders.push(folder);
    const order = await backupOrder(house.db.url, folder);
    const made = await makeBackup(order);
    const fresh = await freshDatabase();
    try {
      for (let round = 0; round < Math.ceil(ROUNDS / 3); round++) {
        const child = spawn(process.execPath, [RESTORER, fresh.url, order.place], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
        await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
        await pause(Math.random() * 1_000);
        child.kill('SIGKILL');
        await ended;
      }
      // What the killed one's connection did is rolled back as soon as PostgreSQL notices.
      for (let tries = 0; ; tries++) {
        const again = await restoreInto(fresh.url, order).catch((e: { code?: string }) => e);
        if ('manifest' in again) {
          expect(again.manifest.id).toBe(made.id);
          break;
        }
        expect(again.code).toBe('restore.inUse');
        expect(tries).toBeLessThan(100);
        await pause(200);
      }
    } finally {
      await fresh.drop();
    }
  });
});
