/**
 * Seals deposits on a small file system that is filled up at random, and checks after each failure that nothing there is half there,
 * that nothing is said to be kept, and that what was sent waits. Started by the test beside it, in a mount of its own. Says what it did
 * in one line of JSON.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat, statfs, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Actor, systemActor } from '#kernel/actor';
import { openDatabase, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { silentLog } from '#kernel/log';
import { readConfig } from '../../src/main/config.ts';
import { prepareQueues } from '../../src/main/serve.ts';
import { openHouse } from '../../src/main/wire.ts';
import { people, uploaded } from '../../src/modules/transfer/testing/handover.ts';

const [url = '', folder = '', disk = '', rounds = '0'] = process.argv.slice(2);
const dataDir = join(folder, 'data');
await mkdir(dataDir, { recursive: true });
const lying = join(disk, 'deposits');
await mkdir(lying);
await symlink(lying, join(dataDir, 'deposits'));
const config = readConfig({
  LANTAI_DATA: dataDir,
  LANTAI_DATABASE_URL: url,
  LANTAI_OCR_WORKERS: '0',
});
const db = openDatabase({ url, max: 4 });
await prepareQueues(db, silentLog);
const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
const system = systemActor('test');
const archiveId = await house.holdings.addArchive(system, {
  parentId: null,
  code: '990111',
  name: '石桥县档案馆',
  level: 'county',
});
const agencyId = await house.holdings.addAgency(system, { archiveId, code: 'A01', name: '县民政局' });
const { clerk, decider } = people(archiveId, agencyId);
await mkdir(house.staging.folder, { recursive: true });

const faults: string[] = [];
let full = 0;

async function sent(by: Actor, bytes: number): Promise<string> {
  const at = join(folder, 'sent');
  await writeFile(at, randomBytes(bytes));
  return uploaded(house.staging.folder, by, at, `${newId()}.bin`);
}

async function leaveFree(bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(disk);
  const size = bavail * bsize - bytes;
  if (size > 0) await writeFile(join(disk, 'filler'), Buffer.alloc(size));
}

/** @returns why it was not sealed */
async function seal(id: string): Promise<unknown> {
  const [job] = house.deposits.jobs;
  try {
    await job?.run({
      id: newId(),
      data: { id },
      attempt: 1,
      signal: new AbortController().signal,
      progress: () => {},
    });
    return undefined;
  } catch (e) {
    return e;
  }
}

const isFull = (e: unknown): boolean =>
  e instanceof Error && (('code' in e && e.code === 'ENOSPC') || isFull(e.cause));

for (let round = 0; round < Number(rounds) && faults.length === 0; round++) {
  const uploadIds = [];
  for (let n = 0; n < 4; n++)
    uploadIds.push(await sent(clerk, 150_000 + Math.floor(Math.random() * 200_000)));
  const id = await house.deposits.make(clerk, {
    archiveId,
    agencyId,
    title: `备份${round}`,
    system: null,
    category: null,
    yearFrom: null,
    yearTo: null,
    note: null,
    uploadIds,
  });
  // At first not one byte, so that not even a folder's entry has room.
  await leaveFree(round === 0 ? 0 : Math.floor(Math.random() * 500_000));
  const why = await seal(id);
  const { deposit } = await house.deposits.read(clerk, id);
  if (why !== undefined) {
    full++;
    if (!isFull(why)) faults.push(`not for want of room: ${String(why)}`);
    if (deposit.state !== 'sealing') faults.push(`it is ${deposit.state}`);
    if (deposit.failure === null) faults.push('nobody is told why');
    if ((await readdir(lying)).some((name) => name.includes(id))) faults.push('half of it stays');
    const keys = await sql`select 1 from deposit.key where deposit_id = ${id}`.execute(db.owner);
    if (keys.rows.length > 0) faults.push('a key of nothing is kept');
    for (const upload of uploadIds)
      await stat(join(house.staging.folder, upload)).catch(() => faults.push('what was sent is gone'));
  } else if (deposit.state !== 'kept') faults.push(`it passed and is ${deposit.state}`);
  await rm(join(disk, 'filler'), { force: true });
  const again = await seal(id);
  if (again !== undefined) faults.push(`with room again: ${String(again)}`);
  const { deposit: kept } = await house.deposits.read(clerk, id);
  if (kept.state !== 'kept') faults.push(`with room again it is ${kept.state}`);
  // Every byte is as it was sealed.
  await sql`update deposit.deposit set checked_at = now() - interval '400 days'`.execute(db.owner);
  await house.deposits.tidy();
  const { deposit: proved } = await house.deposits.read(decider, id);
  if (proved.damagedAt !== null || proved.files !== 4) faults.push('it is damaged');
  for (const upload of uploadIds)
    await stat(join(house.staging.folder, upload)).then(
      () => faults.push('an upload stays'),
      () => {},
    );
  await rm(join(lying, id), { recursive: true, force: true });
  await sql`update deposit.deposit set state = 'ended', ended_at = now() where id = ${id}`.execute(db.owner);
}
process.stdout.write(`${JSON.stringify({ full, faults })}\n`);
process.exit(0);
