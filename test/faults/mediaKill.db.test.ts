import { execFile } from 'node:child_process';
import { access, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesystemReader, validateRoot } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { sql } from '#kernel/db';
import { type KeptHouse, keptHouse } from '../support/keptHouse.ts';
import { runAndKill } from '../support/killedJob.ts';

const run = promisify(execFile);
const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 2);
const MOST_ROUNDS = 10 * ROUNDS;
const UNITS = 5;
const WHOLE = ['README.txt', 'manifest-sha512.txt', 'medium.json', 'ocfl', 'register.csv'];
const pool = createDigestPool(1);
let kept: KeptHouse;
beforeAll(async () => {
  kept = await keptHouse();
});
afterAll(async () => {
  await pool.close();
  await kept.close();
});

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
async function errors(folder: string): Promise<string[]> {
  const { findings } = await validateRoot(filesystemReader(join(folder, 'ocfl'), pool));
  return findings.filter((f) => f.severity === 'error').map((f) => `${f.code} ${f.path}`);
}

it('a set of media killed while it is written holds whole objects or none, and is written to its end', {
  timeout: 600_000 + ROUNDS * 60_000,
}, async () => {
  const { media } = kept.house;
  await kept.hold(
    Array.from({ length: UNITS }, (_, i) => ({
      code: `J019-WS·2003·D10-000${i + 1}`,
      title: `第${i + 1}件`,
      text: `第${i + 1}件的正文`.repeat(2_000),
    })),
  );
  const plan = await media.makePlan(kept.keeper, {
    archiveId: kept.archive,
    title: '一批',
    kind: 'optical',
    mediumBytes: 20_000_000,
  });
  await kept.run('plan-media', { id: plan });
  const [medium, other] = (await media.media(kept.keeper, { planId: plan, limit: 10 })).items;
  const folder = join(kept.config.dataDir, 'media', 'killed');
  const data = { id: medium!.id, folder, by: { id: null, name: '王某' } };
  await media.write(kept.keeper, medium!.id, 'killed');
  const state = async () => (await media.medium(kept.keeper, medium!.id)).medium;
  let killed = 0;
  // A quick machine may be done before it is killed; one at least is killed at work.
  for (let round = 0; round < ROUNDS || (killed === 0 && round < MOST_ROUNDS); round++) {
    if ((await state()).state !== 'writing') {
      await rm(folder, { recursive: true });
      await sql`update preservation.medium set state = 'writing', manifest_sha512 = null
        where id = ${medium!.id}`.execute(kept.db.owner);
    }
    await runAndKill(
      kept,
      { name: 'write-medium', data },
      { steps: 1 + Math.floor(Math.random() * (2 * medium!.objects + 2)), moments: 50 },
    );
    const now = await state();
    if (now.state === 'writing') killed++;
    else {
      // Said to be written by then, whether or not it came to say so: so it is whole, and nothing of the work is left on it.
      expect(await errors(folder)).toEqual([]);
      expect((await readdir(folder)).sort()).toEqual(WHOLE);
      expect(now).toMatchObject({
        condition: 'good',
        manifestSha512: expect.stringMatching(/^[0-9a-f]{128}$/),
      });
    }
    // Objects lie there whole; what is not whole lies aside.
    if (await isThere(join(folder, 'ocfl/0=ocfl_1.1'))) {
      const found = await errors(folder);
      if (await isThere(join(folder, 'README.txt'))) expect(found).toEqual([]);
      else expect(found.filter((f) => !/ocfl_layout|extensions|^E0(68|70|71|72|80)/.test(f))).toEqual([]);
    }
    // A manifest is there only when all was read back; a medium counts only with its manifest.
    if (await isThere(join(folder, 'manifest-sha512.txt')))
      await run('sha512sum', ['--quiet', '-c', 'manifest-sha512.txt'], { cwd: folder });
    else expect(now).toMatchObject({ state: 'writing', manifestSha512: null });
  }
  expect(killed).toBeGreaterThan(0);
  if ((await state()).state === 'writing') await kept.run('write-medium', data);
  expect(await state()).toMatchObject({ state: 'written', condition: 'good', trouble: null });
  await run('sha512sum', ['--quiet', '-c', 'manifest-sha512.txt'], { cwd: folder });
  expect(await errors(folder)).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(WHOLE);
  // As one that nobody disturbed.
  const whole = join(kept.config.dataDir, 'media', 'whole');
  await media.write(kept.keeper, other!.id, 'whole');
  await kept.run('write-medium', { ...data, id: other!.id, folder: whole });
  await run('diff', ['-r', join(folder, 'ocfl'), join(whole, 'ocfl')]);
  const events = await sql<{ n: number; objects: number }>`select count(*)::int as n,
    count(distinct object_id)::int as objects from preservation.event
    where type = 'replication' and detail ->> 'medium' = ${medium!.number}`.execute(kept.db.owner);
  expect(events.rows[0]!.objects).toBe(medium!.objects);
});
