import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '#kernel/log';
import { startEmbeddedPostgres } from '#kernel/postgres';
import { livePostmaster, pidFileOf } from '../../src/kernel/postgres/postmaster.ts';
import { waitForEnd } from '../../src/kernel/postgres/server.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

interface Holder {
  pid: number;
  url: string;
  attached: boolean;
  cluster: string;
  end(signal: NodeJS.Signals): Promise<void>;
}

let dataDir = '';
let cluster = '';
const children = new Set<Holder>();

/** Starts a process that uses the server, and waits until it has it. */
async function hold(lifetime: 'service' | 'command' = 'service'): Promise<Holder> {
  const script = join(import.meta.dirname, '../support/holdPostgres.ts');
  const child = spawn(process.execPath, [script, dataDir, lifetime], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data)));
    child.once('close', () => reject(new Error('the holder ended early')));
  });
  const told = JSON.parse(line) as Pick<Holder, 'url' | 'attached' | 'cluster'>;
  const holder: Holder = {
    ...told,
    pid: child.pid ?? 0,
    end: async (signal) => {
      child.kill(signal);
      await ended;
      children.delete(holder);
    },
  };
  children.add(holder);
  return holder;
}

async function ask(url: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: question, rowMode: 'array' })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

const postmaster = () => livePostmaster(cluster)?.pid;
const start = (lifetime: 'service' | 'command' = 'command') =>
  startEmbeddedPostgres({
    dataDir,
    log: silentLog,
    lifetime,
    settings: { shared_buffers: '32MB', fsync: 'off' },
  });

beforeAll(async () => {
  dataDir = temporaryFolder('lantai-faults-');
  const server = await start();
  cluster = server.cluster;
  await ask(server.url, 'create table kept as select 42 as answer');
  await server.stop();
});

afterEach(async () => {
  for (const holder of children) await holder.end('SIGTERM');
});

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe('the embedded PostgreSQL', () => {
  it('is taken over after its process was killed, and stopped by the one that took it over', async () => {
    const killed = await hold();
    await killed.end('SIGKILL');
    const orphan = postmaster();
    expect(orphan).toBeDefined();
    const heir = await hold();
    expect(heir.attached).toBe(true);
    expect(postmaster()).toBe(orphan);
    await heir.end('SIGTERM');
    expect(postmaster()).toBeUndefined();
  });

  it('is stopped by its guard when nobody takes it over', async () => {
    const killed = await hold();
    const orphan = postmaster() ?? 0;
    await killed.end('SIGKILL');
    expect(await waitForEnd(orphan, 19_000)).toBe(true);
  });

  it('recovers with all that was committed after the server itself was killed', async () => {
    const holder = await hold();
    await ask(holder.url, 'create table if not exists later as select 43 as answer');
    process.kill(postmaster() ?? 0, 'SIGKILL');
    const server = await start();
    expect(server.attached).toBe(false);
    expect(await ask(server.url, 'select answer from later')).toBe(43);
    await server.stop();
  });

  it('outlives the command that started it while a service uses it', async () => {
    const first = await hold('command');
    const service = await hold('service');
    await first.end('SIGTERM');
    expect(await ask(service.url, 'select answer from kept')).toBe(42);
    await service.end('SIGTERM');
    expect(postmaster()).toBeUndefined();
  });

  it('is started once by several processes at the same moment', async () => {
    const holders = await Promise.all([hold('command'), hold('command'), hold('command')]);
    for (const holder of holders) expect(await ask(holder.url, 'select answer from kept')).toBe(42);
    for (const holder of holders) await holder.end('SIGTERM');
    expect(postmaster()).toBeUndefined();
  });

  it('does not mistake another program with the old process number for a server', async () => {
    writeFileSync(pidFileOf(cluster), `${process.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n  1 2\nready   \n`);
    const server = await start();
    expect(await ask(server.url, 'select answer from kept')).toBe(42);
    await server.stop();
  });

  it.each([
    [17, '--upgrade-postgresql'],
    [99, 'Use the version of Lantai that made it'],
  ])('refuses a cluster of PostgreSQL %i with what to do, and changes nothing', async (major, sentence) => {
    const file = join(cluster, 'PG_VERSION');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, `${major}\n`);
    try {
      await expect(start()).rejects.toMatchObject({ code: 'database.otherMajor' });
      await expect(start()).rejects.toThrow(sentence);
    } finally {
      writeFileSync(file, before);
    }
    const server = await start();
    expect(await ask(server.url, 'select answer from kept')).toBe(42);
    await server.stop();
  });

  it.each(['/proc/nowhere/data', '/dev/null/data'])(
    'refuses the unusable data folder %s in one sentence',
    async (path) => {
      const attempt = startEmbeddedPostgres({ dataDir: path, log: silentLog });
      await expect(attempt).rejects.toMatchObject({ name: 'Refusal' });
      await expect(attempt).rejects.toThrow(/^The data folder [^\n]+$/);
    },
  );
});
