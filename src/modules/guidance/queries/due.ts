import { type Actor, canFor, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Due, DueKind, DueOf } from '#kernel/due';
import type { AgencyInReach } from '#modules/filing';
import { maySpeakFor } from '../commands/notices.ts';
import type { GuidanceDeps } from '../deps.ts';
import { type DueFilter, dueCounts, duePage, keyOf } from '../store/due.ts';

export interface DueWanted extends DueFilter {
  archiveId?: string | undefined;
  agencyId?: string | undefined;
  cursor: string | undefined;
  limit: number;
}

/** What is due, with whose it is. */
export interface DueLine extends Due {
  agencyName: string;
  isLate: boolean;
}

async function reached(deps: GuidanceDeps, actor: Actor, o: Pick<DueWanted, 'archiveId' | 'agencyId'>) {
  return (await deps.filing.agencies(actor)).filter(
    (a) =>
      (o.archiveId === undefined || a.archiveId === o.archiveId) &&
      (o.agencyId === undefined || a.agencyId === o.agencyId),
  );
}

const asked = (deps: GuidanceDeps, agencies: readonly AgencyInReach[]): DueOf => {
  return { agencies, today: deps.today(), timeZone: deps.timeZone };
};

/** What agencies have to do, and what the archive owes them, the earliest day first, as far as the asker sees. */
export async function dueList(
  deps: GuidanceDeps,
  actor: Actor,
  o: DueWanted,
): Promise<{ items: DueLine[]; next: string | null }> {
  const agencies = await reached(deps, actor, o);
  if (agencies.length === 0) return { items: [], next: null };
  const of = asked(deps, agencies);
  const [day, key] = o.cursor ? decodeCursor(o.cursor, ['string', 'string']).map(String) : [];
  const after = day !== undefined && key !== undefined ? { day, key } : undefined;
  const rows = await deps.db.as(scopeOf(actor), (tx) =>
    duePage(
      tx,
      deps.due.map((source) => source(of)),
      of,
      { side: o.side, kinds: o.kinds, late: o.late, after, limit: o.limit + 1 },
    ),
  );
  const names = new Map(agencies.map((a) => [a.agencyId, a.name]));
  const page = rows.slice(0, o.limit);
  const items = page.map((d) => ({
    ...d,
    agencyName: names.get(d.agencyId) ?? '',
    isLate: d.dueOn !== null && d.dueOn < of.today,
  }));
  const last = page.at(-1);
  return { items, next: rows.length > o.limit && last ? encodeCursor([last.day, keyOf(last)]) : null };
}

/** An agency in the archive's mirror: how much of each kind it owes, and what of it is late. */
export interface AgencyDue {
  agencyId: string;
  archiveId: string;
  code: string;
  name: string;
  late: number;
  kinds: { kind: DueKind; all: number; late: number }[];
}

/** Agencies read at once while those with something late are looked for. */
const AT_ONCE = 100;

/** Agency by agency what it owes, by code. @param o.late only those who are late with something */
export async function dueByAgency(
  deps: GuidanceDeps,
  actor: Actor,
  o: {
    archiveId?: string | undefined;
    late?: boolean | undefined;
    cursor: string | undefined;
    limit: number;
  },
): Promise<{ items: AgencyDue[]; next: string | null }> {
  const order = (a: AgencyInReach) => `${a.code} ${a.agencyId}`;
  const after = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : '';
  const left = (await reached(deps, actor, { archiveId: o.archiveId }))
    .filter((a) => order(a) > after)
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const items: AgencyDue[] = [];
  for (let i = 0; i < left.length && items.length <= o.limit; i += AT_ONCE) {
    const some = left.slice(i, i + AT_ONCE);
    const of = asked(deps, some);
    const counts = await deps.db.as(scopeOf(actor), (tx) =>
      dueCounts(
        tx,
        deps.due.map((source) => source(of)),
        of,
      ),
    );
    for (const { agencyId, archiveId, code, name } of some) {
      const kinds = counts
        .filter((c) => c.agencyId === agencyId && c.side === 'agency')
        .map(({ kind, all, late }) => ({ kind, all, late }));
      const late = kinds.reduce((n, k) => n + k.late, 0);
      if (o.late && late === 0) continue;
      items.push({ agencyId, archiveId, code, name, late, kinds });
    }
  }
  const page = items.slice(0, o.limit);
  const last = page.at(-1);
  return {
    items: page,
    next: items.length > o.limit && last ? encodeCursor([`${last.code} ${last.agencyId}`]) : null,
  };
}

/** What waits for a person's own hand, and is decided by nobody else's page. */
const FOR_HANDS: readonly DueKind[] = [
  'scheduleReturned',
  'scheduleSubmitted',
  'yearPrepared',
  'question',
  'notice',
  'depositUnsealing',
];

/** Whether this person could do it; every command decides again. */
function mayDo(actor: Actor, d: Due, a: AgencyInReach): boolean {
  if (actor.id !== null && d.notBy.includes(actor.id)) return false;
  if (d.kind === 'scheduleSubmitted') return a.mayApprove;
  if (d.kind === 'yearPrepared') return a.mayConfirm;
  if (d.kind === 'depositUnsealing') return canFor(actor, 'transfer.decide', a);
  return d.side === 'agency' ? a.mayWrite || a.mayConfirm : maySpeakFor(actor, a);
}

/** What waits for this person on the side they stand on, the oldest first. */
export async function dueForHand(deps: GuidanceDeps, actor: Actor, limit: number): Promise<DueLine[]> {
  const agencies = await deps.filing.agencies(actor);
  const found: DueLine[] = [];
  for (const side of ['agency', 'archive'] as const) {
    const own = agencies.filter(
      (a) =>
        a.side === side &&
        (side === 'agency'
          ? a.mayWrite || a.mayConfirm
          : maySpeakFor(actor, a) || canFor(actor, 'transfer.decide', a)),
    );
    if (own.length === 0) continue;
    const of = asked(deps, own);
    const by = new Map(own.map((a) => [a.agencyId, a]));
    let after: { day: string; key: string } | undefined;
    let count = 0;
    for (;;) {
      const rows = await deps.db.as(scopeOf(actor), (tx) =>
        duePage(
          tx,
          deps.due.map((source) => source(of)),
          of,
          { side, kinds: FOR_HANDS, after, limit: AT_ONCE },
        ),
      );
      for (const d of rows) {
        const agency = by.get(d.agencyId);
        if (!agency || !mayDo(actor, d, agency) || count >= limit) continue;
        found.push({ ...d, agencyName: agency.name, isLate: d.dueOn !== null && d.dueOn < of.today });
        count++;
      }
      const last = rows.at(-1);
      if (rows.length < AT_ONCE || !last || count >= limit) break;
      after = { day: last.day, key: keyOf(last) };
    }
  }
  return found.sort((a, b) => (a.day < b.day ? -1 : 1)).slice(0, limit);
}
