import { createHash } from 'node:crypto';
import { createPathTable, type FileTree, type NewFile, type TreeWriter } from '#formats/tree';
import type { Finding } from '#kernel/errors';
import { type createLineParts, jsonLines, linesOnDisk } from '../../lines.ts';
import { errorAt } from '../../own/describe.ts';

/** The digests of all files, since an EEP vouches for itself alone. */
export const DIGESTS = 'lantai/digests.jsonl';

/** A writer that notes the digest of each file. */
export function digesting(writer: TreeWriter, root: string, lines: ReturnType<typeof createLineParts>) {
  return async ({ path, bytes, content = '' }: NewFile): Promise<void> => {
    const hash = createHash('sha512');
    const pieces =
      typeof content === 'string' || content instanceof Uint8Array ? [Buffer.from(content)] : content;
    async function* watched() {
      for await (const piece of pieces) {
        hash.update(piece);
        yield piece;
      }
    }
    await writer.add({
      path: `${root}${path}`,
      ...(bytes === undefined ? {} : { bytes }),
      content: watched(),
    });
    await lines.add({ path, sha512: hash.digest('hex') });
  };
}

/** The list as a file. */
export async function digestList(folder: string, parts: readonly string[]): Promise<NewFile> {
  const text = async function* () {
    for await (const line of linesOnDisk(folder, parts)) yield Buffer.from(`${JSON.stringify(line)}\n`);
  };
  let bytes = 0;
  for await (const piece of text()) bytes += piece.length;
  return { path: DIGESTS, bytes, content: text() };
}

/** Compares the list with what is there, both ways. @throws Refusal ingest.unreadable */
export async function* compareDigests(tree: FileTree): AsyncGenerator<Finding> {
  const listed = createPathTable();
  for await (const { path, sha512 } of jsonLines(await tree.open(DIGESTS))) {
    if (typeof path !== 'string' || listed.find(path) >= 0) continue;
    listed.add(path);
    if ((await tree.entry(path))?.kind !== 'file')
      yield errorAt(path, 'ingest.missingFile', 'The list of digests names it, and it is not there.');
    else if ((await tree.digests(path, ['sha512'])).get('sha512') !== sha512)
      yield errorAt(path, 'ingest.otherFile', 'It has another digest than the list says: it was changed.');
  }
  for await (const { path, kind } of tree.entries())
    if (kind === 'file' && path !== DIGESTS && listed.find(path) < 0)
      yield errorAt(path, 'ingest.strayFile', 'The list of digests does not name it.');
}
