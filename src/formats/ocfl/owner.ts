import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Who holds a lock or a draft: one process, told apart from a later one that got its number. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the process started, in the machine's own count; '' where that can not be read. */
  readonly started: string;
}

async function startOf(pid: number | 'self'): Promise<string | null> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    const state = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state[0] === 'Z' ? null : `${boot.trim()}/${state[19]}`;
  } catch {
    return null;
  }
}

/** This process. Reads files of the system: ask once and keep the answer. */
export async function thisOwner(): Promise<Owner> {
  return { host: hostname(), pid: process.pid, started: (await startOf('self')) ?? '' };
}

/** Whether the process is surely gone. One on another machine is taken to live. */
export async function isGone(owner: Owner): Promise<boolean> {
  if (owner.host !== hostname()) return false;
  if (owner.started !== '') return (await startOf(owner.pid)) !== owner.started;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (e) {
    return e instanceof Error && 'code' in e && e.code === 'ESRCH';
  }
}

/** An owner out of its JSON text; null when it is none. */
export function parseOwner<T extends Owner>(text: string): T | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('host' in value)) return null;
    return value as T;
  } catch {
    return null;
  }
}

/** Reads an owner out of a file; null when the file is absent or was cut off while being written. */
export async function readOwner(path: string): Promise<Owner | null> {
  return parseOwner(await readFile(path, 'utf8').catch(() => ''));
}
