import type { StoreReader } from '#formats/ocfl';

/** Files of an object as they lie in a store: paths below the object's folder, in order, and sizes. */
export async function* filesOf(
  store: StoreReader,
  objectPath: string,
): AsyncGenerator<{ path: string; bytes: number }> {
  async function* below(folder: string): AsyncGenerator<{ path: string; bytes: number }> {
    const entries = (await store.list(folder === '' ? objectPath : `${objectPath}/${folder}`)) ?? [];
    for (const { name, kind } of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'folder') yield* below(path);
      else yield { path, bytes: (await store.sizeOf(`${objectPath}/${path}`)) ?? 0 };
    }
  }
  yield* below('');
}

/** The size and path of an object as one. */
export async function sizeOfObject(
  store: StoreReader,
  objectPath: string,
  onMedium: (bytes: number) => number,
): Promise<{ files: number; bytes: number }> {
  let [files, bytes] = [0, 0];
  for await (const file of filesOf(store, objectPath)) {
    files++;
    bytes += onMedium(file.bytes);
  }
  return { files, bytes };
}
