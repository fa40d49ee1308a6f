import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBag } from '#formats/bagit';
import { sql } from '#kernel/db';
import { type Handovers, handovers, writeHandover } from '../support/handovers.ts';
import { type KeptHouse, keptHouse } from '../support/keptHouse.ts';
import { stageFile } from '../support/staged.ts';

/** 100,000 where it is run for long. */
const FILES = Number(process.env.LANTAI_TRANSFER_FILES ?? 200);
/** Bytes of memory a worker may hold, however many files there are. */
const MOST = 512 * 2 ** 20;
const NODE_COMPILE_CACHE = fileURLToPath(new URL('../../.build/compile-cache', import.meta.url));
const WORKER = fileURLToPath(new URL('./transferWorker.ts', import.meta.url));
const text = (n: number) => Buffer.from(`第${n}件。民政局关于一九五四年救济工作的通知。\n`.repeat(4));
let kept: KeptHouse;
let over: Handovers;

beforeAll(async () => {
  kept = await keptHouse();
  over = await handovers(kept);
});
afterAll(() => kept.close(), 1_200_000);

/** Memory a process held at most so far, in bytes. */
async function peakOf({ pid }: Pick<ChildProcess, 'pid'>): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

/** A bag of so many files as one wrapper, and as its upload. */
async function bag(): Promise<string[]> {
  const path = join(over.out, 'bag.zip');
  async function* files() {
    for (let n = 0; n < FILES; n++) {
      const content = text(n);
      yield { path: `${String(n).padStart(6, '0')}/0001.txt`, content, bytes: content.length };
    }
  }
  await writeBag(path, { wrapper: 'zip', name: 'bag', date: new Date(0), scratch: over.out, files: files() });
  const uploads = [await staged(path, { filename: basename(path) })];
  await rm(path);
  return uploads;
}

/** A handover folder of so many files, half of them the metadata of the others, file by file. */
async function folder(): Promise<string[]> {
  const path = join(over.out, 'folder');
  const items = Array.from({ length: FILES / 2 }, (_, n) => ({
    code: `J019-WS·2022·D30-${String(n + 1).padStart(5, '0')}`,
    files: [{ name: '正文.txt', bytes: text(n) }],
  }));
  const uploads: string[] = [];
  for (const p of await writeHandover(path, 'folder', items))
    uploads.push(await staged(join(path, p), { filename: basename(p), relativePath: p }));
  await rm(path, { recursive: true });
  return uploads;
}
const staged = (path: string, metadata: Record<string, string>) =>
  stageFile(kept.house.staging.folder, path, { ...metadata, person: over.who.clerk.id });

describe(`a transfer of ${FILES} small files`, () => {
  it.each([
    ['a bag in one ZIP', bag],
    ['a handover folder, file by file', folder],
  ])(
    'goes from the agency to the holdings in bounded memory: %s',
    {
      timeout: 300_000 + FILES * 100,
    },
    async (what, uploads) => {
      const before = await heldFiles();
      const { who } = over;
      const id = await kept.house.transfers.begin(who.clerk, {
        ...{
          archiveId: kept.archive,
          agencyId: over.agencyId,
          planId: null,
          title: what,
          content: '',
          fonds: 'J019',
        },
      });
      await kept.house.transfers.give(who.clerk, id, await uploads());
      // As `./lantai worker` is started.
      const worker = spawn(
        process.execPath,
        ['--max-semi-space-size=8', '--heap-growing-percent=40', WORKER, kept.config.dataDir, kept.db.url],
        {
          stdio: ['ignore', 'ignore', 'inherit'],
          env: {
            NODE_COMPILE_CACHE,
            ...process.env,
            MALLOC_ARENA_MAX: '1',
            MALLOC_MMAP_THRESHOLD_: '131072',
            MALLOC_TRIM_THRESHOLD_: '1048576',
          },
        },
      );
      const said: string[] = [];
      const peaks: Record<string, number> = {};
      try {
        for (let state = ''; state !== 'accepted'; ) {
          await pause(FILES > 10_000 ? 1_000 : 50);
          expect(worker.exitCode, 'the worker goes on').toBeNull();
          state = await over.nextByHand(id);
          if (!(state in peaks))
            process.stdout.write(`${new Date().toISOString()} ${state}, load ${loadavg()[0]?.toFixed(1)}\n`);
          peaks[state] = await peakOf(worker);
          expect((await kept.house.transfers.one(who.clerk, id)).failure).toBeNull();
        }
      } finally {
        worker.kill('SIGKILL');
      }
      const { moves } = await kept.house.transfers.read(who.clerk, id);
      for (const [i, m] of moves.entries())
        if (m.personId === null) {
          const seconds = (m.at.getTime() - moves[i - 1]!.at.getTime()) / 1000;
          said.push(`${m.act} ${seconds.toFixed(1)} s`);
        }
      const peak = Math.max(...Object.values(peaks));
      process.stdout.write(
        `${what}, ${FILES} files: ${said.join(', ')}; worker at most ${Math.round(peak / 2 ** 20)} MiB (${Object.entries(
          peaks,
        )
          .map(([s, p]) => `${s} ${Math.round(p / 2 ** 20)}`)
          .join(
            ', ',
          )}), the process that serves and tests ${Math.round((await peakOf(process)) / 2 ** 20)} MiB\n`,
      );
      expect(peak).toBeLessThan(MOST);
      expect((await heldFiles()) - before).toBeGreaterThanOrEqual(FILES);
      expect(
        JSON.parse((await kept.house.transfers.paper(who.clerk, id, 'receipt')).text).payload.files,
      ).toBe((await heldFiles()) - before);
    },
  );
});

async function heldFiles(): Promise<number> {
  const r = await sql<{ n: number }>`select count(*)::int as n from preservation.content`.execute(
    kept.db.owner,
  );
  return r.rows[0]!.n;
}
