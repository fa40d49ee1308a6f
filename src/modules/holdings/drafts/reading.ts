import { type Actor, can, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { HoldingsDeps } from '../deps.ts';
import { namesOf } from '../store/units.ts';
import { type DraftReview, reviewDraft } from './commands.ts';
import { type Draft, type DraftState, draftPage, draftsSubmitted } from './store/drafts.ts';

export type TitledDraft = Draft & { title: string };

/** Drafts of an archive, the newest first: for who writes all of them, else one's own. */
export function listDrafts(
  deps: HoldingsDeps,
  actor: Actor,
  o: {
    archiveId: string;
    state?: DraftState;
    unit?: string;
    mine?: boolean;
    cursor?: string;
    limit: number;
  },
): Promise<{ items: TitledDraft[]; next: string | null }> {
  const { archiveId, state, unit, cursor, limit } = o;
  const own = o.mine || !can(actor, 'holdings.write', archiveId);
  return deps.db.as(scopeOf(actor), async (tx) => {
    if (own && !actor.id) return { items: [], next: null };
    const rows = await draftPage(tx, {
      archiveId,
      ...(state ? { state } : {}),
      ...(unit ? { unitId: unit } : {}),
      ...(own && actor.id ? { authorId: actor.id } : {}),
      ...(cursor ? { before: String(decodeCursor(cursor, ['string'])[0]) } : {}),
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const names = await namesOf(
      tx,
      page.flatMap((d) => d.unitId ?? []),
    );
    const items = page.map((d) => ({
      ...d,
      title: d.input.title ?? (d.unitId ? names.get(d.unitId)?.title : undefined) ?? '',
    }));
    return { items, next: rows.length > limit ? encodeCursor([page.at(-1)!.id]) : null };
  });
}

/** A draft with what it would change. @throws Refusal draft.notFound */
export const readDraft = (deps: HoldingsDeps, actor: Actor, id: string): Promise<DraftReview> =>
  deps.db.as(scopeOf(actor), (tx) => reviewDraft(tx, actor, id));

/** Drafts that wait to be looked through, the oldest first, and whether the actor may; with those of their own. */
export function draftsWaiting(
  deps: HoldingsDeps,
  actor: Actor,
  limit: number,
): Promise<(Draft & { mayDecide: boolean })[]> {
  return deps.db.as(scopeOf(actor), async (tx) =>
    (await draftsSubmitted(tx, limit)).map((d) => ({
      ...d,
      mayDecide: can(actor, 'holdings.write', d.archiveId, {
        category: d.input.category ?? null,
        fondsId: d.fondsId,
      }),
    })),
  );
}
