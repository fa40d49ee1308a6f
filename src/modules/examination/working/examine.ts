import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Inside, lookInside } from '#formats/inside';
import { judge } from '#formats/judging';
import { createIdentifier, type Identifier, type Match } from '#formats/pronom';
import { type FileTree, openTree, packageRoot, type TreeEntry } from '#formats/tree';
import { createDigestPool } from '#kernel/checksums';
import { isRefusal, Refusal } from '#kernel/errors';
import type {
  ExaminationPlace,
  FoundEntries,
  FoundEntry,
  JudgedPlace,
  LookedInside,
  OpenedPlace,
} from './protocol.ts';

/** Told at a time, or for so long: whoever waits shows how far it is. */
const AT_ONCE = 500;
const AT_ONCE_MS = 400;
/** Unpacked in order to be identified or looked into: of one file, and of all files for being identified. */
const MOST_UNPACKED = 2e9;
const MOST_UNPACKED_ALL = 50e9;

/** ZIP, TAR and gzip in PRONOM. */
const MERE_WRAPPERS = new Set(['x-fmt/263', 'x-fmt/265', 'x-fmt/266']);

/**
 * Reads one file or package that somebody sent: judges it, tells its entries with their formats, looks inside of one file.
 * What is wrong with the thing is told; only our own faults are thrown.
 */
export function examinePlace(place: ExaminationPlace) {
  const { path, scratch, limits, trust, veraPdf } = place;
  let identifier: Promise<Identifier> | undefined;
  let tree: FileTree | null = null;
  let single: FoundEntry | null = null;
  let walk: AsyncIterator<TreeEntry> | undefined;
  let unpacked = 0;

  /** A file of the package as a file of ours, for as long as `use` takes. */
  async function withFile<T>(from: FileTree, inner: string, use: (path: string) => Promise<T>): Promise<T> {
    if (from.wrapper === 'folder') return use(join(path, inner));
    // Its own name is kept for what its ending says, where a file system takes it.
    const name = basename(inner);
    const folder = join(scratch, 'one');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const target = join(folder, Buffer.byteLength(name) <= 255 && usable(name) ? name : 'file');
    try {
      await pipeline(await from.open(inner), createWriteStream(target, { mode: 0o600 }));
      return await use(target);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async function identify(
    from: FileTree,
    { path: inner, bytes }: TreeEntry,
  ): Promise<Pick<FoundEntry, 'matches' | 'notIdentified'>> {
    if (from.wrapper !== 'folder') {
      if (bytes > MOST_UNPACKED) return { matches: null, notIdentified: 'tooLarge' };
      unpacked += bytes;
      if (unpacked > MOST_UNPACKED_ALL) return { matches: null, notIdentified: 'tooMuch' };
    }
    identifier ??= createIdentifier(place.formats);
    const known = await identifier;
    return withFile(from, inner, async (file) => ({
      matches: [...(await known.identify(file))],
      notIdentified: null,
    })).catch(unreadable);
  }

  async function openPlace(): Promise<FileTree | null> {
    try {
      return await openTree(path, { limits, scratch });
    } catch (e) {
      if (!isRefusal(e) && !isOfTheSystem(e)) throw e;
      return null;
    }
  }

  /** Whether a file that could be unpacked is known to be of a format of documents, and not only a ZIP or TAR. */
  async function isDocument(): Promise<boolean> {
    if (!tree || tree.wrapper === 'folder') return false;
    identifier ??= createIdentifier(place.formats);
    const matches = await (await identifier).identify(path);
    return matches.length > 0 && !matches.some((m) => MERE_WRAPPERS.has(m.puid));
  }

  return {
    async judge(): Promise<JudgedPlace> {
      const pool = createDigestPool(1);
      try {
        return await judge(path, pool, { limits, scratch, trust });
      } finally {
        await pool.close();
      }
    },

    async open({ recognised }: { recognised: boolean }): Promise<OpenedPlace> {
      await tree?.close();
      tree = await openPlace();
      unpacked = 0;
      const facts = await stat(path);
      const document = !recognised && (await isDocument());
      if (document) {
        await tree?.close();
        tree = null;
      }
      if (!tree) {
        single = {
          path: basename(path),
          kind: 'file',
          bytes: facts.size,
          matches: null,
          notIdentified: null,
        };
        return { wrapper: null, document, top: '' };
      }
      single = null;
      walk = tree.entries()[Symbol.asyncIterator]();
      return { wrapper: tree.wrapper, document, top: await topOf(tree) };
    },

    async next(): Promise<FoundEntries> {
      if (!tree) {
        if (!single) return { entries: [], all: true };
        const found = await (async () => {
          identifier ??= createIdentifier(place.formats);
          const matches: Match[] = [...(await (await identifier).identify(path))];
          return { matches, notIdentified: null };
        })().catch(unreadable);
        const entries = [{ ...single, ...found }];
        single = null;
        return { entries, all: true };
      }
      const until = Date.now() + AT_ONCE_MS;
      const entries: FoundEntry[] = [];
      while (entries.length < AT_ONCE && Date.now() < until) {
        const step = await walk!.next().catch((e: unknown) => {
          // Damaged further on: what was told so far stands, the judgement says the rest.
          if (isRefusal(e) || isOfTheSystem(e)) return { done: true as const, value: undefined };
          throw e;
        });
        if (step.done) {
          await tree.close();
          tree = null;
          return { entries, all: true };
        }
        const entry = step.value;
        const found =
          entry.kind === 'file' ? await identify(tree, entry) : { matches: null, notIdentified: null };
        entries.push({ ...entry, ...found });
      }
      return { entries, all: false };
    },

    /** @throws Refusal `examination.tooLargeToOpen`, those of the wrapper, `inside.*` */
    async inside(inner: string): Promise<LookedInside> {
      const from = inner === '' ? null : await openPlace();
      if (!from) {
        const inside = await lookInside(path, { trust, veraPdf }).catch((e: unknown) => {
          throw isOfTheSystem(e) ? gone(e) : e;
        });
        return { inside };
      }
      try {
        const entry = await from.entry(inner);
        if (from.wrapper !== 'folder' && (entry?.bytes ?? 0) > MOST_UNPACKED)
          throw new Refusal(
            'examination.tooLargeToOpen',
            'This file is too large to be unpacked here. Unpack the package and drop the file by itself.',
          );
        return {
          inside: await withFile(
            from,
            inner,
            (file): Promise<Inside> => lookInside(file, { trust, veraPdf }),
          ),
        };
      } catch (e) {
        throw isOfTheSystem(e) ? gone(e) : e;
      } finally {
        await from.close();
      }
    },
  };
}

const usable = (name: string) =>
  name !== '' && name !== '.' && name !== '..' && !/[\u0000-\u001f/\\]/.test(name);

/** Its days are over, or the database came back from a backup without what was sent. */
const gone = (cause: unknown) =>
  new Refusal('examination.gone', 'What was sent is no longer there. Send it again.', {}, { cause });

const isOfTheSystem = (e: unknown) => e instanceof Error && 'syscall' in e;

function unreadable(e: unknown): { matches: null; notIdentified: 'unreadable' } {
  if (isRefusal(e) && e.code.startsWith('pronom.')) throw e;
  if (isRefusal(e) || isOfTheSystem(e)) return { matches: null, notIdentified: 'unreadable' };
  throw e;
}

/** The folder a package lies in within its wrapper. */
async function topOf(tree: FileTree): Promise<string> {
  const root = await packageRoot(tree);
  if (root === tree) return '';
  for await (const entry of tree.list('')) if (entry.kind === 'folder') return entry.path;
  return '';
}
