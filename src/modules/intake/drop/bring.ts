import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Refusal } from '#kernel/errors';
import type { IntakeDeps } from '../deps.ts';
import type { DropFile } from './walk.ts';

export interface Brought {
  path: string;
  /** Where it waits now, and under which upload. */
  upload: string;
}

/** The same file of the same entry waits under the same name, however often a process begins anew. */
const uploadId = (entryId: string, path: string): string =>
  createHash('sha256').update(`${entryId}\n${path}`).digest('hex').slice(0, 32);

/**
 * Copies the files of an entry to where uploads wait, as the system's own: from there everything goes the one way.
 *
 * @param alive told from time to time, so that nobody takes the entry for one left behind
 */
export async function bringFiles(
  deps: IntakeDeps,
  o: { entryId: string; systemId: string; at: string; name: string; folder: string | null },
  files: readonly DropFile[],
  alive: () => Promise<void>,
): Promise<Brought[]> {
  const brought: Brought[] = [];
  for (const file of files) {
    await alive();
    const upload = uploadId(o.entryId, file.path);
    const relative = file.path === '' ? null : o.folder === null ? file.path : `${o.folder}/${file.path}`;
    const name = file.path === '' ? o.name : (file.path.split('/').at(-1) ?? o.name);
    const from = file.path === '' ? o.at : join(o.at, file.path);
    const bytes = await deps.staging.adopt(from, {
      id: upload,
      personId: o.systemId,
      name,
      relativePath: relative,
    });
    if (bytes !== file.bytes)
      throw new Refusal('intake.drop', 'It was written to while it was taken.', { why: 'changing' });
    brought.push({ path: file.path, upload });
  }
  return brought;
}
