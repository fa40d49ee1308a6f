import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMINE_JOB } from '#modules/examination';
import { type KeptHouse, keptHouse } from '../support/keptHouse.ts';
import { runAndKill } from '../support/killedJob.ts';

const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 3);
const FILES = 300;
let kept: KeptHouse;

beforeAll(async () => {
  kept = await keptHouse();
});
afterAll(() => kept.close());

/** A bag of many files, one of them changed since, as it was dropped. */
async function dropped(): Promise<string[]> {
  const { staging } = kept.house;
  await mkdir(staging.folder, { recursive: true });
  const send = async (path: string, content: string) => {
    const id = randomBytes(16).toString('hex');
    const metadata = { filename: path.split('/').at(-1), relativePath: path, person: kept.keeper.id };
    await writeFile(join(staging.folder, id), content);
    await writeFile(
      join(staging.folder, `${id}.json`),
      JSON.stringify({ size: Buffer.byteLength(content), metadata }),
    );
    return id;
  };
  const uploads = [await send('bag/bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')];
  let manifest = '';
  for (let i = 0; i < FILES; i++) {
    const text = `document ${i}\n`;
    manifest += `${createHash('sha256').update(text).digest('hex')}  data/${i}.txt\n`;
    uploads.push(await send(`bag/data/${i}.txt`, i === 7 ? 'changed' : text));
  }
  uploads.push(await send('bag/manifest-sha256.txt', manifest));
  return uploads;
}

describe('an examination whose process is killed', () => {
  it('comes to the same at the next try, with nothing left in two places', async () => {
    const { examinations } = kept.house;
    const [job] = examinations.jobs;
    for (let round = 0; round < ROUNDS; round++) {
      const id = await examinations.begin(kept.keeper, await dropped());
      await runAndKill(kept, { name: EXAMINE_JOB, data: { id } }, { steps: 1 + (round % 3), moments: 400 });
      await job!.run({
        id,
        data: { id },
        attempt: 2,
        signal: new AbortController().signal,
        progress: () => {},
      });
      const report = await examinations.report(kept.keeper, id);
      expect(report).toMatchObject({ state: 'done', kind: 'bag', valid: false, listed: FILES + 3 });
      expect(report.groups).toEqual([
        { family: 'bagDigest', code: 'bag.digest', severity: 'error', count: 1 },
      ]);
      expect(await readdir(kept.house.staging.folder)).toEqual([]);
      expect(await readdir(join(kept.house.config.dataDir, 'examinations', id))).toEqual(['content']);
      await examinations.remove(kept.keeper, id);
    }
    expect(await readdir(join(kept.house.config.dataDir, 'examinations'))).toEqual([]);
  }, 300_000);
});
