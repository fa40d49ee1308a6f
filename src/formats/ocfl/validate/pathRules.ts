import type { Say } from './say.ts';

/** Codes a path breaks: [begins or ends with a slash, bad element, not unique or conflicting]. */
export interface PathCodes {
  readonly edge: string;
  readonly element: string;
  readonly conflict: string;
}
export const contentPathCodes: PathCodes = { edge: 'E100', element: 'E099', conflict: 'E101' };
export const logicalPathCodes: PathCodes = { edge: 'E053', element: 'E052', conflict: 'E095' };

/** Whether one path is safe; says what is wrong with it. */
export function checkPath(path: string, codes: PathCodes, where: string, say: Say): boolean {
  let good = true;
  let inner = path;
  if (path.startsWith('/') || path.endsWith('/')) {
    say.error(codes.edge, where, `The path "${path}" begins or ends with a slash.`);
    inner = path.replace(/^\//, '').replace(/\/$/, '');
    good = false;
  }
  if (inner.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    say.error(codes.element, where, `The path "${path}" has an element that is empty, "." or "..".`);
    good = false;
  }
  return good;
}

/** No path may be a folder of another. */
export function checkConflicts(
  paths: ReadonlyMap<string, string>,
  codes: PathCodes,
  where: string,
  say: Say,
): void {
  for (const path of paths.keys())
    for (let at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1))
      if (paths.has(path.slice(0, at)))
        say.error(
          codes.conflict,
          where,
          `"${path.slice(0, at)}" is both a file and a folder (of "${path}").`,
        );
}
