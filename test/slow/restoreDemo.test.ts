import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporaryFolder.ts';

/** The sample network is backed up while it serves, its database and data folder lost, and the backup restored elsewhere. */

const CLI = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));
const folder = temporaryFolder('lantai-restore-demo-');
const running: ChildProcess[] = [];
afterAll(async () => {
  for (const child of running) await end(child);
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function start(words: string[], settings: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [CLI, ...words], {
    env: { PATH: process.env.PATH, LANTAI_OCR_WORKERS: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  // What nobody reads would fill the pipe, and the program would stand still.
  child.stdout?.resume();
  child.stderr?.resume();
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill('SIGTERM');
  await ended;
}

/** Runs a command to its end. */
async function call(words: string[], settings: Record<string, string>) {
  const child = start([...words, '--json'], settings);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr?.on('data', (data: Buffer) => {
    err += data.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, err, json: out === '' ? undefined : JSON.parse(out) };
}

/** Asks a server as somebody until it answers at all. */
type Ask = Awaited<ReturnType<typeof asker>>;
async function asker(url: string, username: string, password: string) {
  for (let tries = 0; tries < 300; tries++) {
    const ready = await fetch(`${url}/readyz`).catch(() => undefined);
    if (ready?.ok) break;
    await pause(500);
  }
  const own = { origin: url, 'content-type': 'application/json' };
  const session = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: own,
    body: JSON.stringify({ username, password }),
  });
  expect(session.status).toBeLessThan(300);
  const cookie = session.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
  return async <Answer = unknown>(path: string, body?: object): Promise<Answer> => {
    const answer = await fetch(`${url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { ...own, cookie },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    expect(answer.status, path).toBe(200);
    return (await answer.json()) as Answer;
  };
}

interface Certificate {
  id: string;
  state: string;
  verifyUrl: string | null;
}

/** A certified copy that was issued, waited for: the sample network goes on being furnished while it serves. */
async function issued(ask: Ask): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    const { items } = await ask<{ items: Certificate[] }>('/api/v1/certificates');
    const found = items.find((c) => c.state === 'issued');
    if (found) return found.id;
    await pause(500);
  }
  throw new Error('no certified copy is issued');
}

/** What has to be the same before and after: index, certified copies, personal data, archives. */
async function look(ask: Ask, certificate: string) {
  const found = await ask<{ hits: { id: string; title: string }[] }>(
    `/api/v1/search?q=${encodeURIComponent('结婚登记')}&limit=5`,
  );
  const { items } = await ask<{ items: Certificate[] }>('/api/v1/certificates');
  return {
    titles: found.hits.map((h) => h.title),
    certificate: { ...items.find((c) => c.id === certificate), verifyUrl: null },
    applicant: await ask(`/api/v1/certificates/${certificate}/applicant`, { reason: 'inspection' }),
    archives: await ask('/api/v1/archives'),
  };
}

describe('the sample network', () => {
  it('comes back from a backup made while it served, and works', { timeout: 900_000 }, async () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    const dest = join(folder, 'backups');
    const secret = join(folder, 'passphrase');
    writeFileSync(secret, 'a long and quiet sentence\n');
    const port = String(await freePort());
    const demo = start(['demo', '--json'], { LANTAI_DATA: one, LANTAI_PORT: port });
    const line = await new Promise<string>((resolve) =>
      demo.stdout?.once('data', (d: Buffer) => resolve(d.toString())),
    );
    const { url, accounts } = JSON.parse(line) as {
      url: string;
      accounts: { username: string; password: string }[];
    };
    const { password } = accounts.find((a) => a.username === 'director')!;
    const ask = await asker(url, 'director', password);
    const certificate = await issued(ask);
    const before = await look(ask, certificate);
    expect(before.titles).not.toHaveLength(0);

    const made = await call(['backup', dest, '--passphrase-file', secret], { LANTAI_DATA: one });
    expect(made, made.err).toMatchObject({
      code: 0,
      json: { backup: { encrypted: true, masterKey: { included: true } } },
    });
    await end(demo);

    const restored = await call(['restore', dest, '--passphrase-file', secret], { LANTAI_DATA: two });
    expect(restored, restored.err).toMatchObject({
      code: 0,
      json: { restored: { equal: true, keyWanted: null } },
    });
    const again = await call(['restore', dest, '--passphrase-file', secret], { LANTAI_DATA: two });
    expect(again).toMatchObject({ code: 2, json: undefined });
    expect(again.err).toContain('not empty');

    const storage = { LANTAI_DATA: two, LANTAI_STORAGE: join(one, 'storage') };
    const verified = await call(['audit', 'verify'], storage);
    expect(verified, verified.err).toMatchObject({ code: 0, json: { valid: true } });
    const other = await freePort();
    const server = start(['serve'], { ...storage, LANTAI_PORT: String(other) });
    const after = await look(await asker(`http://127.0.0.1:${other}`, 'director', password), certificate);
    expect(after).toEqual(before);
    await end(server);
  });
});
