import { unmangledNames } from '#kernel/fileNames';
import { codeKey } from './codeKey.ts';
import type { ScanPattern } from './pattern.ts';

/** What a scan may belong to. Which it is, the catalogue decides. */
export interface ScanCandidate {
  /** The code as the name has it. */
  readonly code: string;
  readonly key: string;
  /** Page number; null when the name gives none (a whole document, or a page without number). */
  readonly page: number | null;
  /** A letter after the page number (`12a`), else ''. */
  readonly pageSuffix: string;
  /** The rule that gave it. */
  readonly pattern: string;
}

export type ScanKind = 'image' | 'pdf' | 'ofd';

const KINDS: Readonly<Record<string, ScanKind>> = {
  jpg: 'image', jpeg: 'image', tif: 'image', tiff: 'image', png: 'image', jp2: 'image', j2k: 'image', jpx: 'image', jpf: 'image', pdf: 'pdf', ofd: 'ofd',
}; // biome-ignore format: one row of endings

/** What a file is by its ending; null for what is no scan. The content decides in the end. */
export function scanKind(name: string): ScanKind | null {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name.normalize('NFKC'))?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(KINDS, ending) ? KINDS[ending]! : null;
}

const MAX_PATH = 1000;

function* readings(path: string): Generator<string> {
  const plain = (text: string) =>
    text
      .split('/')
      .map((s) => s.normalize('NFKC').replaceAll('/', '-').trim())
      .join('/');
  yield plain(path);
  const variants = path.split('/').map(unmangledNames);
  if (variants.some((v) => v.length > 0)) {
    const parts = path.split('/');
    for (let i = 0; i < 2; i++)
      yield plain(parts.map((part, at) => variants[at]![i] ?? variants[at]![0] ?? part).join('/'));
  }
}

function candidateOf(text: string, pattern: ScanPattern): ScanCandidate | null {
  const last = text.split('/').slice(-pattern.segments).join('/');
  const m = pattern.regexp.exec(last);
  if (!m) return null;
  const codes: string[] = [];
  const elements: string[] = [];
  let page = '';
  pattern.names.forEach((name, i) => {
    const value = m[i + 1] ?? '';
    if (name === 'refcode') codes.push(value);
    else if (name === 'page') page = value;
    else if (name !== 'ext' && name !== 'any') elements.push(value);
  });
  const code = (codes.length > 0 ? codes : elements).map((c) => c.trim()).join('-');
  const key = codeKey(code);
  if (!/\p{N}/u.test(key)) return null;
  return {
    code,
    key,
    page: page === '' ? null : Number.parseInt(page, 10),
    pageSuffix: page.replace(/^\d+/, '').toLowerCase(),
    pattern: pattern.source,
  };
}

/**
 * What the scan at a path may belong to, likeliest first, without doubles. Names are read in any normal form and width,
 * and Chinese ones that were misread as Western are tried as they were meant. Pure.
 *
 * @param path relative, with `/`.
 */
export function matchScan(path: string, patterns: readonly ScanPattern[]): ScanCandidate[] {
  if (path.length > MAX_PATH) return [];
  const found = new Map<string, ScanCandidate>();
  for (const text of readings(path))
    for (const pattern of patterns) {
      const candidate = candidateOf(text, pattern);
      const same = candidate && `${candidate.key} ${candidate.page ?? ''} ${candidate.pageSuffix}`;
      if (candidate && same !== null && !found.has(same)) found.set(same, candidate);
    }
  return [...found.values()];
}
