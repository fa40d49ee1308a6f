import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { codeOf } from './trouble.ts';

/** Whether a process with this number exists, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (e) {
    return codeOf(e) === 'EPERM';
  }
  return !isZombie(pid);
}

/** A dead process whose parent has not asked for it still has its number. */
function isZombie(pid: number): boolean {
  return /^\d+ \(.*\) Z/s.test(procFile(pid, 'stat'));
}

function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/**
 * When a process began, in the kernel's ticks: with the number it names one process for good, since numbers are used
 * again. '' where the system does not tell.
 */
export function startTicks(pid: number): string {
  // The name in parentheses may itself hold spaces and parentheses; field 22 is counted from behind it.
  const stat = procFile(pid, 'stat');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/** The command line of a process, its words joined by blanks; '' when it can not be known. */
export function commandLine(pid: number): string {
  const fromProc = procFile(pid, 'cmdline');
  if (fromProc) return fromProc.replaceAll('\0', ' ').trim();
  if (process.platform === 'linux') return '';
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
