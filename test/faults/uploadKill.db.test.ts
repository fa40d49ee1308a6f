import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, sql } from '#kernel/db';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

/** The slow suite sends three thousand. */
const MEGABYTES = Number(process.env.LANTAI_UPLOAD_MB ?? 48);
/** What a file of any size may cost beside what the server takes when it has begun. */
const MOST_GROWTH_MB = 256;
const SIZE = MEGABYTES * 1_000_000;
const PIECE = randomBytes(1_000_000);
const PROGRAM = fileURLToPath(new URL('./uploadServer.ts', import.meta.url));

let fresh: FreshDatabase;
let folder: string;
let server: ChildProcess;
let url = '';
let headers: Record<string, string> = {};
beforeAll(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'lantai-upload-'));
});
afterAll(async () => {
  await killed();
  await fresh.drop();
  await rm(folder, { recursive: true, force: true });
});

async function started(...more: string[]): Promise<void> {
  server = spawn(process.execPath, [PROGRAM, fresh.url, folder, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await new Promise<string[]>((resolve) => {
    createInterface({ input: server.stdout! }).once('line', (text) => resolve([text]));
  });
  const { port, token }: { port: number; token: string } = JSON.parse(line ?? '');
  url = `http://127.0.0.1:${port}/api/v1`;
  if (token !== '') headers = { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' };
}
function killed(): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((gone) => {
    server.once('exit', () => gone());
    server.kill('SIGKILL');
  });
}

/** Sends from an offset on; `cut` breaks the line after so many bytes, or kills the server. @returns the status, 0 where none came */
function send(at: string, from: number, cut?: { after: number; how: 'line' | 'server' }): Promise<number> {
  return new Promise((resolve) => {
    const asked = request(
      at,
      {
        method: 'PATCH',
        headers: {
          ...headers,
          'upload-offset': `${from}`,
          'content-type': 'application/offset+octet-stream',
          'content-length': `${SIZE - from}`,
        },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    asked.on('error', () => resolve(0));
    const closed = new Promise<void>((gone) => asked.once('close', () => gone()));
    void (async () => {
      for (let sent = from; sent < SIZE && !asked.destroyed; ) {
        if (cut && sent - from >= cut.after) {
          if (cut.how === 'line') asked.destroy();
          else await killed();
          resolve(0);
          return;
        }
        const piece = PIECE.subarray(sent % PIECE.length);
        sent += piece.length;
        if (!asked.write(piece)) await Promise.race([once(asked, 'drain').catch(() => {}), closed]);
      }
      asked.end();
    })();
  });
}

/** The most memory the server has had; 0 where the system does not say. */
async function peakMb(): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_024;
}

async function offsetOf(at: string): Promise<number> {
  const answer = await fetch(at, { method: 'HEAD', headers });
  expect(answer.status).toBe(200);
  return Number(answer.headers.get('upload-offset'));
}

describe('an upload of a system', () => {
  it(`of ${MEGABYTES} MB goes on after its line broke and after the server was killed, in bounded memory`, {
    timeout: 1_800_000,
  }, async () => {
    await started('system');
    const begun = performance.now();
    const made = await fetch(`${url}/uploads`, {
      method: 'POST',
      headers: { ...headers, 'upload-length': `${SIZE}`, 'upload-metadata': 'filename YS5iaW4=' },
    });
    expect(made.status).toBe(201);
    const id = made.headers.get('location')?.split('/').at(-1) ?? '';
    const at = () => `${url}/uploads/${id}`;
    await send(at(), 0, { after: SIZE / 4, how: 'line' });
    const first = await offsetOf(at());
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(SIZE);
    await send(at(), first, { after: SIZE / 4, how: 'server' });
    await started();
    const atRest = await peakMb();
    const second = await offsetOf(at());
    expect(second).toBeGreaterThanOrEqual(first);
    expect(second).toBeLessThan(SIZE);
    expect(await send(at(), second)).toBe(204);
    const digest = createHash('sha256');
    for (let n = 0; n < MEGABYTES; n++) digest.update(PIECE);
    const sent = await fetch(`${url}/intake/records/big`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        metadata: { title: '录像', date: '2025-01-01' },
        files: [{ name: 'a.bin', upload: id, digest: `sha256:${digest.digest('hex')}` }],
      }),
    });
    expect(await sent.json()).toMatchObject({ outcome: 'taken' });
    const seconds = (performance.now() - begun) / 1_000;
    const growth = (await peakMb()) - atRest;
    process.stdout.write(
      `${MEGABYTES} MB: ${seconds.toFixed(1)} s, memory grew by ${growth.toFixed(0)} MiB\n`,
    );
    expect(growth).toBeLessThan(MOST_GROWTH_MB);
    const db = openDatabase({ url: fresh.url, max: 1 });
    const waiting = await sql<{ n: number }>`select count(*)::int as n from intake.upload`.execute(db.owner);
    await db.close();
    expect(waiting.rows[0]?.n).toBe(0);
  });
});
