import { type EarkOpened, readEark } from '#formats/eark';
import { fromDublinCore, fromEad } from '../../foreign/descriptive.ts';
import { arrivedByFolders, fondsGiven, titleOf } from '../../foreign/folders.ts';
import { createListedDigests } from '../../foreign/listed.ts';
import { createSaidOfFiles } from '../../foreign/saidOfFiles.ts';
import type { Arrived, ReadOrder } from '../kind.ts';

/**
 * A package of somebody else: an entry for the package, described by its finding aid or Dublin Core, and below it one for each
 * folder that holds files. METS documents and metadata are such files, so that nothing that came is lost.
 *
 * @throws Refusal ingest.fondsWanted: such a package names no fonds of ours
 */
export async function openForeignEark(digest: string, order: ReadOrder): Promise<Arrived> {
  const fonds = fondsGiven(order.fonds);
  const { root, name } = order;
  const opened = await readEark(root, name);
  const listed = createListedDigests();
  const said = createSaidOfFiles();
  for await (const { path, file } of opened.files())
    if (path !== null) {
      listed.add(path, file.checksumType ?? '', file.checksum ?? '');
      said.add(path, file.size, file.mimeType);
    }
  // Paths of files that are not there are left out, and with them the order is lost.
  for (const { metadata } of [opened, ...opened.representations])
    for (const { paths, references } of metadata)
      if (paths.length === references.length)
        for (const [i, path] of paths.entries())
          listed.add(path, references[i]?.checksumType ?? '', references[i]?.checksum ?? '');
  const { title, ...described } = await descriptionOf(opened, order);
  return arrivedByFolders({
    fonds,
    digest,
    tree: root,
    listed: listed.of,
    said: said.of,
    row: { ...described, title: titleOf(title || opened.label || opened.identifier || name) },
  });
}

async function descriptionOf(
  { metadata }: EarkOpened,
  { root, scratch }: ReadOrder,
): Promise<Record<string, unknown> & { title: string }> {
  for (const { kind, references, paths } of metadata) {
    const [path] = paths;
    if (kind !== 'dmdSec' || path === undefined) continue;
    const type = references[0]?.metadataType;
    const row =
      type === 'EAD'
        ? await fromEad(root, path, scratch)
        : type === 'DC'
          ? await fromDublinCore(root, path)
          : {};
    if (Object.keys(row).length > 0) return { title: '', ...row };
  }
  return { title: '' };
}
