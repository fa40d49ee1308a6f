import { Refusal } from '#kernel/errors';

/**
 * A rule for names of scans, e.g. `{refcode}/{page}.{ext}`. Segments between `/` are folders and the file; the rule is
 * held against as many last segments of a path as it has. Placeholders:
 *
 * - `{refcode}` a reference code, or a part of one: several are joined with `-` in their order;
 * - `{page}` a page number: `0012`, `12a`, `P012`, `第12页`;
 * - `{ext}` the file name's ending; `{any}` anything within its segment;
 * - any other name (`{fonds}`, `{volume}`) an element; without `{refcode}` these are joined to the code.
 */
export interface ScanPattern {
  readonly source: string;
  readonly segments: number;
  readonly regexp: RegExp;
  /** Names of the groups, in order. */
  readonly names: readonly string[];
}

const GROUPS: Readonly<Record<string, string>> = {
  page: '(?:[Pp]|第)?(\\d{1,6}[A-Za-z]?)(?:页|頁)?',
  ext: '([A-Za-z0-9]{1,5})',
  any: '([^/]*?)',
};

const bad = (source: string, why: string) =>
  new Refusal('scan.badPattern', `The pattern "${source}" can not be used: ${why}`, { pattern: source });

/** @throws Refusal `scan.badPattern` */
export function compilePattern(source: string): ScanPattern {
  const trimmed = source.normalize('NFKC').replace(/^\/+/, '');
  if (trimmed === '' || trimmed.length > 200) throw bad(source, 'it is empty or too long.');
  const names: string[] = [];
  let regexp = '';
  let rest = trimmed;
  while (rest !== '') {
    const hole = /^\{([A-Za-z][A-Za-z0-9]{0,30})\}/.exec(rest);
    if (hole) {
      const name = hole[1]!;
      if (name !== 'refcode' && name !== 'any' && names.includes(name))
        throw bad(source, `{${name}} stands twice.`);
      if (/\)$/.test(regexp) && regexp.endsWith('?)'))
        throw bad(source, 'two placeholders stand side by side.');
      names.push(name);
      regexp += GROUPS[name] ?? '([^/]+?)';
      rest = rest.slice(hole[0].length);
    } else {
      const char = [...rest][0]!;
      if (char === '{' || char === '}') throw bad(source, 'a brace is not part of a placeholder.');
      regexp += char.replace(/[\\^$.*+?()[\]|]/g, '\\$&');
      rest = rest.slice(char.length);
    }
  }
  if (names.length > 12) throw bad(source, 'it has too many placeholders.');
  if (!names.some((n) => !['page', 'ext', 'any'].includes(n)))
    throw bad(source, 'it says nothing of the reference code.');
  return { source, segments: trimmed.split('/').length, regexp: new RegExp(`^${regexp}$`, 'u'), names };
}

/** The rules tried where none is configured; what fits first is the likeliest, all that fit are candidates. */
export const defaultPatterns: readonly string[] = [
  '{refcode}_{page}.{ext}',
  '{refcode}/{page}.{ext}',
  '{refcode} ({page}).{ext}',
  '{refcode}({page}).{ext}',
  '{refcode} {page}.{ext}',
  '{refcode}.{ext}',
  '{refcode}-{page}.{ext}',
  '{refcode}.{page}.{ext}',
  '{refcode}/{refcode}/{page}.{ext}',
  '{refcode}/{refcode}.{ext}',
  '{refcode}/{refcode}_{page}.{ext}',
  '{refcode}/{refcode}/{refcode}/{page}.{ext}',
  '{refcode}/{any}.{ext}',
];
