import { type Actor, can, demand, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { Refusal } from '#kernel/errors';
import { noUnit } from '../commands/units.ts';
import type { HoldingsDeps } from '../deps.ts';
import { type GrantRecord, grantById, grantPage, type LeaveState } from '../store/grants.ts';
import { thingById } from '../store/visibility.ts';

export interface LeaveFilter {
  archiveId: string;
  unitId?: string | undefined;
  /** Of a whole fonds, not of units in it. */
  fondsId?: string | undefined;
  /** Part of a person's name. */
  person?: string | undefined;
  /** `running` means what ends soon, too. */
  state?: LeaveState | undefined;
}

/** Leave asked for and given in an archive, the newest first. @throws Refusal actor.forbidden */
export async function leaveGiven(
  deps: HoldingsDeps,
  actor: Actor,
  o: LeaveFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: GrantRecord[]; next: string | null }> {
  await demandKeeper(deps, actor, o);
  const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
  const rows = await page(deps, actor, o, before, o.limit + 1);
  const items = rows.slice(0, o.limit);
  return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
}

/** All of it, in batches, for exports. @throws Refusal actor.forbidden */
export async function* everyLeave(
  deps: HoldingsDeps,
  actor: Actor,
  o: LeaveFilter,
): AsyncGenerator<GrantRecord[]> {
  await demandKeeper(deps, actor, o);
  let before: string | undefined;
  for (;;) {
    const rows = await page(deps, actor, o, before, 1_000);
    if (rows.length === 0) return;
    yield rows;
    before = rows.at(-1)!.id;
  }
}

/** One leave. @throws Refusal grant.notFound */
export function leaveById(deps: HoldingsDeps, actor: Actor, id: string): Promise<GrantRecord> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const grant = await grantById(tx, id);
    if (!grant || !can(actor, 'grants.manage', grant.archiveId, grant.on))
      throw new Refusal('grant.notFound', 'There is no such leave.');
    return grant;
  });
}

/** Leave that waits for a decision where the actor may decide or asked for it. */
export async function leaveWaiting(deps: HoldingsDeps, actor: Actor, limit: number): Promise<GrantRecord[]> {
  const archives = [...actor.rights.keys()].filter((a) => can(actor, 'grants.manage', a));
  if (archives.length === 0) return [];
  const waiting = await deps.db.as(scopeOf(actor), (tx) =>
    grantPage(tx, { archives, states: ['proposed'], limit }),
  );
  return waiting.filter((g) => can(actor, 'grants.manage', g.archiveId, g.on));
}

/** A table of leave is for those who keep it in the whole archive; of one entry or fonds, for those who keep it there. */
async function demandKeeper(
  deps: HoldingsDeps,
  actor: Actor,
  { archiveId, unitId, fondsId }: LeaveFilter,
): Promise<void> {
  const on = unitId
    ? await deps.db.as(scopeOf(actor), (tx) => thingById(tx, unitId))
    : fondsId
      ? { category: null, fondsId }
      : 'whole';
  if (!on) throw noUnit();
  demand(actor, 'grants.manage', archiveId, new Refusal('archive.notFound', 'There is no such archive.'), on);
}

function page(
  deps: HoldingsDeps,
  actor: Actor,
  { archiveId, state, unitId, fondsId, person }: LeaveFilter,
  before: string | undefined,
  limit: number,
): Promise<GrantRecord[]> {
  const states: LeaveState[] | undefined = state && (state === 'running' ? ['running', 'endsSoon'] : [state]);
  const filter = { archives: [archiveId], unitId, fondsId, person, states };
  return deps.db.as(scopeOf(actor), (tx) => grantPage(tx, { ...filter, before, limit }));
}
