import { randomBytes } from 'node:crypto';
import { copyFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A whole upload, as the upload server leaves it; the file stays where it is too. @returns its id */
export async function stageFile(
  folder: string,
  path: string,
  metadata: Record<string, string | null>,
): Promise<string> {
  const id = randomBytes(16).toString('hex');
  await copyFile(path, join(folder, id));
  const { size } = await stat(path);
  await writeFile(join(folder, `${id}.json`), JSON.stringify({ id, size, metadata }));
  return id;
}
