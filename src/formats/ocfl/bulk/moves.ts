import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isRefusal, Refusal } from '#kernel/errors';
import { locked } from '../filesystemLock.ts';
import { parseOwner } from '../owner.ts';
import type { HeldLock, PlaceOne, Told } from './wishes.ts';

/** What a thread does with drafts that are built, by calls that block. */

const codeOf = (e: unknown): string | undefined =>
  e instanceof Error && 'code' in e && typeof e.code === 'string' ? e.code : undefined;
const hasCode = (e: unknown, ...codes: string[]) => codes.includes(codeOf(e) ?? '');

export function told(e: unknown): Told {
  if (isRefusal(e)) return { refusal: { code: e.code, message: e.message, detail: { ...e.detail } } };
  const error = e instanceof Error ? e : new Error(String(e));
  return { fault: { message: error.message, code: codeOf(e), stack: error.stack } };
}

export function errorOf(of: Told): Error {
  if ('refusal' in of) return new Refusal(of.refusal.code, of.refusal.message, of.refusal.detail);
  const { message, code, stack } = of.fault;
  return Object.assign(new Error(message), { code }, stack === undefined ? {} : { stack });
}

/** Flushes files and folders. Windows can not flush a folder; its file system journals them itself. */
export function flush(paths: readonly string[]): void {
  for (const path of paths) {
    let fd: number;
    try {
      fd = openSync(path, process.platform === 'win32' ? 'r+' : 'r');
    } catch (e) {
      if (process.platform === 'win32' && hasCode(e, 'EISDIR', 'EPERM', 'EACCES')) continue;
      throw e;
    }
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }
}

function tokenAt(path: string): string | undefined {
  let text = '';
  try {
    text = readlinkSync(path);
  } catch {
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      // Nobody's any more.
    }
  }
  return parseOwner<HeldLock & { host: string; pid: number; started: string }>(text)?.token;
}

export function releaseLock({ path, token }: HeldLock): void {
  if (tokenAt(path) === token) rmSync(path, { force: true });
}

/** Translates the rename's refusal of an occupied target. */
function moveInto(from: string, to: string, occupied: () => Refusal): void {
  try {
    renameSync(from, to);
  } catch (e) {
    if (hasCode(e, 'ENOTEMPTY', 'EEXIST')) throw occupied();
    if (hasCode(e, 'EXDEV'))
      throw new Refusal(
        'ocfl.stagingElsewhere',
        'The staging folder must lie on the file system of the storage root.',
        {},
        { cause: e },
      );
    throw e;
  }
}

/** A folder and those above it, up to the root. Another writer may have made them a moment ago, and not flushed them yet. */
function upwards(root: string, folder: string): string[] {
  const chain = [root];
  for (let at = folder; at !== root; at = dirname(at)) chain.push(at);
  return chain;
}

/**
 * Moves a new object into place, or the version of one that is there; its files of the object root come after, when this
 * survives a power cut.
 *
 * @returns folders that may have new entries, to be flushed
 * @throws Refusal `ocfl.objectExists`, `ocfl.headMoved`, `ocfl.locked`
 */
export function movePlace(root: string, { built, objectPath, version, isNew, lock }: PlaceOne): string[] {
  // A writer that slept while it was taken for gone: its lock is another's.
  if (lock && tokenAt(lock.path) !== lock.token) throw locked(objectPath);
  const to = join(root, objectPath);
  if (!isNew) {
    moveInto(
      join(built, version),
      join(to, version),
      () => new Refusal('ocfl.headMoved', 'Another writer added a version meanwhile.', { objectPath }),
    );
    return [to];
  }
  const taken = () =>
    new Refusal('ocfl.objectExists', 'There is an object with this id already.', { objectPath });
  // A sweep may take an empty folder away between these two steps; then they are done again.
  for (let tries = 3; ; tries--) {
    mkdirSync(dirname(to), { recursive: true });
    try {
      moveInto(built, to, taken);
      return upwards(root, dirname(to));
    } catch (e) {
      if (!hasCode(e, 'ENOENT') || tries <= 1) throw e;
    }
  }
}

/** Replaces the files of the object root, the inventory before its sidecar; takes the draft's folder away. */
export function moveHead(root: string, { built, objectPath }: PlaceOne): void {
  for (const name of readdirSync(built).sort()) renameSync(join(built, name), join(root, objectPath, name));
  rmSync(built, { recursive: true, force: true });
}
