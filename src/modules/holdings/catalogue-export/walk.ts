import { type Actor, scopeOf, viewerOf } from '#kernel/actor';
import type { Database, Tx } from '#kernel/db';
import { decide } from '#kernel/visibility';
import { today } from '../store/visibility.ts';
import { describedByIds, describedPage, describedUnder, plainAbove } from './store/described.ts';
import type { DescribedUnit, WalkedUnit } from './types.ts';

/** Rows read at a time, and rows kept ahead: the memory an export takes follows from these alone. */
const PAGE = 1_500;
const AHEAD = 4_000;

export interface WalkOptions {
  fondsId: string;
  /** Ids of the entries from the topmost down to the one that leaves; empty for the whole fonds. */
  path: readonly string[];
  signal?: AbortSignal | undefined;
  /** `plain`: families that are a list of items and nothing else are passed over unread. */
  without?: 'plain';
}

/** Counts as it goes. */
export interface Walked {
  /** Entries left out with all below them: the actor may not take them out. */
  leftOut: number;
}

/** What stands directly under one entry. */
interface Family {
  units: DescribedUnit[];
  plain: boolean;
}
type Children = Map<string, Family>;

const isPlain = (u: DescribedUnit) => u.level === 'item' && u.childCount === 0;

/**
 * The entries of a fonds, or one with what it stands under and all below it, in the order of the tree, as the actor may take them
 * out. Children of many entries are read by one statement, so that deep and narrow trees are as quick as flat ones; a place with
 * millions under it is read page by page.
 */
export function walk(...of: Parameters<typeof inOrder>): AsyncGenerator<WalkedUnit[]> {
  return readAhead(inOrder(...of));
}

/** The next batch is read while the one before it is written. */
async function* readAhead<T>(batches: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = batches.next();
  try {
    for (;;) {
      const step = await next;
      if (step.done) return;
      next = batches.next();
      // What fails is told when its turn comes.
      next.catch(() => {});
      yield step.value;
    }
  } finally {
    await next.catch(() => {});
    await batches.return(undefined);
  }
}

async function* inOrder(
  db: Database,
  actor: Actor,
  o: WalkOptions,
  walked: Walked,
): AsyncGenerator<WalkedUnit[]> {
  const viewer = viewerOf(actor);
  const read = <T>(fn: (tx: Tx) => Promise<T>): Promise<T> => {
    o.signal?.throwIfAborted();
    return db.as(scopeOf(actor), fn);
  };
  const day = await read(today);
  const may = (units: DescribedUnit[]): DescribedUnit[] => {
    const kept = units.filter((u) => decide(viewer, u, 'export', day).allowed);
    walked.leftOut += units.length - kept.length;
    return kept;
  };

  /** Children of a run of entries, and what lies below those, as far as it fits. */
  async function childrenOf(run: readonly DescribedUnit[]): Promise<Children> {
    const found: Children = new Map();
    let frontier = run.filter((u) => u.childCount > 0);
    let kept = 0;
    while (frontier.length > 0) {
      const sum = frontier.reduce((n, u) => n + u.childCount, 0);
      if (kept > 0 && kept + sum > AHEAD) return found;
      const ids = frontier.map((u) => u.id);
      const units = await read(async (tx) => {
        const passed = o.without === 'plain' ? await plainAbove(tx, ids) : undefined;
        return describedUnder(tx, passed ? ids.filter((id) => !passed.has(id)) : ids);
      });
      for (const id of ids) found.set(id, { units: [], plain: true });
      for (const u of units) if (!isPlain(u)) found.get(u.parentId ?? '')!.plain = false;
      const next = may(units);
      for (const u of next) found.get(u.parentId ?? '')!.units.push(u);
      kept += units.length;
      frontier = next.filter((u) => u.childCount > 0);
    }
    return found;
  }

  async function* under(
    place: string,
    above: DescribedUnit | null,
    depth: number,
  ): AsyncGenerator<WalkedUnit[]> {
    const plain = (await read((tx) => plainAbove(tx, [place]))).has(place);
    if (plain && o.without === 'plain') return;
    let after: { position: string; id: string } | undefined;
    for (;;) {
      const page = await read((tx) => describedPage(tx, { under: place, after, limit: PAGE }));
      if (page.length === 0) return;
      after = page.at(-1);
      yield* given({ units: may(page), plain }, above, depth, new Map());
      if (page.length < PAGE) return;
    }
  }

  async function* given(
    { units, plain }: Family,
    above: DescribedUnit | null,
    depth: number,
    known: Children,
  ): AsyncGenerator<WalkedUnit[]> {
    let batch: WalkedUnit[] = [];
    for (let i = 0; i < units.length; ) {
      const run = runFrom(units, i, known);
      const children = run.length > 0 ? await childrenOf(run) : known;
      for (const unit of run.length > 0 ? run : [units[i]!]) {
        i++;
        batch.push({ unit, depth, above, plain });
        if (unit.childCount === 0) continue;
        const below = children.get(unit.id);
        // Small families go into the batch at once: a generator for each would cost more than the reading.
        if (below && isWhole(below.units, children)) addFamily(batch, below, unit, depth + 1, children);
        else {
          yield batch;
          batch = [];
          if (below) yield* given(below, unit, depth + 1, children);
          else yield* under(unit.id, unit, depth + 1);
        }
        if (batch.length < PAGE) continue;
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }

  if (o.path.length === 0) yield* under(o.fondsId, null, 1);
  else {
    const units = new Map((await read((tx) => describedByIds(tx, o.path))).map((u) => [u.id, u]));
    let above: DescribedUnit | null = null;
    let depth = 1;
    for (const id of o.path) {
      const unit = units.get(id);
      const [shown] = unit ? may([unit]) : [];
      if (!shown) return;
      yield [{ unit: shown, depth, above, plain: false }];
      above = shown;
      depth++;
    }
    if (above && above.childCount > 0) yield* under(above.id, above, depth);
  }
}

/** The entries from a place on whose children can be read together; none where those of the first are known, or too many. */
function runFrom(units: readonly DescribedUnit[], from: number, known: Children): DescribedUnit[] {
  if (known.has(units[from]!.id)) return [];
  const run: DescribedUnit[] = [];
  let sum = 0;
  for (let i = from; i < units.length; i++) {
    const u = units[i]!;
    sum += u.childCount;
    if (sum > PAGE || known.has(u.id)) break;
    run.push(u);
  }
  return run;
}

function isWhole(units: readonly DescribedUnit[], children: Children): boolean {
  return units.every((u) => {
    if (u.childCount === 0) return true;
    const below = children.get(u.id);
    return below !== undefined && isWhole(below.units, children);
  });
}

function addFamily(
  batch: WalkedUnit[],
  { units, plain }: Family,
  above: DescribedUnit,
  depth: number,
  children: Children,
): void {
  for (const unit of units) {
    batch.push({ unit, depth, above, plain });
    const below = unit.childCount > 0 ? children.get(unit.id) : undefined;
    if (below) addFamily(batch, below, unit, depth + 1, children);
  }
}
