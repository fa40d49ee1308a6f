import { lstat, opendir } from 'node:fs/promises';
import { type FileName, readFileName } from '#kernel/fileNames';

/** One thing found below a folder. */
export interface FoundFile {
  /** Names from the folder down to the file. */
  readonly names: readonly FileName[];
  /** The names to show, joined with `/`. */
  readonly path: string;
  /** To open it with: bytes, since a name need not be UTF-8. */
  readonly fullPath: Buffer;
  readonly size: number;
  /** `junk` is what systems leave about (thumbnails, indexes); `link` and `special` are never followed or read. */
  readonly kind: 'file' | 'junk' | 'link' | 'special';
}

const JUNK_FILE =
  /^(?:thumbs\.db(?::.*)?|ehthumbs(?:_vista)?\.db|desktop\.ini|\.ds_store|\._.*|~\$.*|icon\r|\.directory|\.nomedia|.*\.(?:tmp|crdownload|part|partial))$/i;
const JUNK_FOLDER =
  /^(?:__macosx|\.trash.*|\.trashes|\.spotlight-v100|\.fseventsd|@eadir|#recycle|\$recycle\.bin|system volume information|\.git|\.svn|\.@__thumb|lost\+found)$/i;

/** Whether a name is one systems leave about on their own. */
export function isJunkName(name: string): boolean {
  return JUNK_FILE.test(name) || JUNK_FOLDER.test(name);
}

const MAX_DEPTH = 100;
const SLASH = Buffer.from('/');

/**
 * Walks a folder as a stream: one folder's handle per depth, no list of the whole. Links are not followed. What
 * vanishes while walking is left out.
 *
 * @throws the file system's error when the folder itself can not be read.
 */
export async function* walkScans(folder: string): AsyncGenerator<FoundFile> {
  yield* walkBelow(Buffer.from(folder), [], false, 0);
}

async function* walkBelow(
  folder: Buffer,
  above: readonly FileName[],
  junk: boolean,
  depth: number,
): AsyncGenerator<FoundFile> {
  // The types know of names as bytes in readdir alone; opendir gives them too.
  const entries = await opendir(folder, { encoding: 'buffer' as BufferEncoding }).catch((e: unknown) => {
    if (depth > 0 && e instanceof Error && 'code' in e && e.code === 'ENOENT') return null;
    throw e;
  });
  if (entries === null) return;
  for await (const entry of entries) {
    const bytes = Buffer.from(entry.name);
    const name = readFileName(bytes);
    const names = [...above, name];
    const fullPath = Buffer.concat([folder, SLASH, bytes]);
    const inJunk = junk || isJunkName(name.text);
    const found = await lstat(fullPath).catch(() => null);
    if (!found) continue;
    if (found.isDirectory() && depth < MAX_DEPTH) {
      yield* walkBelow(fullPath, names, inJunk, depth + 1);
      continue;
    }
    const kind = found.isSymbolicLink() ? 'link' : !found.isFile() ? 'special' : inJunk ? 'junk' : 'file';
    yield { names, path: names.map((n) => n.text).join('/'), fullPath, size: found.size, kind };
  }
}
