import { OBVIOUS_WHOLE, OBVIOUS_WORDS } from './password-words.ts';

/** What fingers find without thinking: rows, columns and diagonals of a keyboard, the number pad, the alphabet. */
const RUNS = [
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '!@#$%^&*()_+',
  '789456123',
  '147258369',
].flatMap((run) => [run, [...run].reverse().join('')]);
const SHORTEST_RUN = 3;

const LETTER_FOR: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Whether a password is one of those tried first: a common word with figures around it, a run of keys, a short piece again
 * and again, or a mobile number. Our own list and rules; a longer list is a file named by setting.
 */
export function isObvious(password: string): boolean {
  const folded = password.normalize('NFKC').toLowerCase();
  return (
    OBVIOUS_WHOLE.has(folded) ||
    hasFewCharacters(folded) ||
    repeats(folded) ||
    /^1[3-9]\d{9}$/.test(folded) ||
    isRuns(folded) ||
    coresOf(folded).some((core) => OBVIOUS_WORDS.has(core) || isTwoWords(core))
  );
}

/** Three characters or fewer in all. */
function hasFewCharacters(text: string): boolean {
  return new Set(text).size <= 3;
}

/** One piece of up to six characters, over and over; the last time may be cut short. */
function repeats(text: string): boolean {
  const chars = [...text];
  for (let period = 1; period <= 6 && period * 2 <= chars.length; period++)
    if (chars.every((c, i) => c === chars[i % period])) return true;
  return false;
}

/** Made of runs of keys from end to end, each three characters or more. */
function isRuns(text: string): boolean {
  const reachable = new Set([0]);
  for (let from = 0; from < text.length; from++) {
    if (!reachable.has(from)) continue;
    for (let to = from + SHORTEST_RUN; to <= text.length; to++) {
      const piece = text.slice(from, to);
      if (!RUNS.some((run) => run.includes(piece))) break;
      reachable.add(to);
    }
  }
  return reachable.has(text.length);
}

/** What is left without figures and signs around it, as written and with letters for the figures inside. */
function coresOf(text: string): string[] {
  const bare = (s: string) => s.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '');
  const letters = (s: string) => [...s].map((c) => LETTER_FOR[c] ?? c).join('');
  const withoutTail = text.replace(/[\d!@#$%^&*()._+=-]+$/, '');
  return [bare(text), bare(letters(withoutTail)), letters(text)].filter((core) => core !== '');
}

/** Two words of the list side by side, or with a figure or sign between: `danganadmin`, `admin@dangan`. */
function isTwoWords(core: string): boolean {
  const chars = [...core];
  for (let at = 2; at <= chars.length - 2; at++) {
    if (!OBVIOUS_WORDS.has(chars.slice(0, at).join(''))) continue;
    const rest = chars
      .slice(at)
      .join('')
      .replace(/^[^\p{L}]+/u, '');
    if (OBVIOUS_WORDS.has(rest)) return true;
  }
  return false;
}
