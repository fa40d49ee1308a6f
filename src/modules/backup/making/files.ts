import type { Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SavedFile } from '../manifest.ts';
import type { ChunkWriter } from './chunkWriter.ts';

const PIECE = 4 * 1024 * 1024;

/** What is kept of the data folder. */
export interface FileWanted {
  /** Below the data folder: a folder or a file; nothing there is fine. */
  path: string;
}

/**
 * Keeps files of the data folder. Those that are as long and as old as in the backup before are not read again: what is
 * kept in these folders is written once.
 */
export async function* saveFiles(
  dataDir: string,
  paths: readonly string[],
  before: ReadonlyMap<string, SavedFile>,
  writer: ChunkWriter,
  pace: (bytes: number) => Promise<void>,
): AsyncGenerator<SavedFile> {
  for (const path of paths)
    for await (const file of filesBelow(dataDir, path)) {
      const known = before.get(file.path);
      if (known && known.bytes === file.bytes && known.modified === file.modified && writer.has(known.chunks))
        yield known;
      else {
        const saved = await saveFile(dataDir, file, writer, pace);
        if (saved) yield saved;
      }
    }
}

/** @returns undefined where it was taken away meanwhile */
async function saveFile(
  dataDir: string,
  file: { path: string; modified: number },
  writer: ChunkWriter,
  pace: (bytes: number) => Promise<void>,
): Promise<SavedFile | undefined> {
  const handle = await open(join(dataDir, file.path), 'r').catch(gone);
  if (!handle) return undefined;
  try {
    const piece = writer.piece();
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE), 0, PIECE);
      if (bytesRead === 0) break;
      await piece.put(buffer.subarray(0, bytesRead));
      await pace(bytesRead);
    }
    return { path: file.path, modified: file.modified, ...(await piece.end()) };
  } finally {
    await handle.close();
  }
}

function gone(e: NodeJS.ErrnoException): undefined {
  if (e.code === 'ENOENT') return undefined;
  throw e;
}

/** All plain files there and below, in the order of their names. Links are not followed. */
async function* filesBelow(
  dataDir: string,
  path: string,
): AsyncGenerator<{ path: string; bytes: number; modified: number }> {
  let entries: Dirent[];
  try {
    entries = await readdir(join(dataDir, path), { withFileTypes: true });
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code !== 'ENOTDIR') {
      if (code === 'ENOENT') return;
      throw e;
    }
    const found = await stat(join(dataDir, path));
    yield { path, bytes: found.size, modified: Math.floor(found.mtimeMs) };
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const below = `${path}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(dataDir, below);
    else if (entry.isFile()) {
      const found = await stat(join(dataDir, below)).catch(gone);
      if (found) yield { path: below, bytes: found.size, modified: Math.floor(found.mtimeMs) };
    }
  }
}
