import { randomBytes } from 'node:crypto';
import { type Dirent, existsSync } from 'node:fs';
import { link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createFileSynced, makeFolderDurably, syncFolder } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import type { Place, PlaceEntry } from './place.ts';
import { missing, placeTrouble } from './trouble.ts';

const TEMPORARY = /\.tmp$/;

/** Backups in a folder, best of another disk or machine. Made where it is not there yet. */
export function folderPlace(folder: string): Place {
  const made = new Set<string>();
  /** Folders with new names in them. */
  const fresh = new Set<string>();
  const guarded = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (e) {
      throw placeTrouble(e, folder, name);
    }
  };
  /** Writes beside, then moves to the name in one step. */
  async function aside(
    name: string,
    bytes: Uint8Array,
    place: (temporary: string, path: string) => Promise<void>,
  ) {
    const path = join(folder, name);
    const parent = dirname(path);
    if (!made.has(parent)) {
      await makeFolderDurably(parent);
      made.add(parent);
    }
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await createFileSynced(temporary, bytes);
      await place(temporary, path);
    } finally {
      await rm(temporary, { force: true });
    }
    fresh.add(parent);
  }

  async function* walk(path: string, name: string): AsyncGenerator<PlaceEntry> {
    let entries: Dirent[];
    try {
      entries = await readdir(path, { withFileTypes: true });
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw placeTrouble(e, folder, name);
    }
    for (const entry of entries) {
      const at = `${name}${entry.name}`;
      if (entry.name === 'lost+found') continue;
      if (entry.isDirectory()) yield* walk(join(path, entry.name), `${at}/`);
      else if (entry.isFile()) {
        // Somebody may take it away meanwhile.
        const found = await stat(join(path, entry.name)).catch(() => undefined);
        if (found) yield { name: at, bytes: found.size };
      }
    }
  }

  return {
    shown: folder,
    read: (name) =>
      guarded(name, async () => {
        try {
          return await readFile(join(folder, name));
        } catch (e) {
          throw (e as NodeJS.ErrnoException).code === 'ENOENT' ? missing(name, folder) : e;
        }
      }),
    write: (name, bytes) =>
      guarded(name, () => aside(name, bytes, (temporary, path) => rename(temporary, path))),
    claim: (name, bytes) =>
      guarded(name, async () => {
        try {
          // A link is refused where the name is taken; a rename would replace it.
          await aside(name, bytes, (temporary, path) => link(temporary, path));
          return true;
        } catch (e) {
          if ((e as NodeJS.ErrnoException).code === 'EEXIST') return false;
          if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes((e as NodeJS.ErrnoException).code ?? '')) throw e;
          return exclusively(join(folder, name), bytes);
        }
      }),
    async *list(prefix) {
      const path = join(folder, prefix);
      for await (const entry of walk(path, prefix)) if (!TEMPORARY.test(entry.name)) yield entry;
    },
    remove: (name) =>
      guarded(name, async () => {
        await rm(join(folder, name), { force: true });
        fresh.add(dirname(join(folder, name)));
      }),
    move: (from, to) =>
      guarded(from, async () => {
        await makeFolderDurably(dirname(join(folder, to)));
        await rename(join(folder, from), join(folder, to));
      }),
    settle: () =>
      guarded('', async () => {
        for (const parent of fresh) if (existsSync(parent)) await syncFolder(parent);
        fresh.clear();
      }),
    sweep: () => guarded('', () => sweepFolder(folder)),
    close() {},
  };
}

/** For file systems without links. */
async function exclusively(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    return true;
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw e;
  }
}

/** What a killed run left half written; only while nobody else writes there. */
async function sweepFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  for (const entry of entries)
    if (entry.isFile() && TEMPORARY.test(entry.name))
      await rm(join(entry.parentPath, entry.name), { force: true });
}

/** @throws Refusal backup.noPlace where it is there and no folder */
export async function demandFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found && !found.isDirectory())
    throw new Refusal('backup.noPlace', `${folder} is not a folder. Name a folder for backups.`, {
      place: folder,
    });
}
