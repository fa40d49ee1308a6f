import type { Severity } from '#kernel/errors';
import type { TreeLimits } from './limits.ts';

/** What is wrong with the name of an entry. */
export interface NameProblem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
}

export interface JudgedName {
  /** The path to keep it under; null where it must not be used. A folder's slash and `./` before a path are dropped. */
  readonly path: string | null;
  readonly problem: NameProblem | null;
}

const refused = (code: string, message: string): JudgedName => ({
  path: null,
  problem: { code, severity: 'error', message },
});

/** A step upwards, however the separators are written. */
const CLIMBS = /(^|[\\/])\.\.($|[\\/])/;
const DRIVE = /^[A-Za-z]:/;
const ODD_STEP = /(^|\/)\.?(\/|$)/;
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * Judges the name an entry has in its wrapper. Names are only ever looked up here, never written to; they are judged so
 * that no one after us writes where they point.
 */
export function judgeName(
  written: string,
  wrapper: 'folder' | 'zip' | 'tar',
  limits: TreeLimits,
): JudgedName {
  if (written.includes('\0')) return refused('tree.pathNul', 'Its name has a NUL character; names may not.');
  if (written.startsWith('/') || written.startsWith('\\'))
    return refused('tree.pathAbsolute', 'Its name is an absolute path; names have to lie below the package.');
  if (DRIVE.test(written) && wrapper !== 'folder')
    return refused(
      'tree.pathDrive',
      'Its name begins with a drive letter; names have to lie below the package.',
    );
  if (CLIMBS.test(written))
    return refused('tree.pathEscape', 'Its name climbs out by ".."; names have to lie below the package.');
  let path = written.replace(/^(\.\/+)+/, '').replace(/\/+$/, '');
  if (path === '.') path = '';
  let problem: NameProblem | null = null;
  if (ODD_STEP.test(path) && path !== '') {
    path = path
      .replace(/\/+/g, '/')
      .split('/')
      .filter((step) => step !== '.')
      .join('/');
    problem = {
      code: 'tree.pathOdd',
      severity: 'warning',
      message: 'Its name has empty steps or "." in it; they were left out.',
    };
  }
  const tooLong = longer(path, limits);
  if (tooLong) return tooLong;
  if (path.includes('\\')) {
    const severity = wrapper === 'zip' ? 'error' : 'warning';
    problem = {
      code: 'tree.pathBackslash',
      severity,
      message: 'Its name has a backslash, which other systems take for a separator; "/" is the separator.',
    };
  } else if (CONTROL.test(path)) {
    problem ??= { code: 'tree.pathControl', severity: 'info', message: 'Its name has a control character.' };
  }
  return { path, problem };
}

function longer(path: string, limits: TreeLimits): JudgedName | null {
  // A UTF-16 unit makes at most three bytes: most names need not be counted.
  if (path.length * 3 > limits.pathBytes && Buffer.byteLength(path) > limits.pathBytes)
    return refused('tree.pathLong', `Its path is longer than ${limits.pathBytes} bytes.`);
  let depth = 1;
  let from = 0;
  for (;;) {
    const at = path.indexOf('/', from);
    const end = at < 0 ? path.length : at;
    if ((end - from) * 3 > limits.nameBytes && Buffer.byteLength(path.slice(from, end)) > limits.nameBytes)
      return refused('tree.nameLong', `A step of its path is longer than ${limits.nameBytes} bytes.`);
    if (at < 0) break;
    depth++;
    from = at + 1;
  }
  if (depth > limits.depth) return refused('tree.depth', `It lies deeper than ${limits.depth} folders.`);
  return null;
}

/** What a name becomes where neither letter case nor Unicode normal form counts. */
export const foldName = (name: string): string => name.normalize('NFC').toLowerCase().normalize('NFC');
