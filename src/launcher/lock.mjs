import { randomUUID } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

const BEAT_MS = 1000;
/** A holder that has not touched its lock for so long is gone, on whatever machine or container it was. */
export const STALE_MS = 15_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Holds a lock file while `work` runs. Several launchers may be started at once: one works, the others wait. The holder
 * touches the file every second; a lock that is no longer touched is taken over.
 *
 * @template T
 * @param {string} file
 * @param {{ onWait?: () => void, staleMs?: number }} options onWait is called once when someone else holds the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, { onWait, staleMs = STALE_MS }, work) {
  mkdirSync(dirname(file), { recursive: true });
  const token = `${process.pid} ${randomUUID()}`;
  let told = false;
  while (!tryTake(file, token)) {
    if (isStale(file, staleMs)) clearStale(file, staleMs);
    else {
      if (!told) onWait?.();
      told = true;
      await pause(200);
    }
  }
  const beat = setInterval(() => touch(file), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    release(file, token);
  }
}

function tryTake(file, token) {
  try {
    writeFileSync(file, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function ageOf(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? Date.now() - stat.mtimeMs : undefined;
}

function isStale(file, staleMs) {
  const age = ageOf(file);
  if (age === undefined) return false;
  return age > staleMs || holderIsGone(file);
}

/** A dead process number on this machine is sure; a living one may be of another machine, so only its age counts. */
function holderIsGone(file) {
  const age = ageOf(file);
  if (age === undefined || age < 2 * BEAT_MS) return false;
  try {
    process.kill(Number(readFileSync(file, 'utf8').split(' ')[0]), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Moves the stale lock aside. If another launcher renewed it in between, what was moved is put back. */
function clearStale(file, staleMs) {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    if (!isStale(aside, staleMs)) linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function touch(file) {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // The lock was taken over while this process stood still: what it makes is still swapped in whole.
  }
}

function release(file, token) {
  try {
    if (readFileSync(file, 'utf8') === token) unlinkSync(file);
  } catch {
    // Gone already.
  }
}
