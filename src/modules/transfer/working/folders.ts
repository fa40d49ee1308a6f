import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TransferDeps } from '../deps.ts';
import { type Batch, forgetUploads } from '../store/batches.ts';

const isGone = (e: unknown) => e instanceof Error && 'code' in e && e.code === 'ENOENT';

/** What the agency prepares. */
export const outgoing = (folder: string, { id }: Pick<Batch, 'id'>) => join(folder, 'outgoing', id);
/** What the archive has received of it, apart from everything that is held. */
export const quarantine = (folder: string, { id }: Pick<Batch, 'id'>) => join(folder, 'quarantine', id);

/** What bears a classification: beside the folder of batches, which backups take along. */
export const blocked = (folder: string, { id }: Pick<Batch, 'id'>) => join(dirname(folder), 'blocked', id);

/** The package itself, in the folder of either side. */
export const packageIn = (place: string, { root }: Pick<Batch, 'root'>) => (root ? join(place, root) : place);

/** From the agency's folder into quarantine, once: called again it finds it done. */
export async function moveToQuarantine(folder: string, batch: Pick<Batch, 'id'>): Promise<void> {
  const [from, to] = [outgoing(folder, batch), quarantine(folder, batch)];
  if (!(await isThere(from))) return;
  await mkdir(join(folder, 'quarantine'), { recursive: true, mode: 0o700 });
  // What an earlier round left.
  await rm(to, { recursive: true, force: true });
  await rename(from, to);
}

/** Out of reach of both sides, and of backups: called again it finds it done. */
export async function setApart(folder: string, batch: Pick<Batch, 'id'>): Promise<void> {
  await moveToQuarantine(folder, batch);
  const [from, to] = [quarantine(folder, batch), blocked(folder, batch)];
  if (!(await isThere(from))) return;
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await rename(from, to);
}

/** Back to the agency, which mends what was returned; where it has other content meanwhile, that counts. */
export async function moveBack(folder: string, batch: Pick<Batch, 'id'>): Promise<void> {
  const [from, to] = [quarantine(folder, batch), outgoing(folder, batch)];
  if ((await isThere(to)) || !(await isThere(from))) return;
  await mkdir(join(folder, 'outgoing'), { recursive: true, mode: 0o700 });
  await rename(from, to);
}

/** Ids of the batches that have folders. */
export async function foldersThere(folder: string): Promise<string[]> {
  const below = (side: string) =>
    readdir(join(folder, side)).catch((e) => {
      if (isGone(e)) return [];
      throw e;
    });
  return [...new Set([...(await below('outgoing')), ...(await below('quarantine'))])];
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (e) {
    if (isGone(e)) return false;
    throw e;
  }
}

export async function removeContent(folder: string, batch: Pick<Batch, 'id'>): Promise<void> {
  await rm(outgoing(folder, batch), { recursive: true, force: true });
  await rm(quarantine(folder, batch), { recursive: true, force: true });
  await rm(blocked(folder, batch), { recursive: true, force: true });
}

/** Uploads that were laid out, or are not wanted any more; called again it goes on. */
export async function removeUploads(
  { db, staging }: Pick<TransferDeps, 'db' | 'staging'>,
  batch: Pick<Batch, 'id' | 'uploads'>,
): Promise<void> {
  for (const upload of batch.uploads) await staging.remove(upload);
  await forgetUploads(db.owner, batch);
}
