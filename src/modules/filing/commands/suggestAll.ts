import { type Actor, scopeOf } from '#kernel/actor';
import type { FilingDeps } from '../deps.ts';
import { suggestLines } from '../domain/suggest.ts';
import { linesOf } from '../store/lines.ts';
import { scheduleInForce } from '../store/schedules.ts';
import { changeable, classifyRecords } from './records.ts';

/** Below it a suggestion is for people to look at. */
const SURE = 0.4;

/**
 * Classifies records by what the schedule in force suggests most surely; what has a retention period already stays.
 *
 * @returns how many were classified, and how many are left without a sure suggestion
 * @throws Refusal as `classifyRecords`
 */
export async function classifyAsSuggested(
  deps: FilingDeps,
  actor: Actor,
  ids: readonly string[],
): Promise<{ classified: number; left: number }> {
  const byLine = await deps.db.as(scopeOf(actor), async (tx) => {
    const records = await changeable(tx, actor, ids);
    const found = new Map<string, string[]>();
    const [first] = records;
    const schedule = first && (await scheduleInForce(tx, first.agencyId, deps.today()));
    const lines = schedule ? await linesOf(tx, schedule.id) : [];
    for (const r of records) {
      if (r.retention !== null) continue;
      const { genre = null } = r.description;
      const [best] = suggestLines({ title: r.title, genre, category: r.category }, lines);
      if (!best || best.sure < SURE) continue;
      found.set(best.line.key, [...(found.get(best.line.key) ?? []), r.id]);
    }
    return found;
  });
  let classified = 0;
  for (const [lineKey, some] of byLine) {
    await classifyRecords(deps, actor, some, { lineKey });
    classified += some.length;
  }
  return { classified, left: ids.length - classified };
}
