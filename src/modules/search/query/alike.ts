import type { Tx } from '#kernel/db';
import { fold } from '../folding/fold.ts';
import { addTerms } from '../folding/terms.ts';
import { unitsByQueries } from '../store/alike.ts';
import { archiveTerm } from '../writing/lexemes.ts';

/** A title whose likes are looked for. */
export interface SoughtTitle {
  archiveId: string;
  fondsNo: string;
  title: string;
}

/** Terms of a title that are asked together, and entries that are looked at for one title at most. */
const TERMS = 5;
const CANDIDATES = 12;

/**
 * Entries of a fonds whose titles share what is said in one half of a title or in the other: of two titles in which little differs, one
 * half at least is the same. For each title at most twelve, whatever the archive holds.
 *
 * @returns ids of units by the place of the title in the list
 */
export async function titlesLike(tx: Tx, titles: readonly SoughtTitle[]): Promise<Map<number, string[]>> {
  const asked = titles.flatMap((t, n) => {
    const query = queryOf(t);
    return query === undefined ? [] : [{ n, query }];
  });
  if (asked.length === 0) return new Map();
  const found = new Map<number, string[]>();
  for (const { n, unitId } of await unitsByQueries(tx, asked, CANDIDATES))
    found.set(n, [...(found.get(n) ?? []), unitId]);
  return found;
}

function queryOf({ archiveId, fondsNo, title }: SoughtTitle): string | undefined {
  const terms = new Set<string>();
  addTerms(fold(title), 't', terms);
  const all = [...terms];
  if (all.length === 0) return undefined;
  const half = Math.ceil(all.length / 2);
  const halves = all.length < 4 ? [all] : [all.slice(0, half), all.slice(half)];
  const either = halves.map((h) => `(${spread(h).map(quoted).join(' & ')})`).join(' | ');
  return `${quoted(archiveTerm(archiveId))} & ${quoted(`F${fondsNo}`)} & (${either})`;
}

/** Some of the terms, evenly taken. */
function spread(terms: readonly string[]): string[] {
  if (terms.length <= TERMS) return [...terms];
  return Array.from({ length: TERMS }, (_, i) => terms[Math.floor((i * terms.length) / TERMS)]!);
}

const quoted = (term: string) => `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
