import type { Tx } from '#kernel/db';
import { mayBeSame } from '../rows/alike.ts';
import type { PuttingRule } from '../rows/put-over.ts';
import { heldByIds, heldWhole } from '../store/units.ts';
import type { EntryKey, ReadyChunk } from '../types.ts';
import { columnOf } from './column-of.ts';
import { type Matched, type Matching, type Pair, remark } from './matched.ts';

/**
 * Looks for entries held that new rows are like, by title, days and creator, in the row's own fonds. The work for each row is bounded:
 * a dozen entries at most are compared, whatever is held.
 */
export async function matchAlike(
  tx: Tx,
  chunk: ReadyChunk,
  { archiveId, options, sheets, indexer }: Matching,
  found: Matched,
  putting: (Pair & { rule: PuttingRule })[],
): Promise<void> {
  const rule = options.alike ?? 'off';
  if (rule === 'off' || found.fresh.length === 0) return;
  const rows = await chunk.rowsOf(found.fresh.map((r) => r.place));
  const asked = rows.map((r) => ({ archiveId, fondsNo: r.fonds, title: r.title }));
  const like = await indexer.titlesLike(tx, asked);
  if (like.size === 0) return;
  const ids = [...new Set([...like.values()].flat())];
  const [words, held] = [await heldWhole(tx, ids), await heldByIds(tx, ids)];
  const fresh: EntryKey[] = [];
  found.fresh.forEach((row, i) => {
    const said = rows[i]!;
    let best: { id: string; like: number } | undefined;
    for (const id of like.get(i) ?? []) {
      const now = words.get(id);
      // What bears another code of its own is another entry.
      if (!now || now.fondsNo !== row.fonds || now.level !== row.level) continue;
      if (row.code !== null && now.referenceCode !== null) continue;
      const score = mayBeSame(indexer.fold, said, now);
      if (score > (best?.like ?? 0)) best = { id, like: score };
    }
    const unit = best && held.get(best.id);
    if (!unit) {
      fresh.push(row);
      return;
    }
    const pair: Pair = { row, held: unit, how: 'alike' };
    if (rule === 'skip') found.skipped.push(pair);
    else if (rule === 'merge') putting.push({ ...pair, rule: 'merge' });
    else fresh.push(row);
    if (rule !== 'skip')
      found.remarks.push(
        remark(
          row,
          'entry.alike',
          columnOf(sheets, row.sheet, 'title'),
          `${unit.code ?? ''} ${words.get(unit.id)?.title ?? ''}`.trim(),
        ),
      );
  });
  found.fresh = fresh;
}
