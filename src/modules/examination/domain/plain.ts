import type { Finding } from '#kernel/errors';

/** What is said of a file that is simply no package. */
const NO_PACKAGE: ReadonlySet<string> = new Set(['tree.notAWrapper', 'check.notRecognised']);

/**
 * Whether it is one file that is no package, which is no package gone wrong. A ZIP that can not be opened is no such file:
 * what is wrong with it has to be said.
 */
export function isPlainFile(
  wrapper: 'folder' | 'zip' | 'tar' | null,
  judged: { kind: string; findings: readonly Pick<Finding, 'code'>[] },
): boolean {
  return (
    wrapper === null && judged.kind === 'unknown' && judged.findings.every((f) => NO_PACKAGE.has(f.code))
  );
}

/** What is told of it: that one file is no package is not wrong with it. */
export function worthTelling<T extends { code: string }>(kind: string | null, found: readonly T[]): T[] {
  return kind === 'file' ? found.filter((f) => !NO_PACKAGE.has(f.code)) : [...found];
}
