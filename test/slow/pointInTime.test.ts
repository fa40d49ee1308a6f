import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { createAuditTrail, createSequencer, verifyAudit } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import { openDatabase, sql } from '#kernel/db';
import { migrate, readMigrations } from '#kernel/db/migrate';
import { newId } from '#kernel/ids';
import { createKeyring } from '#kernel/keyring';
import { silentLog } from '#kernel/log';
import { newMasterKey } from '#kernel/signing/sealing';
import { migrationFolders } from '../../src/main/migrations.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

/**
 * What docs/operations/point-in-time.md says, done with a PostgreSQL of the machine's own: write-ahead log kept, a base
 * backup, and the database brought back to the moment before a mistake.
 */

const PROGRAMS = ['initdb', 'postgres', 'pg_basebackup'];
const isThere = (folder: string) =>
  PROGRAMS.every((program) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
const bin = [
  ...[18, 17, 16, 15].map((major) => `/usr/lib/postgresql/${major}/bin`),
  ...(process.env.PATH ?? '').split(delimiter),
].find(isThere);
const not = bin ? '' : ' (not performed: no PostgreSQL with pg_basebackup on this machine)';

const HOME = fileURLToPath(new URL('../..', import.meta.url));
const folder = temporaryFolder('lantai-pitr-');
const started: ChildProcess[] = [];
afterAll(async () => {
  for (const child of started) await stop(child);
  rmSync(folder, { recursive: true, force: true });
});

/** PostgreSQL does not run as root. */
function account(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (what: string) =>
    ['postgres', 'lantai', 'nobody']
      .map((name) => spawnSync('id', [what, name], { encoding: 'utf8' }))
      .find((r) => r.status === 0)?.stdout;
  return { uid: Number(idOf('-u')), gid: Number(idOf('-g')) };
}
const as = account();
const run = (program: string, args: string[]) =>
  execFileSync(join(bin!, program), args, { ...as, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });

function own(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (as) chownSync(path, as.uid, as.gid);
  chmodSync(path, 0o700);
  return path;
}

function settings(cluster: string, lines: string[]): void {
  const file = join(cluster, 'postgresql.auto.conf');
  writeFileSync(file, lines.map((l) => `${l}\n`).join(''), { flag: 'a' });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function start(cluster: string, port: number): Promise<ChildProcess> {
  const child = spawn(join(bin!, 'postgres'), ['-D', cluster, '-p', String(port), '-k', folder], {
    ...as,
    cwd: '/',
    stdio: 'ignore',
  });
  started.push(child);
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}`);
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'boss', database: 'postgres' });
    client.on('error', () => {});
    try {
      await client.connect();
      const { rows } = await client.query<{ recovering: boolean }>(
        'select pg_is_in_recovery() as recovering',
      );
      if (!rows[0]!.recovering) return child;
    } catch {
      // Not yet.
    } finally {
      await client.end().catch(() => {});
    }
    await pause(100);
  }
  throw new Error('PostgreSQL does not answer');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill('SIGINT');
  await ended;
}

describe.skipIf(!bin)(`recovery to a point in time${not}`, () => {
  it('brings back the moment before a mistake, and the trail verifies', { timeout: 300_000 }, async () => {
    chmodSync(folder, 0o777);
    const [archive, base] = [own(join(folder, 'archive')), own(join(folder, 'base'))];
    const cluster = own(join(folder, 'cluster'));
    run('initdb', ['-D', cluster, '-U', 'boss', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N']);
    const port = await freePort();
    settings(cluster, [
      'wal_level = replica',
      'archive_mode = on',
      `archive_command = 'test ! -f ${archive}/%f && cp %p ${archive}/%f.part && mv ${archive}/%f.part ${archive}/%f'`,
      "listen_addresses = '127.0.0.1'",
    ]);
    const server = await start(cluster, port);
    const place = (p: number, name: string) => `postgresql://boss@127.0.0.1:${p}/${name}`;
    const boss = openDatabase({ url: place(port, 'postgres'), max: 1 });
    await sql`create database lantai`.execute(boss.owner);
    await boss.close();
    const url = place(port, 'lantai');
    await migrate(url, await readMigrations(migrationFolders(HOME)));

    const db = openDatabase({ url, max: 2 });
    const audit = createAuditTrail(systemClock, newId, 'sha256');
    const keyring = createKeyring({
      clock: systemClock,
      masterKey: newMasterKey(),
      statementAlgorithm: 'ed25519',
      pdfAlgorithm: 'p256',
    });
    const sequencer = createSequencer({
      db,
      clock: systemClock,
      keyring,
      copies: [],
      log: silentLog,
      algorithm: 'sha256',
    });
    const found = (code: string) =>
      db.system(async (tx) => {
        const id = newId();
        await sql`insert into holdings.archive (id, path, code, name, level)
          values (${id}, array[${id}]::uuid[], ${code}, ${`档案馆 ${code}`}, 'county')`.execute(tx);
        await audit.append(tx, {
          actor: { id: null, name: 'test' },
          archiveId: null,
          act: 'archive.founded',
          target: { type: 'archive', id },
          detail: { code },
        });
      });
    await found('991001');
    run('pg_basebackup', [
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-U',
      'boss',
      '-D',
      base,
      '-X',
      'none',
      '-c',
      'fast',
    ]);
    // After the base backup, and before the mistake.
    await found('991002');
    await sequencer.place();
    const before = (await sql<{ at: string }>`select clock_timestamp()::text as at`.execute(db.owner))
      .rows[0]!.at;
    await pause(1_100);
    await db.system((tx) => sql`delete from holdings.archive`.execute(tx));
    await found('991003');
    await sql`select pg_switch_wal()`.execute(db.owner);
    await db.close();
    await stop(server);

    settings(base, [
      `restore_command = 'cp ${archive}/%f %p'`,
      `recovery_target_time = '${before}'`,
      "recovery_target_action = 'promote'",
      'archive_mode = off',
    ]);
    writeFileSync(join(base, 'recovery.signal'), '');
    if (as) chownSync(join(base, 'recovery.signal'), as.uid, as.gid);
    const again = await freePort();
    await start(base, again);
    const back = openDatabase({ url: place(again, 'lantai'), max: 2 });
    try {
      const codes = await sql<{ code: string }>`select code from holdings.archive order by code`.execute(
        back.owner,
      );
      expect(codes.rows.map((r) => r.code)).toEqual(['991001', '991002']);
      const verdict = await verifyAudit({ db: back, clock: systemClock, keyring, copies: [] });
      expect(verdict).toMatchObject({ valid: true, entries: 2, findings: [] });
    } finally {
      await back.close();
    }
  });
});
