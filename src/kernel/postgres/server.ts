import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { Binaries } from './binaries.ts';
import { serverEnvironment } from './cluster.ts';
import type { OsAccount } from './os-account.ts';
import type { Place } from './place.ts';
import {
  disownStalePid,
  livePostmaster,
  openServerLog,
  readPostmasterFile,
  readServerLog,
} from './postmaster.ts';
import { isAlive } from './processes.ts';
import { codeOf, knownTrouble } from './trouble.ts';

export type StartResult = { port: number } | 'someoneElseStarted' | 'tryAgain';

/**
 * Starts the server and waits until it takes connections, however long recovery after a crash takes.
 *
 * @returns its port; `someoneElseStarted` when another process was quicker; `tryAgain` when the port was taken meanwhile
 * or backends of a killed predecessor are still ending.
 * @throws Refusal when the disk is full or may not be written; Error with the server's own words otherwise.
 */
export async function startServer(
  binaries: Binaries,
  place: Place,
  account: OsAccount | undefined,
  { log, signal }: { log: Log; signal?: AbortSignal },
): Promise<StartResult> {
  disownStalePid(place.cluster);
  const port = await freePort(place);
  const serverLog = openServerLog(place.log);
  let child: ReturnType<typeof spawn>;
  let ended = false;
  try {
    // A session of its own: Ctrl-C in the terminal reaches Lantai, and Lantai stops the server when its work is done.
    child = spawn(binaries.postgres, ['-D', place.cluster, '-p', String(port)], {
      ...account,
      cwd: '/',
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', serverLog.fd, serverLog.fd],
    });
  } finally {
    serverLog.close();
  }
  child.on('exit', () => {
    ended = true;
  });
  child.on('error', () => {
    ended = true;
  });
  child.unref();
  const began = Date.now();
  let told = began;
  while (!ended) {
    const file = readPostmasterFile(place.cluster);
    if (file && file.pid === child.pid && file.status === 'ready') {
      writeFileSync(place.port, `${port}\n`);
      return { port };
    }
    if (signal?.aborted && child.pid) {
      process.kill(child.pid, 'SIGINT');
      await waitForEnd(child.pid, 15_000);
      signal.throwIfAborted();
    }
    if (Date.now() - told > 10_000) {
      told = Date.now();
      log.info({ seconds: Math.round((told - began) / 1000) }, 'The database is recovering after a crash');
    }
    await pause(15);
  }
  return explainFailure(readServerLog(place.log, serverLog.from), place);
}

function explainFailure(text: string, place: Place): StartResult {
  if (/lock file "postmaster\.pid" already exists/.test(text)) return 'someoneElseStarted';
  if (/could not create any TCP\/IP sockets|Address already in use/.test(text)) return 'tryAgain';
  if (/pre-existing shared memory block/.test(text)) return 'tryAgain';
  const fatal = /(?:FATAL|PANIC): {2}(.*)/.exec(text)?.[1] ?? text.trim().split('\n').at(-1) ?? '';
  throw (
    knownTrouble(fatal, place.base) ?? new Error(`PostgreSQL did not start: ${fatal} (its log: ${place.log})`)
  );
}

/** The port used last time if it is free, else any free one; on loopback only. */
export async function freePort(place: Place): Promise<number> {
  const last = existsSync(place.port) ? Number.parseInt(readFileSync(place.port, 'utf8'), 10) : 0;
  return (last > 0 && last < 65_536 ? await tryPort(last) : undefined) ?? (await tryPort(0)) ?? 0;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(undefined));
    probe.listen({ port, host: '127.0.0.1' }, () => {
      const address = probe.address();
      const found = typeof address === 'object' && address ? address.port : undefined;
      probe.close(() => resolve(found));
    });
  });
}

/**
 * Stops the server in order: open transactions are rolled back and everything is written to disk. If that takes too
 * long it is stopped at once, which costs no data either: it recovers at the next start.
 */
export async function stopServer(place: Place, log: Log): Promise<void> {
  const running = livePostmaster(place.cluster);
  if (!running) return;
  signalTo(running.pid, 'SIGINT');
  if (await waitForEnd(running.pid, 12_000)) return;
  log.warn(
    'The database did not stop within 12 seconds; stopping it at once (it recovers at the next start)',
  );
  signalTo(running.pid, 'SIGQUIT');
  await waitForEnd(running.pid, 5000);
}

function signalTo(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (e) {
    if (codeOf(e) !== 'ESRCH') throw e;
  }
}

/** @returns whether the process ended in time */
export async function waitForEnd(pid: number, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  while (isAlive(pid)) {
    if (Date.now() > until) return false;
    await pause(20);
  }
  return true;
}
