import { isObjectRoot, type StoreReader } from '#formats/ocfl';

/**
 * Paths of the objects of a storage root behind one of them, in a fixed order, so that a walk goes on where it was. Lists
 * folder by folder; its memory grows with the depth and one folder's names.
 */
export async function* objectPathsAfter(
  reader: Pick<StoreReader, 'list'>,
  after: string | undefined,
): AsyncGenerator<string> {
  yield* below(reader, '', after?.split('/'));
}

async function* below(
  reader: Pick<StoreReader, 'list'>,
  path: string,
  after: readonly string[] | undefined,
): AsyncGenerator<string> {
  const entries = (await reader.list(path)) ?? [];
  if (path !== '' && isObjectRoot(entries)) {
    if (after === undefined) yield path;
    return;
  }
  const names = entries.filter((e) => e.kind === 'folder' && !(path === '' && e.name === 'extensions'));
  for (const name of names.map((e) => e.name).sort()) {
    const [edge, ...rest] = after ?? [];
    if (edge !== undefined && name < edge) continue;
    yield* below(reader, path === '' ? name : `${path}/${name}`, name === edge ? rest : undefined);
  }
}
