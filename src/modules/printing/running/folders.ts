import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PrintOrder } from '../store/orders.ts';

/** Where the file of an order lies once it is whole, and while it is written. */
export const fileOf = (folder: string, o: Pick<PrintOrder, 'id' | 'format'>) =>
  join(folder, o.id, `file.${o.format}`);
export const partOf = (folder: string, o: Pick<PrintOrder, 'id' | 'format'>) =>
  join(folder, o.id, `part.${o.format}`);

export async function removeAll(folder: string, id: string): Promise<void> {
  await rm(join(folder, id), { recursive: true, force: true });
}

/** Names of what has a folder. */
export async function foldersThere(folder: string): Promise<string[]> {
  return readdir(folder).catch((e: NodeJS.ErrnoException) => {
    if (e.code === 'ENOENT') return [];
    throw e;
  });
}

/** Where a preview lies while its pages are drawn. */
export const previewsOf = (folder: string) => join(folder, 'previews');

const HOUR_MS = 3_600_000;

/** Takes away previews whose process was killed. */
export async function removeOldPreviews(folder: string, now: Date): Promise<void> {
  const previews = previewsOf(folder);
  for (const name of await foldersThere(previews)) {
    const path = join(previews, name);
    const made = await stat(path).catch(() => undefined);
    if (made && now.getTime() - made.mtimeMs > HOUR_MS) await rm(path, { force: true });
  }
}
