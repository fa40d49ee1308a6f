/**
 * Backs up to a small file system that is filled up at random, and checks after each failure that nothing half there is a
 * backup. Started by the test beside it, in a mount of its own. Says what it did in one line of JSON.
 */
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase, sql } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import { listBackups, makeBackup, verifyBackups } from '#modules/backup';
import { backupOrder } from '../support/backups.ts';

const [url = '', folder = '', disk = '', rounds = '0'] = process.argv.slice(2);
const place = join(disk, 'backups');
const order = { ...(await backupOrder(url, folder)), place };
const db = openDatabase({ url, max: 2 });
const faults: string[] = [];
const codes = new Set<string>();
let [failures, made] = [0, 0];
let known: string[] = [];

async function leaveFree(bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(disk);
  const size = bavail * bsize - bytes;
  if (size > 0) await writeFile(join(disk, 'filler'), Buffer.alloc(size));
}

for (let round = 0; round < Number(rounds) && faults.length === 0; round++) {
  await sql`update holdings.unit set title = title || '改' || ${round}::text where year = ${1950 + (round % 60)}`.execute(
    db.owner,
  );
  if (round % 6 === 5) {
    await rm(place, { recursive: true, force: true });
    known = [];
  }
  // The first time there is never room enough; from then on it is as it comes.
  const room = round === 0 ? 100_000 : known.length === 0 ? 3_000_000 : 600_000;
  await leaveFree(Math.floor(Math.random() * room));
  const before = made;
  try {
    known.push((await makeBackup(order)).id);
    made++;
  } catch (e) {
    failures++;
    codes.add(isRefusal(e) ? e.code : String(e));
  }
  const there = await listBackups({ place }).catch((e: unknown) => {
    if (isRefusal(e) && e.code === 'backup.none') return [];
    throw e;
  });
  for (const b of there.filter((x) => x.trouble)) faults.push(`${b.id}: ${b.trouble}`);
  if (made === before && there.some((b) => !known.includes(b.id))) faults.push('a failed backup is listed');
  for (const id of known) if (!there.some((b) => b.id === id)) faults.push(`${id} is not there`);
  const [newest] = there;
  if (newest && !(await verifyBackups({ place, at: newest.id })).sound)
    faults.push(`${newest.id} is not sound`);
  await rm(join(disk, 'filler'), { force: true });
  const again = await makeBackup(order).catch((e: unknown) => String(e));
  if (typeof again === 'string') faults.push(`with room again: ${again}`);
  else {
    known.push(again.id);
    if (!(await verifyBackups({ place, at: again.id })).sound) faults.push(`${again.id} is not sound`);
  }
}
process.stdout.write(`${JSON.stringify({ failures, made, codes: [...codes], faults })}\n`);
await db.close();
process.exit(0);
