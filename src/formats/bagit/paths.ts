/** How a path of a manifest or of fetch.txt is written, and what it must not be. */

/** Why a path points out of the bag, or would on some system; null where it does not. */
export function whyOutside(path: string): string | null {
  if (path.includes('\0')) return 'it has a NUL character';
  if (path.startsWith('/')) return 'it is an absolute path';
  if (path.startsWith('~')) return 'it begins with "~", which stands for the folder of a user';
  if (/^[A-Za-z]:/.test(path)) return 'it begins with a drive letter';
  if (path.startsWith('\\'))
    return 'it begins with a backslash, which is an absolute path or one of another machine on Windows';
  if (/^%[A-Za-z_]+%/.test(path) || /^\$/.test(path)) return 'it begins with a variable of the system';
  if (/(^|[\\/])\.\.($|[\\/])/.test(path)) return 'it climbs out by ".."';
  return null;
}

const ENCODED = /%(0[AaDd]|25)/g;

/** CR, LF and % as RFC 8493 (2.1.3) has them written. */
export const encodePath = (path: string): string =>
  path.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

export const decodePath = (path: string): string =>
  path.replace(ENCODED, (found) => String.fromCharCode(Number.parseInt(found.slice(1), 16)));

/** Files that systems strew about and take away again. */
export const isSystemFile = (path: string): boolean => {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return (
    ['.ds_store', 'thumbs.db', 'ehthumbs.db', 'desktop.ini', '.localized', '.directory'].includes(name) ||
    name.startsWith('._')
  );
};
