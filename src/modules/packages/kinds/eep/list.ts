import { createHash } from 'node:crypto';
import { isOfManifest, type ManifestAlgorithm, type ManifestLine } from '#formats/eep';
import { createPathTable, type FileTree, type NewFile, type TreeWriter } from '#formats/tree';
import type { Finding } from '#kernel/errors';
import { type createLineParts, jsonLines, linesOnDisk } from '../../lines.ts';
import { errorAt } from '../../own/describe.ts';

/** The digests of all files, since an EEP vouches for itself alone. */
export const DIGESTS = 'lantai/digests.jsonl';

/** A writer that notes the digests of each file: that of our own list, and that of the signed one. */
export function digesting(
  writer: TreeWriter,
  root: string,
  lines: ReturnType<typeof createLineParts>,
  algorithm: ManifestAlgorithm,
) {
  return async ({ path, bytes, content = '' }: NewFile): Promise<void> => {
    const hash = createHash('sha512');
    const signed = createHash(algorithm);
    const pieces =
      typeof content === 'string' || content instanceof Uint8Array ? [Buffer.from(content)] : content;
    async function* watched() {
      for await (const piece of pieces) {
        hash.update(piece);
        signed.update(piece);
        yield piece;
      }
    }
    await writer.add({
      path: `${root}${path}`,
      ...(bytes === undefined ? {} : { bytes }),
      content: watched(),
    });
    await lines.add({ path, sha512: hash.digest('hex'), digest: signed.digest('hex') });
  };
}

/** The list as a file. */
export async function digestList(folder: string, parts: readonly string[]): Promise<NewFile> {
  const text = async function* () {
    for await (const { path, sha512 } of linesOnDisk(folder, parts))
      yield Buffer.from(`${JSON.stringify({ path, sha512 })}\n`);
  };
  let bytes = 0;
  for await (const piece of text()) bytes += piece.length;
  return { path: DIGESTS, bytes, content: text() };
}

/** The lines of the signed list: of all files, our own list among them. */
export async function* manifestLines(folder: string, parts: readonly string[]): AsyncGenerator<ManifestLine> {
  for await (const { path, digest } of linesOnDisk(folder, parts))
    yield { path: String(path), digest: String(digest) };
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
    if (kind === 'file' && path !== DIGESTS && !isOfManifest(path) && listed.find(path) < 0)
      yield errorAt(path, 'ingest.strayFile', 'The list of digests does not name it.');
}
