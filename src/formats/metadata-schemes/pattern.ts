/** Longest pattern, and most repetitions without an end: what a pattern costs stays within bounds whatever the value. */
const LONGEST = 200;
const OPEN_ENDED = 2;
/** Longest value a pattern is tried on. */
export const PATTERN_VALUE = 500;

const ATOM = /^(?:\[\^?(?:\\[\\\]^dw-]|[^\\\]])+\]|\\[dw.+*?()[\]{}|\\/^$-]|[^\\()[\]{}|*+?^$.]|\.)/u;
const TIMES = /^(?:[?*+]|\{(\d{1,3})(?:(,)(\d{1,3})?)?\})/;

export type PatternFault = 'tooLong' | 'group' | 'openEnded' | 'unreadable';

/**
 * Whether an archive's pattern may be used: characters, classes of them and how often each stands, one behind another, with
 * alternatives by `|`. No groups, nothing that refers back, and few repetitions without an end: a pattern is tried on every
 * value that comes in.
 *
 * @returns null where it may
 */
export function checkPattern(pattern: string): PatternFault | null {
  if (pattern.length > LONGEST) return 'tooLong';
  let rest = pattern;
  let open = 0;
  while (rest !== '') {
    if (rest[0] === '|') {
      rest = rest.slice(1);
      continue;
    }
    const atom = ATOM.exec(rest);
    if (!atom) return rest[0] === '(' ? 'group' : 'unreadable';
    rest = rest.slice(atom[0].length);
    const times = TIMES.exec(rest);
    if (!times) continue;
    const many = Number(times[3] ?? (times[2] ? Number.POSITIVE_INFINITY : (times[1] ?? 1)));
    if (times[0] === '*' || times[0] === '+' || !Number.isFinite(many)) open++;
    rest = rest.slice(times[0].length);
  }
  if (open > OPEN_ENDED) return 'openEnded';
  try {
    new RegExp(`^(?:${pattern})$`, 'u');
    return null;
  } catch {
    return 'unreadable';
  }
}
