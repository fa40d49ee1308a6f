import { type Actor, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { IntakeDeps } from '../deps.ts';
import { noSystem } from '../refusals.ts';
import { type ArrivalLine, arrivalPage, type Outcome, type Way } from '../store/arrivals.ts';
import { type DropEntry, entryPage } from '../store/drop.ts';
import { systemById } from '../store/systems.ts';

/** What came in, as its agency sees it, the newest first. */
export async function listArrivals(
  deps: IntakeDeps,
  actor: Actor,
  o: {
    systemId?: string | undefined;
    agencyId?: string | undefined;
    outcome?: Outcome | undefined;
    way?: Way | undefined;
    from?: string | undefined;
    to?: string | undefined;
    cursor: string | undefined;
    limit: number;
  },
): Promise<{ items: (ArrivalLine & { systemName: string })[]; next: string | null }> {
  const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
  const { systemId, agencyId, outcome, way, from, to } = o;
  const { timeZone } = deps;
  const rows = await deps.db.as(scopeOf(actor), (tx) =>
    arrivalPage(tx, { systemId, agencyId, outcome, way, from, to, timeZone, before, limit: o.limit + 1 }),
  );
  const items = rows.slice(0, o.limit);
  return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
}

/** What lies or lay in the drop folder of a system. @throws Refusal intake.notFound */
export async function listDrop(
  deps: IntakeDeps,
  actor: Actor,
  o: { systemId: string; cursor: string | undefined; limit: number },
): Promise<{ items: DropEntry[]; next: string | null }> {
  const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
  const rows = await deps.db.as(scopeOf(actor), async (tx) => {
    if (!(await systemById(tx, o.systemId, { day: deps.today() }))) throw noSystem();
    return entryPage(tx, { systemId: o.systemId, before, limit: o.limit + 1 });
  });
  const items = rows.slice(0, o.limit);
  return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
}
