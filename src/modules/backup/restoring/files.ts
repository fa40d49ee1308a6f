import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import type { SavedFile } from '../manifest.ts';
import { altered } from '../sealing/envelope.ts';
import { plainOf } from './chunks.ts';
import type { Restored } from './restore.ts';

/**
 * Puts the files of a backup into the data folder. What is there already and differs is not lost: it is kept beside under
 * another name.
 *
 * @returns names of what was moved aside
 */
export async function restoreFiles(
  dataDir: string,
  { manifest, place, seal }: Restored,
  o: { masterKey: string },
): Promise<string[]> {
  const moved: string[] = [];
  for (const file of manifest.files) {
    const path = join(dataDir, safe(file.path));
    if (await same(path, file)) continue;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
    try {
      await write(temporary, plainOf(place, seal, file.chunks), file, file.path === o.masterKey);
      const aside = `${path}.before-restore-${manifest.id}`;
      if (await stat(path).catch(() => undefined)) {
        await rename(path, aside);
        moved.push(aside);
      }
      await rename(temporary, path);
    } finally {
      await rm(temporary, { force: true });
    }
    await syncFolder(dirname(path));
  }
  return moved;
}

/** @throws Refusal backup.altered for a name that leads out of the data folder */
function safe(path: string): string {
  const parts = path.split('/');
  if (
    path === '' ||
    path.includes('\\') ||
    path.includes('\0') ||
    parts.some((p) => p === '' || p === '.' || p === '..')
  )
    throw new Refusal('backup.altered', `The backup names a file that may not be: ${JSON.stringify(path)}.`, {
      path,
    });
  return path;
}

async function write(
  path: string,
  bytes: AsyncIterable<Buffer>,
  file: SavedFile,
  secret: boolean,
): Promise<void> {
  const hash = createHash('sha256');
  const handle = await open(path, 'wx', secret ? 0o600 : 0o644);
  try {
    for await (const piece of bytes) {
      hash.update(piece);
      await handle.writeFile(piece);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (hash.digest('hex') !== file.digest) throw altered(file.path);
  const at = new Date(file.modified);
  await utimes(path, at, at);
}

async function same(path: string, file: SavedFile): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size !== file.bytes) return false;
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest('hex') === file.digest;
}
