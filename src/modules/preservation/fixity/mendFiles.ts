import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, lstat, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DigestPool } from '#kernel/checksums';
import { makeFolderDurably, syncFolder } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import { algorithmOf, digestOf, fileOnDisk, type SourceObject } from '../copies/readSource.ts';

/** Where an object lies that is to be mended, and where what is taken out of it goes. */
export interface MendPlace {
  /** The object root. */
  object: string;
  /** A folder on the same file system, outside the root, for what is made ready. */
  staging: string;
  /** A folder of this repair's own, on the same file system, outside the root. */
  quarantine: string;
}

export interface Mended {
  /** Files put in the place of damaged or missing ones. */
  replaced: string[];
  /** What does not belong there. */
  takenOut: string[];
}

const isThere = async (path: string) => (await lstat(path).catch(() => null)) !== null;

/** Everything below a folder that is no folder itself, links and devices too. */
async function entriesBelow(folder: string, below = ''): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => []);
  for (const e of entries) {
    const at = below === '' ? e.name : `${below}/${e.name}`;
    if (e.isDirectory()) found.push(...(await entriesBelow(folder, at)));
    else found.push(at);
  }
  return found;
}

/** The digest a file has to have: that of the inventory, else of the file in the good copy. */
export async function expectedOf(
  pool: DigestPool,
  source: SourceObject,
  file: string,
): Promise<string | undefined> {
  const said = digestOf(source, file);
  if (said !== undefined) return said;
  const algorithm = algorithmOf(source);
  const path = fileOnDisk(source, file);
  const found = path
    ? await pool.digestFile(path, [algorithm])
    : await source.open.store.digest(`${source.path}/${file}`, [algorithm]);
  return found?.digests[algorithm];
}

async function differs(
  pool: DigestPool,
  source: SourceObject,
  object: string,
  file: string,
): Promise<boolean> {
  const stat = await lstat(join(object, file)).catch(() => null);
  if (!stat?.isFile()) return true;
  const algorithm = algorithmOf(source);
  const expected = await expectedOf(pool, source, file);
  return (await pool.digestFile(join(object, file), [algorithm])).digests[algorithm] !== expected;
}

/** Writes one file of the good copy aside, flushed and read back. */
async function makeReady(pool: DigestPool, source: SourceObject, file: string, ready: string): Promise<void> {
  const algorithm = algorithmOf(source);
  await mkdir(dirname(ready), { recursive: true });
  const path = fileOnDisk(source, file);
  let written: string | undefined;
  if (path) written = (await pool.copyAndDigest(path, ready, [algorithm])).digests[algorithm];
  else {
    const from = `${source.path}/${file}`;
    await pipeline(await source.open.store.open(from), createWriteStream(ready, { flush: true }));
    written = (await source.open.store.digest(from, [algorithm]))?.digests[algorithm];
  }
  const kept = (await pool.digestFile(ready, [algorithm])).digests[algorithm];
  const expected = digestOf(source, file) ?? written;
  if (expected !== undefined && kept !== expected)
    throw new Refusal('repair.sourceDamaged', `${file} of the good copy is not what the inventory says.`, {
      path: file,
    });
}

/** Puts what lies at a place into quarantine; with `keep` a file also stays until it is replaced. */
async function setAside(place: MendPlace, file: string, keep: boolean): Promise<void> {
  const from = join(place.object, file);
  if (!(await isThere(from))) return;
  const to = join(place.quarantine, file);
  await makeFolderDurably(dirname(to));
  if (await isThere(to)) await rename(to, `${to}.${randomUUID()}`);
  if (keep) {
    try {
      await link(from, to);
      await syncFolder(dirname(to));
      return;
    } catch {
      // No hard links here, or no file at all: then it is gone for the moment until its good one is in place.
    }
  }
  await rename(from, to);
  await syncFolder(dirname(to));
}

/** Content before inventories, those of versions before that of the object: what is cut off half-way shows as damaged still. */
const rank = (file: string) =>
  /^inventory\.json/.test(file) ? 2 : /^v\d+\/inventory\.json/.test(file) ? 1 : 0;

export const inMendingOrder = (a: string, b: string) => rank(a) - rank(b) || (a < b ? -1 : 1);

/**
 * Makes an object in a folder equal to a good copy, file by file: each is written aside, read back, and moved into the place
 * of the bad one, which is kept in quarantine. Good files are not touched. Killed anywhere, every file is either as it was
 * or good, and a second run goes on. The caller holds the object's lock and examines the object afterwards.
 */
export async function mendFiles(pool: DigestPool, source: SourceObject, place: MendPlace): Promise<Mended> {
  const wanted = new Set(source.files);
  const replaced: string[] = [];
  for (const file of source.files) if (await differs(pool, source, place.object, file)) replaced.push(file);
  replaced.sort(inMendingOrder);
  const ready = join(place.staging, `mending-${randomUUID()}`);
  const changed = new Set<string>();
  try {
    for (const file of replaced) await makeReady(pool, source, file, join(ready, file));
    // A folder where a file belongs, or the other way round, and all that is not of the object.
    const takenOut = (await entriesBelow(place.object)).filter((f) => !wanted.has(f));
    for (const file of takenOut) {
      await setAside(place, file, false);
      changed.add(dirname(join(place.object, file)));
    }
    for (const file of replaced) {
      const to = join(place.object, file);
      const stat = await lstat(to).catch(() => null);
      await setAside(place, file, stat?.isFile() ?? false);
      await makeFolderDurably(dirname(to));
      await rename(join(ready, file), to);
      changed.add(dirname(to));
    }
    for (const folder of changed) await syncFolder(folder).catch(() => undefined);
    for (const folder of [...changed].sort((a, b) => b.length - a.length))
      await removeEmpty(folder, place.object);
    return { replaced, takenOut };
  } finally {
    await rm(ready, { recursive: true, force: true });
  }
}

async function removeEmpty(folder: string, upTo: string): Promise<void> {
  for (let at = folder; at !== upTo && at.startsWith(upTo); at = dirname(at))
    try {
      await rmdir(at);
    } catch {
      return;
    }
}
