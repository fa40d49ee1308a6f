import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import {
  createStorageRoot,
  openRepository,
  openStore,
  type StoreLocation,
  validateRoot,
} from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { s3Missing, s3Program, startS3, type TestS3 } from '../support/s3.ts';

const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 4);
/** Versions pile up with the rounds, and every round reads them all: a new storage root now and then. */
const ROUNDS_A_ROOT = 10;
const pool = createDigestPool(1);
const folders: string[] = [];
let s3: TestS3 | undefined;
afterAll(async () => {
  await s3?.stop();
  await pool.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

interface Place {
  /** Folder for what the writer needs besides. */
  readonly home: string;
  readonly location: StoreLocation;
}

interface Writer {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  /** Lines so far, the last perhaps cut off. */
  said(): string;
}

function startWriter({ home, location }: Place, flush: string, from: number, objects = 5): Writer {
  const program = fileURLToPath(new URL('./ocflWriter.ts', import.meta.url));
  const words = [program, home, JSON.stringify(location), flush, String(from), String(objects)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return { child, ended, said: () => out };
}

/** Waits until the writer has said so many lines. */
async function linesOf({ child, said }: Writer, count: number): Promise<void> {
  while (said().split('\n').length <= count) {
    expect(child.exitCode, 'the writer runs until it is killed').toBeNull();
    await setTimeout(5);
  }
}

interface Acknowledged {
  readonly id: string;
  readonly version: string;
  readonly count: string;
}

function acknowledgements(said: string): Acknowledged[] {
  const complete = said.slice(0, said.lastIndexOf('\n') + 1);
  return complete
    .split('\n')
    .slice(1, -1)
    .map((line) => {
      const [id = '', version = '', ...count] = line.split(' ');
      return { id, version, count: count.join(' ') };
    });
}

/**
 * Runs the writer, waits for some acknowledgements and a moment more, and kills it. Counted in acknowledgements and not
 * in time alone, so that a slow disk tests the same; the first of all is the line that it has begun.
 */
async function writeAndKill(place: Place, flush: string, from: number): Promise<Acknowledged[]> {
  const writer = startWriter(place, flush, from);
  await linesOf(writer, 1 + Math.floor(Math.random() * 6));
  await setTimeout(Math.random() * 150);
  expect(writer.child.exitCode, 'the writer runs until it is killed').toBeNull();
  writer.child.kill('SIGKILL');
  await writer.ended;
  return acknowledgements(writer.said());
}

async function newRoot(flush: string) {
  const home = await mkdtemp(join(tmpdir(), 'lantai-kill-'));
  folders.push(home);
  const staging = join(home, 'staging');
  const folder = { kind: 'folder', root: join(home, 'root'), staging } as const;
  if (flush === 's3') s3 ??= await startS3();
  const location: StoreLocation = flush === 's3' ? s3!.location() : folder;
  const { store } = await openStore(location, { pool });
  await createStorageRoot(store);
  const repository = await openRepository({ store });
  const demand = async (list: Iterable<Acknowledged>, when: string) => {
    for (const { id, version, count } of list) {
      const { stream } = await repository.openFile(id, 'count.txt', { version, verify: true });
      expect(await text(stream), `${id} ${version} ${when}`).toBe(count);
    }
  };
  const demandSound = async () => {
    const swept = await repository.sweepStaging();
    expect(swept.recovered.filter((r) => r.recovery.outcome === 'damaged')).toEqual([]);
    const findings = (await validateRoot(store)).findings.filter((f) => f.severity !== 'info');
    expect(findings).toEqual([]);
    for (const what of ['drafts', 'locks'])
      expect(await left(what), `nothing is left of ${what}`).toEqual([]);
  };
  const left = (what: string): Promise<string[]> =>
    location.kind === 'folder'
      ? readdir(join(staging, what))
      : readdir(join(s3!.folder, `${location.prefix}.staging`, what)).catch(() => []);
  return { home, location, demand, demandSound };
}

const KINDS = ['file', 'filesystem', ...(s3Program ? ['s3'] : [])];

describe.each(KINDS)(`a writer killed at any moment, flushing by %s${s3Missing}`, (flush) => {
  it('loses nothing it acknowledged, and leaves nothing half there', { timeout: 7_200_000 }, async () => {
    let root = await newRoot(flush);
    let acknowledged: Acknowledged[] = [];
    let all = 0;
    for (let round = 0; round < ROUNDS; round++) {
      if (round > 0 && round % ROUNDS_A_ROOT === 0) {
        await rm(root.home, { recursive: true });
        root = await newRoot(flush);
        acknowledged = [];
      }
      const now = await writeAndKill(root, flush, round * 10_000);
      acknowledged.push(...now);
      all += now.length;
      await root.demand(acknowledged, 'before recovery');
      await root.demandSound();
      await root.demand(acknowledged, 'after recovery');
    }
    expect(all).toBeGreaterThan(0);
  });
});

describe('two writers of the same objects', () => {
  it('never lose each other’s versions, also when one is killed', { timeout: 600_000 }, async () => {
    const { demand, demandSound, ...place } = await newRoot('file');
    for (let round = 0; round < Math.max(2, ROUNDS / 10); round++) {
      const [a, b] = [1, 2].map((n) => startWriter(place, 'file', round * 20_000 + n * 10_000, 3)) as [
        Writer,
        Writer,
      ];
      await linesOf(a, 6);
      await linesOf(b, 6);
      a.child.kill('SIGKILL');
      await a.ended;
      // What the dead one held, the living one takes over.
      await linesOf(b, b.said().split('\n').length + 6);
      b.child.kill('SIGKILL');
      await b.ended;
      const acknowledged = [a, b].flatMap((w) => acknowledgements(w.said()));
      await demandSound();
      await demand(acknowledged, 'of either');
      const versions = acknowledged.map((x) => `${x.id} ${x.version}`);
      expect(new Set(versions).size, 'no version is acknowledged twice').toBe(versions.length);
    }
  });
});
