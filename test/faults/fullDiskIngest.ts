/**
 * Takes packages into a house whose folder lies on a small file system that is filled up at random, and checks that each comes
 * in whole once there is room. Started by the test beside it, in a mount of its own. Says what it did in one line of JSON.
 */
import { randomBytes } from 'node:crypto';
import { readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeBag } from '#formats/bagit';
import { systemActor } from '#kernel/actor';
import { openDatabase, sql } from '#kernel/db';
import { silentLog } from '#kernel/log';
import { readConfig } from '../../src/main/config.ts';
import { prepareQueues } from '../../src/main/serve.ts';
import { openHouse } from '../../src/main/wire.ts';

const FILES = 12;
const [url = '', folder = '', disk = '', rounds = '0'] = process.argv.slice(2);
const system = systemActor('test');
const config = readConfig({
  LANTAI_DATA: join(disk, 'data'),
  LANTAI_DATABASE_URL: url,
  LANTAI_OCR_WORKERS: '0',
});
const db = openDatabase({ url, max: 4 });
await prepareQueues(db, silentLog);
const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
await house.holdings.addArchive(system, {
  parentId: null,
  code: '990111',
  name: '石桥县档案馆',
  level: 'county',
});
const faults: string[] = [];
let full = 0;

async function leaveFree(bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(disk);
  const size = bavail * bsize - bytes;
  if (size > 0) await writeFile(join(disk, 'filler'), Buffer.alloc(size));
}

for (let round = 0; round < Number(rounds) && faults.length === 0; round++) {
  const path = join(folder, `${round}.zip`);
  await writeBag(path, {
    wrapper: 'zip',
    name: `bag${round}`,
    date: new Date(0),
    files: Array.from({ length: FILES }, (_, i) => ({
      path: `${i}/${round}.bin`,
      content: randomBytes(60_000),
      bytes: 60_000,
    })),
  });
  const order = { path, archive: '990111', fonds: 'J077' };
  await leaveFree(Math.floor(Math.random() * 900_000));
  try {
    const done = await house.packages.ingest(system, order);
    if (!done.accepted) faults.push(`refused: ${JSON.stringify(done.findings)}`);
  } catch (e) {
    full++;
    const said = String(e instanceof Error ? `${e.message} ${(e.cause as Error | undefined)?.message}` : e);
    if (!/ENOSPC|no space|full|53100/i.test(said)) faults.push(said);
  }
  await rm(join(disk, 'filler'), { force: true });
  await house.preservation.writing.settle(-1);
  const done = await house.packages.ingest(system, order);
  if (!done.accepted) faults.push(`refused with room: ${JSON.stringify(done.findings)}`);
  const held = await sql<{ id: string; n: number }>`select unit_id as id, count(*)::int as n
    from preservation.content group by unit_id`.execute(db.owner);
  if (held.rows.length !== FILES * (round + 1)) faults.push(`${held.rows.length} entries have content`);
  for (const { id, n } of held.rows) {
    if (n !== 1) faults.push(`${id} has ${n} files`);
    for (const f of await house.preservation.repository.verify(`urn:uuid:${id}`))
      if (f.severity === 'error') faults.push(`${id} ${f.code}`);
  }
  for (const left of await readdir(config.dataDir, { recursive: true }))
    if (/package-(?:ingest|eep|ead)-/.test(left)) faults.push(`it left ${left}`);
}
process.stdout.write(`${JSON.stringify({ full, faults })}\n`);
process.exit(0);
