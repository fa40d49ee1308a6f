import { cp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, sql } from '#kernel/db';
import { migrate } from '#kernel/db/migrate';
import {
  atPlace,
  type BackupOrder,
  endRestore,
  makeBackup,
  refuseHalfRestored,
  restoreFiles,
  verifyBackups,
} from '#modules/backup';
import { allMigrations, backupOrder, restoreInto } from '../../../test/support/backups.ts';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import { temporaryFolder } from '../../../test/support/temporaryFolder.ts';
import { takeLease } from './place/lease.ts';

const UNITS = 4_000;
let house: SmallHouse;
let fonds: string;
const folders: string[] = [];
const empties: FreshDatabase[] = [];

const folder = () => {
  const made = temporaryFolder('lantai-backup-');
  folders.push(made);
  return made;
};
const empty = async () => {
  const made = await freshDatabase();
  empties.push(made);
  return made.url;
};
const order = (more: Partial<BackupOrder> = {}) =>
  backupOrder(house.db.url, folder()).then((o) => ({ ...o, ...more }));

beforeAll(async () => {
  house = await smallHouse();
  const keeper = house.person(['holdings.read', 'holdings.write'], house.county);
  fonds = (
    await house.holdings.addFonds(keeper, { archiveId: house.county, number: 'J019', name: '石桥县民政局' })
  ).id;
  await sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, reference_code, sort_key, title, category, year, access_status)
    select gen_random_uuid(), ${house.county}, ${fonds}, 'item', 'a' || lpad(n::text, 9, '0'), 'J019-' || n, lpad(n::text, 9, '0'),
      E'关于第' || n || E'号\t通知\\\n' || repeat('民政', 40), 'WS', 1950 + n % 60, 'unreviewed'
    from generate_series(1, ${UNITS}::int) as g (n)`.execute(house.db.owner);
});
afterAll(async () => {
  await house.close();
  for (const e of empties) await e.drop();
  for (const f of folders) await rm(f, { recursive: true, force: true });
});

async function ask<T>(url: string, what: string): Promise<T> {
  const db = openDatabase({ url, max: 1 });
  try {
    return (await sql<{ n: T }>`select ${sql.raw(what)} as n`.execute(db.owner)).rows[0]!.n;
  } finally {
    await db.close();
  }
}
const count = (url: string, of: string) => ask<number>(url, `(select count(*)::int from ${of})`);
/** Indexes, constraints and triggers. */
const shapeOf = (url: string) =>
  ask<string>(
    url,
    `(select string_agg(d, e'\n' order by d collate "C") from (
      select indexdef as d from pg_indexes where schemaname not like 'pg%'
      union all select pg_get_constraintdef(oid) || conrelid::regclass::text || conname from pg_constraint
        where connamespace::regnamespace::text not like 'pg%'
      union all select tgrelid::regclass::text || tgname || tgenabled::text from pg_trigger where not tgisinternal) s)`,
  );
const chunksIn = async (place: string) =>
  (await readdir(join(place, 'chunks'), { recursive: true, withFileTypes: true }))
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
    .sort();

describe('a backup', () => {
  it('comes back equal, with its files, and leaves the mark until it is over', async () => {
    const o = await order();
    const made = await makeBackup(o);
    expect(made).toMatchObject({ encrypted: false, masterKey: { included: false } });
    const url = await empty();
    const restored = await restoreInto(url, o);
    expect(await count(url, 'holdings.unit')).toBe(UNITS);
    await expect(refuseHalfRestored(url)).rejects.toMatchObject({ code: 'restore.unfinished' });
    const there = folder();
    await restoreFiles(there, restored, { masterKey: o.masterKey });
    expect(await readFile(join(there, 'certificates/2026/1.pdf'), 'utf8')).toBe('a certified copy');
    expect(await readdir(there)).not.toContain('secrets');
    expect(await readFile(join(there, 'restored/settings.env'), 'utf8')).toBe('LANTAI_PORT=1\n');
    await endRestore(url);
    await refuseHalfRestored(url);
    await migrate(url, await allMigrations());
    // What was taken off while rows went in is there again: indexes, foreign keys, triggers, generated columns.
    expect(await shapeOf(url)).toBe(await shapeOf(house.db.url));
    await expect(
      (async () => {
        const db = openDatabase({ url, max: 1 });
        try {
          await sql`delete from audit.entry`.execute(db.owner);
        } finally {
          await db.close();
        }
      })(),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('of the same writes next to nothing, and of a changed row little', async () => {
    const o = await order();
    const first = await makeBackup(o);
    expect(first.totals.newChunks).toBe(first.totals.chunks);
    const again = await makeBackup(o);
    expect(again.totals.newChunks).toBe(0);
    await sql`update holdings.unit set title = 'x', version = version + 1 where id = (select id from holdings.unit limit 1)`.execute(
      house.db.owner,
    );
    const third = await makeBackup(o);
    // The row, its history in two tables, and what waits to be kept.
    expect(third.totals.newChunks).toBeLessThanOrEqual(4);
    expect(third.totals.chunks).toBeGreaterThan(12);
  });

  it('is of one moment, however much is written meanwhile', async () => {
    const keeper = house.person(['holdings.read', 'holdings.write'], house.county);
    let writing = true;
    let n = 0;
    const writer = (async () => {
      while (writing) {
        n++;
        await house.holdings.addFonds(keeper, { archiveId: house.county, number: `T${n}`, name: `全宗${n}` });
      }
    })();
    const o = await order({ bytesPerSecond: 2_000_000 });
    await pause(50);
    await makeBackup(o);
    const during = n;
    writing = false;
    await writer;
    const url = await empty();
    await restoreInto(url, o);
    const kept = await count(url, 'holdings.fonds');
    expect(during).toBeGreaterThan(kept);
    expect(await count(url, "audit.entry where act = 'fonds.added'")).toBe(kept);
    expect(await count(url, 'audit.entry')).toBe(
      (await count(url, 'audit.leaf')) + (await count(url, 'audit.unplaced')),
    );
  });

  it('goes into an empty installation alone', async () => {
    const o = await order();
    await makeBackup(o);
    // Somebody is connected for as long as it is tried; idle connections of a pool end when they like.
    await house.db.owner.connection().execute(async (held) => {
      await sql`select 1`.execute(held);
      await expect(restoreInto(house.db.url, o)).rejects.toMatchObject({ code: 'restore.inUse' });
    });
    const url = await empty();
    await restoreInto(url, o);
    await endRestore(url);
    await expect(restoreInto(url, o)).rejects.toMatchObject({ code: 'restore.notEmpty' });
  });

  it('that is damaged restores nothing, says what is wrong, and is mended by the next', async () => {
    const o = await order();
    await makeBackup(o);
    const sound = join(folder(), 'sound');
    await cp(o.place, sound, { recursive: true });
    const chunks = await chunksIn(o.place);
    const biggest = (await Promise.all(chunks.map(async (c) => ({ c, n: (await readFile(c)).length })))).sort(
      (a, b) => b.n - a.n,
    )[0]!.c;
    const damages: Record<string, () => Promise<void>> = {
      'backup.altered': async () => {
        const bytes = await readFile(biggest);
        bytes[bytes.length >> 1]! ^= 1;
        await writeFile(biggest, bytes);
      },
      'backup.chunkMissing': () => rm(biggest),
    };
    for (const [code, damage] of Object.entries(damages)) {
      await damage();
      const url = await empty();
      await expect(restoreInto(url, o)).rejects.toMatchObject({ code });
      expect(await count(url, 'holdings.archive')).toBe(0);
      const verdict = await verifyBackups(o);
      expect(verdict).toMatchObject({ sound: false, findings: [{ code }] });
      await makeBackup(o);
      expect(await verifyBackups(o)).toMatchObject({ sound: true });
      // Begun anew after what was begun and not ended.
      await restoreInto(url, o);
      expect(await count(url, 'holdings.unit')).toBe(UNITS);
    }
    await truncate(biggest, 100);
    expect((await verifyBackups(o)).sound).toBe(false);
    await makeBackup(o);
    expect((await verifyBackups(o)).sound).toBe(true);
  });

  it('whose manifest is altered is none, and what it may need is not cleared away', async () => {
    const o = await order();
    await makeBackup(o);
    const [manifest] = await readdir(join(o.place, 'manifests'));
    const path = join(o.place, 'manifests', manifest!);
    await writeFile(path, (await readFile(path, 'utf8')).replace('"rows":', '"rows" :'));
    await expect(restoreInto(await empty(), o)).rejects.toMatchObject({ code: 'backup.altered' });
    const before = (await chunksIn(o.place)).length;
    const made = await makeBackup({ ...o, keep: { days: 1, weeks: 0, months: 0 } });
    expect(made.cleared).toMatchObject({ code: 'backup.altered' });
    expect((await chunksIn(o.place)).length).toBeGreaterThanOrEqual(before);
  });
});

describe('an encrypted backup', () => {
  const passphrase = 'a long and quiet sentence';

  it('holds the key and the whole settings, and shows nothing to who has no passphrase', async () => {
    const o = await order({ passphrase });
    const made = await makeBackup(o);
    expect(made).toMatchObject({ encrypted: true, masterKey: { included: true } });
    const url = await empty();
    for (const wrong of ['another sentence', undefined])
      await expect(restoreInto(url, { place: o.place, passphrase: wrong })).rejects.toMatchObject({
        code: wrong ? 'backup.wrongPassphrase' : 'backup.passphraseNeeded',
      });
    const restored = await restoreInto(url, o);
    const there = folder();
    await restoreFiles(there, restored, { masterKey: o.masterKey });
    expect(await readFile(join(there, 'secrets/master.key'))).toEqual(
      await readFile(join(o.dataDir, 'secrets/master.key')),
    );
    expect(await readFile(join(there, 'restored/settings.env'), 'utf8')).toContain('hush');
    // Names are keyed digests: two places that keep the same have no name in common.
    const other = await order({ passphrase });
    await makeBackup(other);
    const names = async (place: string) => (await chunksIn(place)).map((c) => c.slice(-64));
    const mine = new Set(await names(o.place));
    expect((await names(other.place)).filter((n) => mine.has(n))).toEqual([]);
  });

  it('writes only what changed as well, and never mixes with open ones', async () => {
    const o = await order({ passphrase });
    await makeBackup(o);
    expect((await makeBackup(o)).totals.newChunks).toBe(0);
    await expect(makeBackup({ ...o, passphrase: undefined })).rejects.toMatchObject({
      code: 'backup.passphraseNeeded',
    });
    const open = await order();
    await makeBackup(open);
    await expect(makeBackup({ ...open, passphrase })).rejects.toMatchObject({ code: 'backup.notEncrypted' });
  });

  it('whose chunks were swapped is refused', async () => {
    const o = await order({ passphrase });
    await makeBackup(o);
    const [a, b] = await chunksIn(o.place);
    await cp(a!, b!);
    expect((await verifyBackups(o)).sound).toBe(false);
  });
});

describe('a place of backups', () => {
  it('is an empty folder, or one of backups', async () => {
    const o = await order();
    await expect(makeBackup({ ...o, place: o.dataDir })).rejects.toMatchObject({ code: 'backup.notEmpty' });
    await expect(verifyBackups({ place: folder() })).rejects.toMatchObject({ code: 'backup.none' });
  });

  it('is written by one at a time', async () => {
    const o = await order();
    await atPlace(o, async (place) => {
      const lease = await takeLease(place);
      await expect(makeBackup(o)).rejects.toMatchObject({ code: 'backup.busy' });
      await lease.end();
    });
    await makeBackup(o);
  });
});
