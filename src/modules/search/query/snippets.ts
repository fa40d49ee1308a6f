import type { Sql } from '#kernel/db';
import { bridgeOf } from '../folding/bridge.ts';
import { type Passage, pagesBefore, passagesOf } from '../store/find.ts';
import { excerpt, highlight, type Range } from './highlight.ts';
import type { QueryWord } from './word.ts';

export interface Snippet {
  page: number;
  text: string;
  /** Stretches of `text` in UTF-16 units. */
  highlights: Range[];
  field: 'page';
  /** Of the reading of this page, 0 to 100; null for text that was not read from an image. */
  confidence: number | null;
}

const PER_UNIT = 3;
/** A page is found by words at the end of the one before, too, and may have nothing of its own to show. */
const LOOKED_AT = PER_UNIT + 1;

/** Snippets of the pages of units with the words of a query, by unit. A phrase that runs over is of the page it begins on. */
export async function snippetsOf(
  tx: Sql,
  unitIds: readonly string[],
  words: readonly QueryWord[],
): Promise<Map<string, Snippet[]>> {
  const passages = await passagesOf(
    tx,
    unitIds,
    words.map((w) => w.patterns),
    LOOKED_AT,
  );
  const found = new Map<string, Snippet[]>();
  const without: Passage[] = [];
  for (const passage of passages) {
    const part = excerpt(passage.text, words);
    if (part) add(found, passage, part);
    else without.push(passage);
  }
  const lacking = without.filter((p) => (found.get(p.unitId)?.length ?? 0) < PER_UNIT);
  for (const before of await pagesBefore(tx, lacking)) {
    const passage = lacking.find((p) => p.unitId === before.unitId && p.pageNo === before.pageNo + 1);
    const bridge = passage && bridgeOf(before.text, passage.text);
    const runsOver = bridge && highlight(bridge.text, words).some(([a, b]) => a < bridge.at && b > bridge.at);
    const part = runsOver ? excerpt(bridge.text, words) : null;
    if (part) add(found, before, part);
  }
  for (const list of found.values()) list.splice(PER_UNIT);
  return found;
}

function add(
  found: Map<string, Snippet[]>,
  { unitId, pageNo, confidence }: Passage,
  part: { text: string; highlights: Range[] },
): void {
  const list = found.get(unitId) ?? [];
  list.push({ page: pageNo, ...part, field: 'page', confidence });
  found.set(unitId, list);
}
