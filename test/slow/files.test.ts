import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuardedProcess } from '../support/guardedProcess.ts';
import { alterBytes, alterHeaders, type Chance, createChance, nest } from '../support/packageAlterations.ts';

const corpora = process.env.LANTAI_CORPORA ?? '';
/** How many files are made, from which seed; one that failed comes again from its own. */
const WANTED = Number(process.env.LANTAI_ALTERED_FILES ?? 10_000);
const FIRST = Number(process.env.LANTAI_ALTERED_FROM ?? 1);
const LIMIT_MB = 1000;
const PATIENCE = 60_000;
const LARGEST = 2_000_000;
const LOOKERS = 2;

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lantai-altered-files-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Every file of the corpora of formats; the skeletons, unpacked, apart, since they are many and small. */
async function sourcesOf(): Promise<{ real: string[]; skeletons: string[] }> {
  const unpacked = join(home, 'skeletons');
  await mkdir(unpacked);
  for (const archive of globSync(join(corpora, 'pronom/*.tar.gz')))
    execFileSync('tar', ['-xzf', archive, '-C', unpacked]);
  const filesAt = async (pattern: string) => {
    const found: string[] = [];
    for (const path of globSync(pattern).sort()) {
      const facts = await stat(path);
      if (facts.isFile() && facts.size > 0 && facts.size <= LARGEST) found.push(path);
    }
    return found;
  };
  const [real, skeletons] = [
    await filesAt(join(corpora, '{formats,pdf,ofd}/**/*')),
    await filesAt(join(unpacked, '**/*')),
  ];
  return { real, skeletons };
}

/** Cut, turned over, with other numbers in its headers, within another, behind another, or under another's name. */
async function make(
  sources: readonly string[],
  chance: Chance,
  folder: string,
  seed: number,
): Promise<string> {
  const source = chance.of(sources);
  let bytes: Buffer = await readFile(source);
  let ending = extname(source);
  for (let n = 1 + chance.below(2); n > 0; n--)
    switch (chance.below(7)) {
      case 0:
        bytes = bytes.subarray(0, chance.below(bytes.length));
        break;
      case 1:
        bytes = alterHeaders(bytes, chance);
        break;
      case 2:
        ending = extname(chance.of(sources));
        break;
      case 3: {
        const other = await readFile(chance.of(sources));
        const at = chance.below(bytes.length);
        bytes = Buffer.concat([bytes.subarray(0, at), other, bytes.subarray(at)]).subarray(0, LARGEST);
        break;
      }
      case 4:
        bytes = chance.below(4) === 0 ? nest(bytes, chance) : alterBytes(bytes, chance);
        break;
      default:
        bytes = alterBytes(bytes, chance);
    }
  const path = join(folder, `file-${seed}${ending}`);
  await writeFile(path, bytes);
  return path;
}

describe.skipIf(corpora === '')('altered files (skipped unless LANTAI_CORPORA names the corpora)', () => {
  it(`are identified and looked into, ${WANTED} of them, without a crash, a hang, a write or much memory`, {
    timeout: 7_200_000,
  }, async () => {
    const sources = await sourcesOf();
    expect(Math.min(sources.real.length, sources.skeletons.length)).toBeGreaterThan(100);
    const [signatures] = globSync(join(corpora, 'pronom/**/DROID_SignatureFile*.xml'));
    const [containers] = globSync(join(corpora, 'pronom/**/container-signature*.xml'));
    expect(signatures && containers).toBeDefined();
    const quarantine = join(home, 'quarantine');
    await mkdir(quarantine);
    const failed: string[] = [];
    const kinds = new Map<string, number>();
    let [next, peak] = [FIRST, 0];
    const work = async (number: number) => {
      const scratch = join(home, `scratch-${number}`);
      await mkdir(scratch);
      const script = new URL('./fileLooker.ts', import.meta.url);
      const looker = createGuardedProcess(script, scratch, quarantine, PATIENCE);
      for (let seed = next++; seed < FIRST + WANTED; seed = next++) {
        const chance = createChance(seed);
        const from = chance.below(5) === 0 ? sources.skeletons : sources.real;
        const path = await make(from, chance, quarantine, seed);
        const config = chance.below(2) === 0 ? {} : { signatures, containers };
        const answer = await looker.ask<{ kind?: string }>({ path, config });
        peak = Math.max(peak, answer.rss / 1e6);
        const kind = answer.kind ?? 'fault';
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        if (answer.fault !== undefined) failed.push(`seed ${seed}: ${answer.fault}`);
        if (answer.rss / 1e6 > LIMIT_MB) failed.push(`seed ${seed}: ${answer.rss / 1e6} MB`);
        await rm(path);
      }
      looker.end();
      expect(await readdir(scratch)).toEqual([]);
    };
    await Promise.all(Array.from({ length: LOOKERS }, (_, i) => work(i)));
    process.stdout.write(
      `  peak ${Math.round(peak)} MB; ${[...kinds]
        .sort()
        .map(([kind, n]) => `${kind}: ${n}`)
        .join(', ')}\n`,
    );
    expect(failed.slice(0, 20)).toEqual([]);
    expect(await readdir(quarantine)).toEqual([]);
    // Given up by themselves is what a few may be, no more.
    const slow = kinds.get('inside.tooSlow') ?? 0;
    expect(slow).toBeLessThanOrEqual(WANTED / 1000);
  });
});
