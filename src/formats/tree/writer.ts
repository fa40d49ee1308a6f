import { createFolderWriter } from './writing/folder.ts';
import { createTarWriter } from './writing/tar.ts';
import type { NewFile, TreeWriter, TreeWriterOptions } from './writing/types.ts';
import { createZipWriter } from './writing/zip.ts';

/**
 * Begins a folder, ZIP or TAR that must not be there yet. Nothing is under its name before `finish`. The same entries in
 * the same order make the same bytes (of packed content: by the same release of zlib).
 */
export function createTreeWriter(target: string, options: TreeWriterOptions): Promise<TreeWriter> {
  if (options.wrapper === 'folder') return createFolderWriter(target, options);
  if (options.wrapper === 'zip') return createZipWriter(target, options);
  return createTarWriter(target, options);
}

type Files = AsyncIterable<NewFile> | Iterable<NewFile>;

async function writeAll(writer: TreeWriter, files: Files): Promise<void> {
  try {
    for await (const file of files) await writer.add(file);
  } catch (e) {
    await writer.discard();
    throw e;
  }
  await writer.finish();
}

/** Writes a ZIP: UTF-8 names, ZIP64 where it is needed. */
export async function writeZip(
  target: string,
  files: Files,
  options: Partial<TreeWriterOptions> = {},
): Promise<void> {
  await writeAll(await createTreeWriter(target, { ...options, wrapper: 'zip' }), files);
}

/** Writes a TAR (ustar, with pax headers where names or sizes need them); by gzip where `wrapper` says so. */
export async function writeTar(
  target: string,
  files: Files,
  options: Partial<TreeWriterOptions> & { wrapper?: 'tar' | 'tar.gz' } = {},
): Promise<void> {
  await writeAll(await createTreeWriter(target, { ...options, wrapper: options.wrapper ?? 'tar' }), files);
}
