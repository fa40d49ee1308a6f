/** Page images and documents the archive takes in; what a scanner or a system leaves beside them stays out. */
const TAKEN = /\.(jpe?g|tiff?|png|jp2|j2k|pdf|ofd)$/i;

export function isScan(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  return !name.startsWith('.') && !name.startsWith('~$') && TAKEN.test(name);
}
