const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: 'The file is not there any more.',
  EACCES: 'The file may not be read.',
  EISDIR: 'This is a folder.',
  EIO: 'The disk could not read the file.',
};

/** A sentence for a file that could not be opened; paths and internals stay in the log. */
export function systemText(e: unknown): string {
  const code = e instanceof Error && 'code' in e ? String(e.code) : '';
  return SENTENCES[code] ?? 'The file could not be read.';
}
