/**
 * Copies to a store on a small file system that is filled up at random, and checks after each failure that nothing there is
 * half there or counts as held. Started by the test beside it, in a mount of its own. Says what it did in one line of JSON.
 */
import { mkdir, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesystemReader, validateRoot } from '#formats/ocfl';
import { systemActor } from '#kernel/actor';
import { createDigestPool } from '#kernel/checksums';
import { openDatabase, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { openHeld } from '../support/openHeld.ts';

const [url = '', folder = '', disk = '', rounds = '0'] = process.argv.slice(2);
const SYSTEM = systemActor('test');
const db = openDatabase({ url, max: 4 });
const pool = createDigestPool(1);
await mkdir(folder, { recursive: true });
const { copies, preservation } = await openHeld(db, folder, { copiesWanted: 2 });
const faults: string[] = [];
let [full, told] = [0, 0];

async function leaveFree(bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(disk);
  const size = bavail * bsize - bytes;
  if (size > 0) await writeFile(join(disk, 'filler'), Buffer.alloc(size));
}

async function hold(n: number): Promise<void> {
  const list = Array.from({ length: 6 }, (_, i) => {
    const unitId = newId();
    return {
      ...({ objectId: `urn:uuid:${unitId}`, kind: 'unit', archiveId: null, unitId } as const),
      next: {
        files: [0, 1].map((k) => ({
          logicalPath: `${k}.bin`,
          source: { bytes: Buffer.alloc(Math.floor(Math.random() * 60_000), `${n} ${i} ${k} `) },
        })),
        message: 'taken in',
        user: { name: 'test', address: 'urn:test' },
        created: new Date(),
      },
    };
  });
  const outcomes = await preservation.writing.put(list);
  await db.system(async (tx) => {
    for (const [i, outcome] of outcomes.entries()) {
      if ('error' in outcome) throw outcome.error;
      await preservation.writing.enter(tx, list[i]!, outcome.result);
    }
  });
}

async function held(): Promise<{ sound: string[]; rest: number }> {
  const r = await sql<{
    id: string;
    condition: string;
  }>`select object_id as id, condition from preservation.copy
    where store_id = ${store.id}`.execute(db.owner);
  return {
    sound: r.rows.filter((x) => x.condition === 'sound').map((x) => x.id),
    rest: r.rows.filter((x) => x.condition !== 'sound').length,
  };
}

const root = join(disk, 'second');
const store = await copies.addStore(SYSTEM, {
  name: 'second',
  secrets: null,
  megabytesPerSecond: null,
  location: { kind: 'folder', root },
});
const codes = async () =>
  (await copies.alarms(SYSTEM, { states: ['open'], limit: 100 })).map((a) => `${a.storeName} ${a.code}`);
const untried = () => sql`update preservation.copy set tried_at = null`.execute(db.owner);

for (let round = 0; round < Number(rounds) && faults.length === 0; round++) {
  await hold(round);
  // At first not one byte, so that not even the store's own note can be written.
  await leaveFree(round === 0 ? 0 : Math.floor(Math.random() * 500_000));
  await untried();
  await copies.catchUp();
  const { sound, rest } = await held();
  for (const id of sound)
    for (const f of await preservation.repository.verify(id).catch(() => []))
      if (f.severity === 'error') faults.push(`${id} ${f.code}`);
  if (rest > 0) {
    full++;
    if ((await codes()).includes('second full')) told++;
    const trouble = await sql<{ trouble: string | null }>`select trouble from preservation.copy
      where condition <> 'sound' and tried_at is not null limit 1`.execute(db.owner);
    if (!/ENOSPC|no space|full/i.test(trouble.rows[0]?.trouble ?? 'ENOSPC'))
      faults.push(trouble.rows[0]!.trouble!);
  }
  const { findings } = await validateRoot(filesystemReader(root, pool));
  for (const f of findings.filter((x) => x.severity === 'error'))
    faults.push(`${f.code} ${f.path}: ${f.message}`);
  // What is held there is held, to the last byte.
  const report = await copies.verifyNow({ storeId: store.id, repair: false });
  if (report.sound !== sound.length || report.remaining > 0)
    faults.push(`said ${sound.length}, found ${JSON.stringify(report)}`);
  await rm(join(disk, 'filler'), { force: true });
  await untried();
  await copies.catchUp();
  const after = await held();
  if (after.rest > 0) faults.push(`${after.rest} copies are still not made with room again`);
  if ((await codes()).length > 0) faults.push(`alarms stay: ${(await codes()).join()}`);
  for (const left of await readdir(`${root}.staging/drafts`).catch(() => []))
    faults.push(`a draft is left: ${left}`);
  // The next round begins with room.
  for (const id of after.sound)
    await db.system((tx) => sql`delete from preservation.object where object_id = ${id}`.execute(tx));
  for (const name of await readdir(root))
    if (/^[0-9a-f]{2}$/.test(name)) await rm(join(root, name), { recursive: true });
}
process.stdout.write(`${JSON.stringify({ full, told, faults })}\n`);
process.exit(0);
