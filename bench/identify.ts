import { spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createIdentifier, createIdentifierPool, type IdentifierConfig } from '#formats/pronom';
import { openFileSource } from '../src/formats/pronom/source.ts';
import { readConfig } from '../src/main/config.ts';

export const name = 'identify';

const MOST = 4000;
const TURNS = 5;
const LARGE = 200_000;
const WINDOW = 65_536;

/**
 * Time to tell the format of each file of a folder (this clone's installed packages, as they came), beside reading the same
 * bytes and nothing else, and beside siegfried where its program `sf` is on the path; by the signatures the settings
 * name, else by the built-in table. Then files of 200 kB in all threads. Processor time, which other work hardly changes.
 */
export async function run() {
  const { pronom } = readConfig();
  const config: IdentifierConfig = { signatures: pronom.signatures, containers: pronom.containers };
  const folder = mkdtempSync(join(tmpdir(), 'lantai-bench-identify-'));
  try {
    const files = realFiles();
    const identifier = await createIdentifier(config);
    const ours: number[] = [];
    const bytes: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      ours.push(
        await spent(async () => {
          for (const file of files) await identifier.identify(file);
        }),
      );
      bytes.push(await spent(async () => files.forEach(readAlone)));
    }
    const each = (ms: number) => Number((ms / files.length).toFixed(4));
    const least = each(Math.min(...ours));
    const peer = siegfried(files, folder);
    return {
      signatures: identifier.source,
      files: files.length,
      megabytes: Math.round(files.reduce((sum, f) => sum + statSync(f).size, 0) / 1e6),
      processorMsPerFile: { identify: least, readingAlone: each(Math.min(...bytes)), siegfried: peer },
      speedBesideSiegfried: typeof peer === 'number' ? Number((peer / least).toFixed(2)) : peer,
      large: await largeFiles(config, folder),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function realFiles(): string[] {
  const root = fileURLToPath(new URL('../node_modules', import.meta.url));
  const all: string[] = [];
  const look = (path: string) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) look(join(path, entry.name));
      else if (entry.isFile()) all.push(join(path, entry.name));
    }
  };
  look(root);
  all.sort();
  const step = Math.max(1, Math.floor(all.length / MOST));
  return all.filter((_, i) => i % step === 0).slice(0, MOST);
}

function readAlone(path: string): void {
  const file = openFileSource(path);
  file.read(0, Math.min(file.bytes, WINDOW * 2));
  if (file.bytes > WINDOW * 2) file.read(file.bytes - WINDOW, WINDOW);
  file.close();
}

/** Milliseconds of processor time, of the system's share too. */
async function spent(work: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Of its process, less what it takes to start and read its own signatures. */
function siegfried(files: readonly string[], folder: string): number | string {
  const list = join(folder, 'files.txt');
  writeFileSync(list, files.join('\n'));
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const whole = leastOf(['-json', '-f', list]);
  const start = leastOf(['-json', empty]);
  if (whole === undefined || start === undefined) return 'not measured: sf is not on the path';
  return Number(((whole - start) / files.length).toFixed(4));
}

function leastOf(words: readonly string[]): number | undefined {
  const times: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const shell = 'sf "$@" > /dev/null 2>&1; code=$?; times; exit $code';
    const { status, stdout } = spawnSync('bash', ['-c', shell, 'sf', ...words], { encoding: 'utf8' });
    // `times` says the shell's own time, then that of its children: user, system.
    const found = /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/.exec(stdout);
    if (status !== 0 || !found) return undefined;
    const [m, s, n, t] = found.slice(1).map(Number) as [number, number, number, number];
    times.push(((m + n) * 60 + s + t) * 1000);
  }
  return Math.min(...times);
}

const HEADS = [
  '%PDF-1.7\n',
  'GIF89a',
  '\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01',
  'II*\0\x08\0\0\0\0\0',
  '<?xml version="1.0"?><a>',
];

async function largeFiles(config: IdentifierConfig, folder: string) {
  const places: string[] = [];
  for (let i = 0; i < 500; i++) {
    const content = randomFillSync(Buffer.alloc(LARGE));
    content.write(HEADS[i % HEADS.length]!, 0, 'latin1');
    const path = join(folder, `${i}.bin`);
    writeFileSync(path, content);
    places.push(path);
  }
  const pool = createIdentifierPool(config);
  const batches = Array.from({ length: 25 }, (_, i) => places.slice(i * 20, i * 20 + 20));
  const all = () => Promise.all(batches.map((batch) => pool.identify(batch)));
  await all();
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const started = performance.now();
    await all();
    times.push(performance.now() - started);
  }
  await pool.close();
  return {
    files: places.length,
    bytes: LARGE,
    wallMsPerFile: Number((Math.min(...times) / places.length).toFixed(3)),
    limitMs: 0.5,
  };
}
