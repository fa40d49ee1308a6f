import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, isAlive } from './processes.ts';

/** What PostgreSQL writes into postmaster.pid (src/include/utils/pidfile.h). */
export interface PostmasterFile {
  pid: number;
  port: number;
  status: 'starting' | 'stopping' | 'ready' | '';
}

export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split('\n');
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  if (!pid) return undefined;
  const word = (lines[7] ?? '').trim();
  const status = word === 'starting' || word === 'stopping' || word === 'ready' ? word : '';
  return { pid, port: Number.parseInt(lines[3] ?? '', 10) || 0, status };
}

export const pidFileOf = (cluster: string): string => join(cluster, 'postmaster.pid');

export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  try {
    return parsePostmasterFile(readFileSync(pidFileOf(cluster), 'utf8'));
  } catch {
    return undefined;
  }
}

/** The server that runs on this cluster, if one does. A number that now belongs to some other program does not count. */
export function livePostmaster(cluster: string): PostmasterFile | undefined {
  const file = readPostmasterFile(cluster);
  if (!file || !isAlive(file.pid)) return undefined;
  return commandLine(file.pid).includes(cluster) ? file : undefined;
}

/**
 * Makes PostgreSQL ignore a process number in postmaster.pid that now belongs to another program of the same user
 * (common in containers, where numbers are small). The file stays: PostgreSQL still finds in it the shared memory that
 * orphaned backends may hold.
 */
export function disownStalePid(cluster: string): void {
  const file = readPostmasterFile(cluster);
  if (!file || !isAlive(file.pid) || livePostmaster(cluster)) return;
  const path = pidFileOf(cluster);
  const [, ...rest] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, [String(0x7fff_fffe), ...rest].join('\n'), { flag: 'r+' });
}

/** Opens the log for a new start. @returns its descriptor, and where this start's lines begin. */
export function openServerLog(path: string): { fd: number; from: number; close(): void } {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const fd = openSync(path, size > 8 * 1024 * 1024 ? 'w' : 'a', 0o600);
  return { fd, from: size > 8 * 1024 * 1024 ? 0 : size, close: () => closeSync(fd) };
}

/** What the server wrote since `from`. */
export function readServerLog(path: string, from: number): string {
  return existsSync(path) ? readFileSync(path).subarray(from).toString('utf8') : '';
}
