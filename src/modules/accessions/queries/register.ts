import { type Actor, can, scopeOf } from '#kernel/actor';
import { historyOf } from '#kernel/audit';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { actsFor, leftOf } from '../commands/moves.ts';
import { demandRead, readableAccession } from '../commands/reach.ts';
import type { AccessionDeps } from '../deps.ts';
import type { Extent } from '../domain/extent.ts';
import { type AccessionAct, isOpen } from '../domain/states.ts';
import { clean } from '../domain/text.ts';
import {
  type Accession,
  type AccessionRow,
  accessionNames,
  type RegisterFilter,
  registerPage,
} from '../store/accessions.ts';
import { accrualById } from '../store/accruals.ts';
import { type Deed, deedsOf } from '../store/deeds.ts';
import {
  type Arranged,
  accessionsOfTarget,
  arrangedOf,
  type Movement,
  movementsOf,
  type Opinion,
  opinionsOf,
} from '../store/movements.ts';

const MOST_HISTORY = 200;
const MOST_AFTER = 100;

/** Words that are looked for, as they are compared. */
export const wordsOf = (deps: Pick<AccessionDeps, 'fold'>, q: string | undefined): string[] =>
  (clean(q) ?? '')
    .split(/\s+/)
    .flatMap((word) => (word === '' ? [] : [deps.fold(word)]))
    .filter((word) => word !== '')
    .slice(0, 12);

export interface RegisterWish extends Omit<RegisterFilter, 'words'> {
  q?: string | undefined;
}

/** A line of the register with the fonds it belongs to. */
export type RegisterLine = AccessionRow & { fonds: { id: string; number: string; name: string } | null };

/** A page of the register. @throws Refusal archive.notFound, cursor.invalid */
export async function listRegister(
  deps: AccessionDeps,
  actor: Actor,
  wish: RegisterWish & { cursor?: string | undefined; limit: number },
): Promise<{ items: RegisterLine[]; next: string | null }> {
  demandRead(actor, wish.archiveId);
  const [year, no] = wish.cursor ? decodeCursor(wish.cursor, ['number', 'number']) : [];
  const after = year === undefined || no === undefined ? undefined : ([Number(year), Number(no)] as const);
  const { cursor: _cursor, q, ...filter } = wish;
  return deps.db.as(scopeOf(actor), async (tx) => {
    const words = wordsOf(deps, q);
    const rows = await registerPage(tx, deps.handovers, { ...filter, words, after, limit: wish.limit + 1 });
    const items = rows.slice(0, wish.limit);
    const fonds = await deps.holdings.fondsNames(tx, [...new Set(items.flatMap((a) => a.fondsId ?? []))]);
    const last = items.at(-1);
    return {
      items: items.map((a) => ({ ...a, fonds: fondsOf(fonds, a.fondsId) })),
      next: rows.length > wish.limit && last ? encodeCursor([last.year, last.no]) : null,
    };
  });
}

function fondsOf(names: ReadonlyMap<string, { referenceCode: string; title: string }>, id: string | null) {
  const found = id ? names.get(id) : undefined;
  return id && found ? { id, number: found.referenceCode, name: found.title } : null;
}

/** The whole of a choice, the first number first: for papers. @throws Refusal archive.notFound */
export async function* everyLine(
  deps: AccessionDeps,
  actor: Actor,
  wish: RegisterWish,
): AsyncGenerator<RegisterLine[], void> {
  demandRead(actor, wish.archiveId);
  const { q, ...filter } = wish;
  const words = wordsOf(deps, q);
  let after: readonly [number, number] | undefined;
  for (;;) {
    const rows: RegisterLine[] = await deps.db.as(scopeOf(actor), async (tx) => {
      const found = await registerPage(tx, deps.handovers, {
        ...filter,
        words,
        after,
        limit: 500,
        oldestFirst: true,
      });
      const fonds = await deps.holdings.fondsNames(tx, [...new Set(found.flatMap((a) => a.fondsId ?? []))]);
      return found.map((a) => ({ ...a, fonds: fondsOf(fonds, a.fondsId) }));
    });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < 500) return;
    after = [last.year, last.no];
  }
}

export interface AccessionView {
  accession: Accession;
  fonds: { id: string; number: string; name: string } | null;
  movements: Movement[];
  opinions: Opinion[];
  deeds: Deed[];
  arranged: (Arranged & { label: string | null; entries: number })[];
  /** Entries that came of it, as far as the asker sees them. */
  entries: number;
  /** What was promised and has not come. */
  left: Extent;
  follows: { id: string; number: string; title: string } | null;
  followedBy: { id: string; number: string; title: string }[];
  accrual: { id: string; title: string } | null;
  acts: AccessionAct[];
  allowed: { write: boolean; correct: boolean };
}

/** An accession with all that belongs to it. @throws Refusal accession.notFound */
export function readAccessionOf(deps: AccessionDeps, actor: Actor, id: string): Promise<AccessionView> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const a = await readableAccession(deps, tx, actor, id);
    const { archiveId } = a;
    const places = await arrangedOf(tx, id);
    const counted = await deps.holdings.arrangedEntries(tx, archiveId, places);
    const arranged = places.map((p, i) => ({
      ...p,
      label: counted[i]?.label ?? null,
      entries: counted[i]?.entries ?? 0,
    }));
    const after = await registerPage(tx, deps.handovers, { archiveId, followsId: id, limit: MOST_AFTER });
    const before = a.followsId
      ? (await accessionNames(tx, deps.handovers, [a.followsId])).get(a.followsId)
      : undefined;
    const accrual = a.accrualId ? await accrualById(tx, a.accrualId) : undefined;
    const write = can(actor, 'accessions.write', archiveId, 'whole');
    return {
      accession: a,
      fonds: fondsOf(await deps.holdings.fondsNames(tx, a.fondsId ? [a.fondsId] : []), a.fondsId),
      movements: await movementsOf(tx, id),
      opinions: await opinionsOf(tx, id),
      deeds: await deedsOf(tx, id),
      arranged,
      // What a handover brought in was entered as it was accepted.
      entries: (a.transferId ? a.came.items : 0) + arranged.reduce((n, p) => n + p.entries, 0),
      left: leftOf(a),
      follows: before && a.followsId ? { id: a.followsId, ...before } : null,
      followedBy: after.map(({ id: other, number, title }) => ({ id: other, number, title })),
      accrual: accrual ? { id: accrual.id, title: accrual.title } : null,
      acts: actsFor(actor, a, places.length > 0),
      allowed: { write, correct: write && isOpen(a.state) },
    };
  });
}

/** What was done to an accession, newest first. @throws Refusal accession.notFound */
export function accessionHistory(deps: AccessionDeps, actor: Actor, id: string) {
  return deps.db.as(scopeOf(actor), async (tx) => {
    await readableAccession(deps, tx, actor, id);
    return historyOf(tx, { type: 'accession', id }, { limit: MOST_HISTORY });
  });
}

/** Accessions that were arranged into a fonds, an import or an entry. @throws Refusal archive.notFound */
export async function accessionsInto(deps: AccessionDeps, actor: Actor, archiveId: string, targetId: string) {
  demandRead(actor, archiveId);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const ids = await accessionsOfTarget(tx, targetId, MOST_AFTER);
    const names = await accessionNames(tx, deps.handovers, ids);
    return ids.flatMap((id) => {
      const found = names.get(id);
      return found ? [{ id, number: found.number, title: found.title }] : [];
    });
  });
}
