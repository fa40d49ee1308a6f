/**
 * Entries that are left out, as somebody writes or pastes them: one to a line, the reference code, then the reason.
 *
 * @returns undefined where a line lacks one of the two
 */
export function leftOutOf(lines: string): { code: string; reason: string }[] | undefined {
  const all = lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => /^(\S+)[\s,，;；]+(.+)$/.exec(line));
  if (all.some((m) => !m)) return undefined;
  return all.flatMap((m) => (m ? [{ code: m[1] ?? '', reason: (m[2] ?? '').trim() }] : []));
}
