import { type Actor, demand, scopeOf } from '#kernel/actor';
import { isRefusal, Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import type { UnitFields } from '../domain/unitInput.ts';
import type { UnitFilter } from '../store/unitList.ts';
import { unitsByIds } from '../store/units.ts';
import { totalsOfTable } from '../table/queries.ts';
import { tablePage } from '../table/store/page.ts';
import type { Totals } from '../table/store/sums.ts';
import { readActs, textOf } from './acts.ts';
import type { Finding } from './judge.ts';
import { judgeUnits } from './part.ts';
import { demandPatterns, patternsApplied } from './patterns.ts';
import type { BulkWish } from './run.ts';
import { readSelection } from './selection.ts';

/** Entries that are looked at, and of them shown. */
const LOOKED_AT = 500;
const SHOWN = 50;

export interface Difference {
  field: string;
  before: string | null;
  after: string | null;
}

export interface PreviewRow {
  unitId: string;
  referenceCode: string | null;
  title: string;
  differences: Difference[];
  finding: Finding | null;
}

export interface Preview {
  /** All that are chosen; at least so many where it is not exact. */
  total: number;
  totalIsExact: boolean;
  /** The first of them, looked at one by one. */
  lookedAt: number;
  changed: number;
  unchanged: number;
  skipped: Record<string, number>;
  rows: PreviewRow[];
}

/** What a change of many entries would come to: the first ones before and after, and why some would be left out. @throws Refusal as `beginBulk` */
export async function previewBulk(deps: HoldingsDeps, actor: Actor, wish: BulkWish): Promise<Preview> {
  const { archiveId } = wish;
  demand(actor, 'holdings.write', archiveId, new Refusal('archive.notFound', 'There is no such archive.'));
  const { filter, sorting } = readSelection(archiveId, wish.selection);
  const acts = readActs(wish.acts);
  await demandPatterns(deps, actor, acts);
  const counted = await countedOrNot(deps, actor, filter);
  return patternsApplied(() =>
    deps.db.as(scopeOf(actor), async (tx) => {
      const ids = (await tablePage(tx, filter, { sorting, limit: LOOKED_AT })).met.map((m) => m.id);
      const units = new Map((await unitsByIds(tx, ids)).map((u) => [u.id, u]));
      const all = await judgeUnits(tx, actor, archiveId, ids, units, acts, (i) => i);
      const preview: Preview = {
        total: counted?.units ?? all.length,
        totalIsExact: counted?.exact ?? false,
        lookedAt: all.length,
        changed: 0,
        unchanged: 0,
        skipped: {},
        rows: [],
      };
      for (const { unit, judged } of all) {
        if (judged.is === 'same') preview.unchanged++;
        else if (judged.is === 'changed') preview.changed++;
        else preview.skipped[judged.finding.code] = (preview.skipped[judged.finding.code] ?? 0) + 1;
        if (judged.is === 'same' || preview.rows.length >= SHOWN) continue;
        preview.rows.push({
          unitId: unit.id,
          referenceCode: unit.referenceCode,
          title: unit.title,
          differences: judged.is === 'changed' ? differencesOf(unit, judged.fields, judged.names) : [],
          finding: judged.is === 'wrong' ? judged.finding : null,
        });
      }
      return preview;
    }),
  );
}

/** Nobody waits long for a number: where counting takes too long, it is told that there are more than were looked at. */
async function countedOrNot(
  deps: HoldingsDeps,
  actor: Actor,
  filter: UnitFilter,
): Promise<Totals | undefined> {
  try {
    return await totalsOfTable(deps, actor, filter);
  } catch (e) {
    if (isRefusal(e) && e.code === 'table.tooSlow') return undefined;
    throw e;
  }
}

const FOLLOWS: ReadonlySet<string> = new Set(['sortKey', 'dateFrom', 'dateTo', 'gapsOwn', 'gapsTop']);

/** What differs, as a person reads it. */
export function differencesOf(
  before: UnitFields,
  after: UnitFields,
  names: readonly (keyof UnitFields)[],
): Difference[] {
  const fields = names.flatMap((name) => {
    if (FOLLOWS.has(name)) return [];
    if (name !== 'description') return [name];
    const { extra: _, ...was } = before.description;
    const { extra: __, ...is } = after.description;
    return [...new Set([...Object.keys(was), ...Object.keys(is)])];
  });
  return fields
    .map((field) => ({ field, before: textOf(before, field), after: textOf(after, field) }))
    .filter((d) => d.before !== d.after);
}
