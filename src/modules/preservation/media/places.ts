import { mkdir, readdir, realpath } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { Refusal } from '#kernel/errors';

const within = (folder: string, path: string) => path === folder || path.startsWith(folder + sep);

/** The longest part of a path that is there, with all links followed, and the rest of it. */
async function settled(path: string): Promise<string> {
  let [at, rest] = [path, ''];
  for (;;) {
    const real = await realpath(at).catch(() => null);
    if (real !== null) return rest === '' ? real : join(real, rest);
    rest = rest === '' ? at.slice(dirname(at).length + 1) : join(at.slice(dirname(at).length + 1), rest);
    if (dirname(at) === at) return path;
    at = dirname(at);
  }
}

/**
 * A folder a medium is mounted in, or an image is written to: one of those the settings name, or below one.
 *
 * @throws Refusal media.folder
 */
export async function mediumFolder(allowed: readonly string[], wanted: string): Promise<string> {
  const refusal = () =>
    new Refusal('media.folder', 'Give a folder below one of those set for media (LANTAI_MEDIA_FOLDERS).', {
      folders: allowed.join(', '),
    });
  if (wanted.includes('\0')) throw refusal();
  // A name alone lies in the first of them.
  const path = await settled(resolve(allowed[0] ?? '', wanted));
  for (const folder of allowed) {
    await mkdir(folder, { recursive: true }).catch(() => undefined);
    const real = await realpath(folder).catch(() => null);
    if (real !== null && within(real, path)) return path;
  }
  throw refusal();
}

/** Names in a folder that mean something; what file systems put there themselves does not. Null where it is missing. */
export async function namesIn(folder: string): Promise<string[] | null> {
  const names = await readdir(folder).catch(() => null);
  return (
    names?.filter((n) => !n.startsWith('.') && n !== 'lost+found' && n !== 'System Volume Information') ??
    null
  );
}
