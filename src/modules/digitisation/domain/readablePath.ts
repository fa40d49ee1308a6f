import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A path that any library can open. File names need not be UTF-8 (old discs carry GBK names), but libraries take
 * strings: such a file is reached through a link with a plain name, for as long as this is in use.
 *
 * @param source the file's own path, byte for byte
 */
export async function readablePath(source: Buffer): Promise<{ path: string } & AsyncDisposable> {
  const text = source.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(source)) {
    return { path: text, [Symbol.asyncDispose]: async () => {} };
  }
  const folder = await mkdtemp(join(tmpdir(), 'lantai-'));
  const path = join(folder, 'file');
  await symlink(source, path);
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
