import type { ExpectedKind } from '#kernel/accessionWords';
import { type Actor, can, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { demandRead, todayOf } from '../commands/reach.ts';
import type { AccessionDeps } from '../deps.ts';
import { daysBetween, plusDays } from '../domain/days.ts';
import { type Extent, nothing, outstanding } from '../domain/extent.ts';
import { registerPage } from '../store/accessions.ts';
import { type Expected, expectedPage } from '../store/expected.ts';

/** Days ahead of which somebody is reminded on the first page. */
const REMINDED = 7;

export interface ExpectedLine extends Expected {
  /** Days behind the day it was due; below zero: days left. Null: no day was agreed. */
  late: number | null;
  left: Extent | null;
}

const withLateness = (e: Expected, today: string): ExpectedLine =>
  Object.assign({}, e, {
    late: e.dueOn === null ? null : daysBetween(e.dueOn, today),
    left: e.promised === null ? null : outstanding(Object.assign(nothing(), e.promised), e.came ?? nothing()),
  });

/** What was promised and has not come, what is expected again, ends, or is to be done next: what is late first. @throws Refusal archive.notFound */
export async function listExpected(
  deps: AccessionDeps,
  actor: Actor,
  o: {
    archiveId: string;
    kinds: readonly ExpectedKind[] | null;
    /** Days ahead; null: all. */
    days: number | null;
    cursor: string | undefined;
    limit: number;
  },
): Promise<{ items: ExpectedLine[]; next: string | null; today: string }> {
  demandRead(actor, o.archiveId);
  const [day, kind, id] = o.cursor ? decodeCursor(o.cursor, ['string', 'string', 'string']) : [];
  const after = id === undefined ? undefined : ([String(day), String(kind), String(id)] as const);
  const today = todayOf(deps);
  const until = o.days === null ? null : plusDays(today, o.days);
  const rows = await deps.db.as(scopeOf(actor), (tx) =>
    expectedPage(tx, { archives: [o.archiveId], kinds: o.kinds, until, after, limit: o.limit + 1 }),
  );
  const items = rows.slice(0, o.limit);
  const last = items.at(-1);
  return {
    items: items.map((e) => withLateness(e, today)),
    next: rows.length > o.limit && last ? encodeCursor([last.day, last.kind, last.id]) : null,
    today,
  };
}

const archivesOf = (actor: Actor, capability: 'accessions.write' | 'accessions.decide'): string[] =>
  [...actor.rights.keys()].filter(
    (id) => can(actor, 'accessions.read', id, 'whole') && can(actor, capability, id, 'whole'),
  );

/** What waits for a person: proposals to be decided, and what is late or due within a week for who keeps the register. */
export async function accessionsWaiting(deps: AccessionDeps, actor: Actor, limit: number) {
  const today = todayOf(deps);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const proposed = [];
    for (const archiveId of new Set([
      ...archivesOf(actor, 'accessions.decide'),
      ...archivesOf(actor, 'accessions.write'),
    ]))
      for (const a of await registerPage(tx, deps.handovers, { archiveId, states: ['proposed'], limit }))
        proposed.push(a);
    const archives = archivesOf(actor, 'accessions.write');
    const due =
      archives.length === 0
        ? []
        : await expectedPage(tx, {
            archives,
            kinds: null,
            until: plusDays(today, REMINDED),
            after: undefined,
            limit,
          });
    return { proposed, due: due.map((e) => withLateness(e, today)) };
  });
}
