import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** Local copies of held files, for what can only read files; at most so many bytes, least recently used first out. */
export interface ContentCache {
  /**
   * Path of a copy of these bytes, fetched when it is not there; once, however many ask at the same time. It stays for
   * ten minutes at least.
   *
   * @throws what `bytesOf` throws; Error when the bytes are not those of the digest
   */
  pathOf(content: CachedContent, bytesOf: () => Promise<Readable>): Promise<string>;
  /** Takes a copy out. */
  forget(content: Pick<CachedContent, 'sha512'>): Promise<void>;
}

export interface CachedContent {
  readonly sha512: string;
  readonly bytes: number;
}

export interface ContentCacheOptions {
  readonly folder: string;
  /** Bytes the copies may take together, those in use left aside. */
  readonly most: number;
  /** A copy asked for within this time is in use. */
  readonly inUseMs?: number;
}

/** A fetch that was cut off leaves its part behind; nothing takes this long. */
const PART_AGE_MS = 24 * 3_600_000;

export function createContentCache({
  folder,
  most,
  inUseMs = 10 * 60_000,
}: ContentCacheOptions): ContentCache {
  const underway = new Map<string, Promise<string>>();
  /** Bytes fetched since the folder was last looked through; it is looked through first of all. */
  let fetched = Number.POSITIVE_INFINITY;
  let room = 0;
  let clearing: Promise<void> | null = null;

  /** Looks the folder through and makes room. Other processes may share it, so that nothing is taken as known. */
  async function clear(): Promise<void> {
    const now = Date.now();
    const copies: { path: string; bytes: number; used: number }[] = [];
    for (const shelf of await readdir(folder).catch(() => [])) {
      for (const name of await readdir(join(folder, shelf)).catch(() => [])) {
        const path = join(folder, shelf, name);
        const found = await stat(path).catch(() => null);
        if (!found?.isFile()) continue;
        if (!name.endsWith('.part')) copies.push({ path, bytes: found.size, used: found.mtimeMs });
        else if (now - found.mtimeMs > PART_AGE_MS) await rm(path, { force: true });
      }
    }
    let held = copies.reduce((sum, c) => sum + c.bytes, 0);
    copies.sort((a, b) => a.used - b.used);
    for (const copy of copies) {
      // A tenth is cleared at once, so that not every fetch has to look again.
      if (held <= most * 0.9 || now - copy.used < inUseMs) break;
      await rm(copy.path, { force: true });
      held -= copy.bytes;
    }
    room = Math.max(most - held, most * 0.1);
    fetched = 0;
  }

  async function makeRoom(bytes: number): Promise<void> {
    fetched += bytes;
    if (fetched <= room) return;
    clearing ??= clear().finally(() => {
      clearing = null;
    });
    await clearing;
  }

  async function fetchTo(
    path: string,
    content: CachedContent,
    bytesOf: () => Promise<Readable>,
  ): Promise<void> {
    await makeRoom(content.bytes);
    const part = `${path}.${process.pid}.${randomUUID()}.part`;
    await mkdir(join(path, '..'), { recursive: true });
    const file = await open(part, 'wx', 0o600);
    try {
      const hash = createHash('sha512');
      for await (const chunk of (await bytesOf()) as AsyncIterable<Buffer>) {
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      if (hash.digest('hex') !== content.sha512)
        throw new Error(`the store gave other bytes than those of ${content.sha512.slice(0, 16)}…`);
      // Else a power cut could leave a file of the right name and length with nothing in it.
      await file.sync();
      await file.close();
      await rename(part, path);
    } catch (e) {
      await file.close();
      await rm(part, { force: true });
      throw e;
    }
  }

  async function find(content: CachedContent, bytesOf: () => Promise<Readable>): Promise<string> {
    const path = join(folder, content.sha512.slice(0, 2), content.sha512);
    const found = await stat(path).catch(() => null);
    if (found?.size !== content.bytes) await fetchTo(path, content, bytesOf);
    else if (Date.now() - found.mtimeMs > inUseMs / 10) {
      const now = new Date();
      await utimes(path, now, now).catch(() => undefined);
    }
    return path;
  }

  return {
    pathOf(content, bytesOf) {
      const running = underway.get(content.sha512);
      if (running) return running;
      const finding = find(content, bytesOf).finally(() => underway.delete(content.sha512));
      underway.set(content.sha512, finding);
      return finding;
    },
    async forget({ sha512 }) {
      await underway.get(sha512)?.catch(() => undefined);
      const shelf = join(folder, sha512.slice(0, 2));
      // Parts of fetches that were cut off, too.
      for (const name of await readdir(shelf).catch(() => []))
        if (name.startsWith(sha512)) await rm(join(shelf, name), { force: true });
    },
  };
}
