import { spawn } from 'node:child_process';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { filesystemReader, validateRoot } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { sql } from '#kernel/db';
import { type CopiesHouse, copiesHouse, SYSTEM } from './copies.ts';

/** A keeper in a process of its own; killed after a moment, or left until it says that nothing is left to do. */
async function keep(house: CopiesHouse, killAfterMs: number | null): Promise<void> {
  const script = fileURLToPath(new URL('../faults/copiesKeeper.ts', import.meta.url));
  const child = spawn(process.execPath, [script, house.house.db.url, house.folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  let out = '';
  const said = (word: string) =>
    new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        if (out.includes(word)) resolve();
      });
    });
  await Promise.race([said(killAfterMs === null ? 'done' : 'ready'), ended]);
  if (child.exitCode !== null) throw new Error(`the keeper ended with ${child.exitCode}`);
  if (killAfterMs !== null) await pause(killAfterMs);
  child.kill('SIGKILL');
  await ended;
}

const harms: ((file: string) => Promise<void>)[] = [
  async (file) => {
    const bytes = await readFile(file);
    if (bytes.length > 0) bytes[bytes.length >> 1]! ^= 1;
    await writeFile(file, bytes);
  },
  (file) => truncate(file, 1),
  (file) => rm(file),
];

/** Damages one copy of an object, and says so in the database as verifying would. */
async function harm(house: CopiesHouse, store: string, o: { objectId: string; path: string }, n: number) {
  const object = join(house.at(store), o.path);
  const files = (await readdir(object, { recursive: true, withFileTypes: true })).filter((e) => e.isFile());
  const file = files[n % files.length];
  if (file) await harms[n % harms.length]!(join(file.parentPath, file.name));
  await sql`update preservation.copy set condition = 'damaged', tried_at = null where object_id = ${o.objectId}
    and store_id = (select id from preservation.store where name = ${store})`.execute(house.house.db.owner);
}

/**
 * Kills a keeper at random moments of copying and mending. After each: every object is whole in one of its copies at least;
 * at the end: in all of them, and the stores are sound roots.
 *
 * @returns what was found wrong; nothing, if all is well
 */
export async function killKeeper(rounds: number): Promise<string[]> {
  const house = await copiesHouse({ copiesWanted: 2 });
  const pool = createDigestPool(1);
  const wrong: string[] = [];
  try {
    await house.addStore('second');
    const objects: { objectId: string; path: string; unitId: string; text: string }[] = [];
    const holds = async (store: string, o: (typeof objects)[number]) => {
      const { repository } = house.preservation;
      const object = join(house.at(store), repository.pathOf(o.objectId));
      try {
        const { head } = JSON.parse(await readFile(join(object, 'inventory.json'), 'utf8')) as {
          head: string;
        };
        return (await readFile(join(object, `${head}/content/a.txt`), 'utf8')) === o.text;
      } catch {
        // Away, or an inventory cut short or altered by the harm done: not whole here.
        return false;
      }
    };
    for (let round = 0; round < rounds; round++) {
      const text = `round ${round}`;
      const old = objects[round % 7];
      const put = await house.put({ 'a.txt': text, 'b.bin': Buffer.alloc(150_000, round) }, old?.unitId);
      if (old) old.text = text;
      else objects.push({ ...put, text });
      const victim = objects[(round * 5 + 3) % objects.length]!;
      // A copy that is proved at this moment is left: whatever breaks, one good one there is.
      const sound = await house.copies.objectCopies(SYSTEM, victim.objectId);
      if (sound.copies.every((c) => c.condition === 'sound'))
        await harm(house, round % 2 ? 'main' : 'second', victim, round);
      await keep(house, Math.random() * 400);
      for (const o of objects)
        if (!(await holds('main', o)) && !(await holds('second', o)))
          wrong.push(`round ${round}: ${o.objectId} is in no store`);
    }
    await keep(house, null);
    const report = await house.copies.verifyNow({ repair: true });
    if (report.remaining > 0) wrong.push(`at the end: ${JSON.stringify(report.findings.slice(0, 3))}`);
    for (const store of ['main', 'second']) {
      const { findings } = await validateRoot(filesystemReader(house.at(store), pool));
      wrong.push(
        ...findings.filter((f) => f.severity === 'error').map((f) => `${store}: ${f.code} ${f.path}`),
      );
      for (const o of objects)
        if (!(await holds(store, o))) wrong.push(`${o.objectId} is not whole in ${store}`);
    }
    return wrong;
  } finally {
    await pool.close();
    await house.close();
  }
}
