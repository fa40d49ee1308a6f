import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTree } from '#formats/tree';
import { contents } from '../../src/formats/tree/testing/reading.ts';
import { createGuardedProcess } from '../support/guardedProcess.ts';
import {
  alterBytes,
  alterFiles,
  alterHeaders,
  type Chance,
  createChance,
  nest,
  type PackageFiles,
  wrapFiles,
} from '../support/packageAlterations.ts';

const corpora = process.env.LANTAI_CORPORA ?? '';
/** How many packages are made, from which seed; one that failed comes again from its own. */
const WANTED = Number(process.env.LANTAI_ALTERED_PACKAGES ?? 10_000);
const FIRST = Number(process.env.LANTAI_ALTERED_FROM ?? 1);
const LIMIT_MB = 700;
const PATIENCE = 30_000;
const LARGEST = 3_000_000;
const JUDGES = 2;
const JUDGE = new URL('./packageJudge.ts', import.meta.url);

/** A package as it came: one file, or files of a folder. */
type Source = { name: string } & ({ bytes: Buffer } | { files: PackageFiles });

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lantai-altered-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function filesOf(folder: string): Promise<PackageFiles> {
  const tree = await openTree(folder);
  const found = await contents(tree);
  await tree.close();
  return new Map([...found].filter((e): e is [string, Buffer] => e[1] !== null));
}

/** Every package of the corpora that is not too large to be altered thousands of times. */
async function readSources(): Promise<Source[]> {
  const at = (pattern: string) =>
    globSync(pattern, { cwd: corpora })
      .map((p) => join(corpora, p))
      .sort();
  const folders = at('ocfl/official/*/*-objects/*').filter((p) => !p.endsWith('.tar'));
  const packed = join(corpora, 'eark/eark-ip-test-corpus.tar.gz');
  if (existsSync(packed)) {
    const unpacked = join(home, 'eark');
    await mkdir(unpacked);
    execFileSync('tar', ['-xzf', packed, '-C', unpacked]);
    // Every third: they differ in one value each.
    folders.push(
      ...globSync('**/METS.xml', { cwd: unpacked })
        .map((p) => join(unpacked, dirname(p)))
        .sort()
        .filter((p, i, all) => !all.some((q) => p.startsWith(`${q}/`)) && i % 3 === 0),
    );
  }
  const sources: Source[] = [];
  for (const path of [
    ...at('{bagit,ocfl,eark}/**/*.{zip,tar,gz}'),
    ...at('ofd/**/*.ofd'),
    ...at('eep/**/*.xml'),
  ]) {
    if ((await stat(path)).size > LARGEST) continue;
    sources.push({ name: path, bytes: await readFile(path) });
    if (/\.(xml|ofd)$/.test(path)) continue;
    const files = await filesOf(path).catch(() => null);
    if (files) sources.push({ name: path, files });
  }
  for (const folder of folders) sources.push({ name: folder, files: await filesOf(folder) });
  return sources;
}

/** Writes an altered package; as a folder only what can lie in one. */
async function make(source: Source, chance: Chance, place: string): Promise<void> {
  if ('bytes' in source) {
    const way = chance.of(['bytes', 'bytes', 'headers', 'headers', 'nest', 'both'] as const);
    let { bytes } = source;
    if (way === 'headers' || way === 'both') bytes = alterHeaders(bytes, chance);
    if (way === 'bytes' || way === 'both') bytes = alterBytes(bytes, chance);
    if (way === 'nest') bytes = nest(chance.below(2) ? alterBytes(bytes, chance) : bytes, chance);
    return writeFile(place, bytes);
  }
  const files = alterFiles(source.files, chance);
  if (chance.below(2) === 0)
    return writeFile(
      place,
      chance.below(8) === 0 ? nest(wrapFiles(files, chance), chance) : wrapFiles(files, chance),
    );
  await mkdir(place);
  for (const [path, content] of files) {
    const inside = normalize(path);
    if (
      path === '' ||
      inside.startsWith('..') ||
      inside.startsWith('/') ||
      path.includes('\0') ||
      path.split('/').some((s) => Buffer.byteLength(s) > 255)
    )
      continue;
    // A file may stand where a folder is wanted.
    await mkdir(join(place, dirname(inside)), { recursive: true })
      .then(
        () => writeFile(join(place, inside), content),
        () => {},
      )
      .catch(() => {});
  }
}

interface Answer {
  kind?: string;
  valid?: boolean;
}

describe.skipIf(corpora === '')('altered packages (skipped unless LANTAI_CORPORA names the corpora)', () => {
  it(`are judged, ${WANTED} of them, without a crash, a hang, a write elsewhere or much memory`, {
    timeout: 7_200_000,
  }, async () => {
    const sources = await readSources();
    expect(sources.length).toBeGreaterThan(100);
    const quarantine = join(home, 'quarantine');
    await mkdir(quarantine);
    const failed: string[] = [];
    const kinds = new Map<string, number>();
    let [next, peak] = [FIRST, 0];
    const work = async (judgeNumber: number) => {
      const scratch = join(home, `scratch-${judgeNumber}`);
      await mkdir(scratch);
      const judge = createGuardedProcess(JUDGE, scratch, quarantine, PATIENCE);
      for (let seed = next++; seed < FIRST + WANTED; seed = next++) {
        const chance = createChance(seed);
        const source = chance.of(sources);
        const place = join(quarantine, `package-${seed}`);
        await make(source, chance, place);
        // Also as what it is not recognised as.
        const answer = await judge.ask<Answer>({
          path: place,
          kind: chance.below(10) === 0 ? 'bag' : undefined,
        });
        peak = Math.max(peak, answer.rss / 1e6);
        const key = `${answer.kind ?? 'fault'} ${answer.valid ? 'valid' : 'invalid'}`;
        kinds.set(key, (kinds.get(key) ?? 0) + 1);
        if (answer.fault !== undefined)
          failed.push(`seed ${seed} of ${basename(source.name)}: ${answer.fault}`);
        if (answer.rss / 1e6 > LIMIT_MB)
          failed.push(`seed ${seed} of ${basename(source.name)}: ${answer.rss / 1e6} MB`);
        await rm(place, { recursive: true, force: true });
        if ((await readdir(scratch)).length > 0) {
          if (answer.fault === undefined)
            failed.push(`seed ${seed} of ${basename(source.name)}: something was left in the scratch folder`);
          for (const left of await readdir(scratch))
            await rm(join(scratch, left), { recursive: true, force: true });
        }
      }
      judge.end();
    };
    await Promise.all(Array.from({ length: JUDGES }, (_, i) => work(i)));
    process.stdout.write(
      `  peak ${Math.round(peak)} MB; ${[...kinds]
        .sort()
        .map(([k, n]) => `${k}: ${n}`)
        .join(', ')}\n`,
    );
    expect(failed.slice(0, 20)).toEqual([]);
    // Nothing came to be beside the quarantine.
    expect((await readdir(home)).filter((n) => !/^(eark|quarantine|scratch-\d)$/.test(n))).toEqual([]);
    expect(await readdir(quarantine)).toEqual([]);
  });
});
