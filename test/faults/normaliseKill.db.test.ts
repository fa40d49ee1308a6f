import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { readPackage } from '#modules/preservation';
import { incomingFile, webpPicture } from '../support/incoming.ts';
import { type KeptHouse, keptHouse } from '../support/keptHouse.ts';
import { runAndKill } from '../support/killedJob.ts';

const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 2);
const MOST_ROUNDS = 10 * ROUNDS;
const UNITS = 4;
const FILES = 2;
let kept: KeptHouse;
beforeAll(async () => {
  kept = await keptHouse();
});
afterAll(() => kept.close());

/** Entries with some pictures each; the same pictures each time. */
async function holdPictures(code: string): Promise<string[]> {
  const { house, folder, archive, fonds, keeper } = kept;
  const units = [];
  for (let u = 1; u <= UNITS; u++) {
    const id = await house.holdings.createUnit(keeper, {
      fondsId: fonds,
      title: '照片',
      referenceCode: `J019-2003-${code}-000${u}`,
    });
    const files = [];
    for (let f = 1; f <= FILES; f++)
      files.push(await incomingFile(join(folder, 'in'), `${f}.webp`, await webpPicture(`${u} ${f}`)));
    units.push({ id, archiveId: archive, files });
  }
  const outcomes = await house.preservation.hold({ id: null, name: '王某' }, units, async () => {});
  for (const o of outcomes) if (o.status === 'failed') throw o.error;
  return units.map((u) => u.id);
}

/** What an object holds and what was done to it, by digest; the catalogue's word on it beside. */
async function stateOf(id: string) {
  const { repository } = kept.house.preservation;
  const objectId = `urn:uuid:${id}`;
  expect(await repository.verify(objectId), objectId).toEqual([]);
  const { object } = await readPackage(repository, objectId);
  const files = object
    .files()
    .filter((f) => /^(content|derivatives)\//.test(f.logicalPath))
    .map((f) => `${f.logicalPath} ${f.digest}`);
  const entered = await sql<{
    line: string;
  }>`select ordinal || ' ' || state || ' ' || path || ' ' || sha512 as line
    from preservation.conversion where unit_id = ${id} order by ordinal`.execute(kept.db.owner);
  const events = await sql<{
    line: string;
  }>`select type || ' ' || outcome || ' ' || (detail ->> 'path') as line
    from preservation.event where object_id = ${objectId} and type = 'normalization' order by 1`.execute(
    kept.db.owner,
  );
  return {
    files: files.sort(),
    entered: entered.rows.map((r) => r.line),
    events: events.rows.map((r) => r.line),
  };
}

it('a conversion killed at any moment comes to what an undisturbed one makes, and touches no original', {
  timeout: 600_000 + ROUNDS * 60_000,
}, async () => {
  const data = { archiveId: kept.archive };
  const undisturbed = await holdPictures('D10');
  await kept.run('normalise-formats', data);
  const expected = await Promise.all(undisturbed.map(stateOf));
  expect(expected.every((e) => e.entered.length === FILES && e.events.length === FILES)).toBe(true);
  const units = await holdPictures('D30');
  const originals = (await Promise.all(units.map(stateOf))).map((s) => s.files);
  let killed = 0;
  // A quick machine may be done before it is killed; one at least is killed at work.
  for (let round = 0; round < ROUNDS || (killed === 0 && round < MOST_ROUNDS); round++) {
    const said = await runAndKill(
      kept,
      { name: 'normalise-formats', data },
      { steps: 1 + Math.floor(Math.random() * 2), moments: 700 },
    );
    if (!said.includes('done')) killed++;
    // Whatever the moment: each object is sound, and holds every original as it came.
    for (const [i, id] of units.entries()) {
      await kept.house.preservation.repository.recover(`urn:uuid:${id}`);
      expect((await stateOf(id)).files).toEqual(expect.arrayContaining(originals[i]!));
    }
  }
  expect(killed).toBeGreaterThan(0);
  await kept.house.preservation.writing.settle(-1);
  await kept.run('normalise-formats', data);
  for (const [i, id] of units.entries()) expect(await stateOf(id)).toEqual(expected[i]);
  expect((await sql`select from preservation.intent`.execute(kept.db.owner)).rows).toEqual([]);
  // Folders that killed runs left are cleared by the next start.
  const left = await readdir(join(kept.config.dataDir, 'scratch')).catch(() => []);
  expect(left.filter((n) => !n.startsWith('package-'))).toEqual([]);
});
