import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
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

const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 6);
const pool = createDigestPool(1);
const folders: string[] = [];
let s3: TestS3 | undefined;
afterAll(async () => {
  await s3?.stop();
  await pool.close();
  for (const folder of folders) await rm(folder, { recursive: true });
});

/**
 * Runs the writer, waits for some acknowledgements and a moment more, and kills it. Counted in acknowledgements and not
 * in time alone, so that a slow disk tests the same. Returns what was acknowledged: object, version, number.
 */
async function writeAndKill(home: string, flush: string, from: number): Promise<string[][]> {
  const writer = fileURLToPath(new URL('./ocflWriter.ts', import.meta.url));
  const child = spawn(process.execPath, [writer, home, flush, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const wanted = 1 + Math.floor(Math.random() * 5);
  let out = '';
  const seen = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.split('\n').length > wanted + 1) resolve();
    });
  });
  await Promise.race([seen, ended]);
  await setTimeout(Math.random() * 200);
  expect(child.exitCode, 'the writer runs until it is killed').toBeNull();
  child.kill('SIGKILL');
  await ended;
  const complete = out.slice(0, out.lastIndexOf('\n') + 1);
  return complete
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(' '));
}

/** A fresh place and what the writer is told of it. */
async function placeFor(flush: string): Promise<{ location: StoreLocation; told: string }> {
  if (flush === 's3') {
    const location = s3!.location();
    return { location, told: JSON.stringify(location) };
  }
  const home = await mkdtemp(join(tmpdir(), 'lantai-kill-'));
  folders.push(home);
  return {
    location: { kind: 'folder', root: join(home, 'root'), staging: join(home, 'staging') },
    told: home,
  };
}

const KINDS = ['file', 'filesystem', ...(s3Program ? ['s3'] : [])];

describe.each(KINDS)(`a writer killed at any moment, flushing by %s${s3Missing}`, (flush) => {
  it('loses nothing it acknowledged, and leaves nothing half there', {
    timeout: Math.max(240_000, ROUNDS * 20_000),
  }, async () => {
    if (flush === 's3') s3 = await startS3();
    const { location, told } = await placeFor(flush);
    const { store } = await openStore(location, { pool });
    await createStorageRoot(store);
    const repository = await openRepository({ store });
    const acknowledged = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const [id = '', , n] of await writeAndKill(told, flush, round * 10_000))
        acknowledged.set(id, Number(n));
      const read = async (id: string) =>
        text((await repository.openFile(id, 'count.txt', { verify: true })).stream);
      for (const [id, n] of acknowledged)
        expect(Number(await read(id)), 'before recovery').toBeGreaterThanOrEqual(n);
      const swept = await repository.sweepStaging();
      expect(swept.recovered.filter((r) => r.recovery.outcome === 'damaged')).toEqual([]);
      const findings = (await validateRoot(store)).findings.filter((f) => f.severity !== 'info');
      expect(findings).toEqual([]);
      for (const [id, n] of acknowledged) expect(Number(await read(id))).toBeGreaterThanOrEqual(n);
    }
    expect(acknowledged.size).toBeGreaterThan(0);
  });
});
