import type { ArrangedKind } from '#kernel/accessionWords';
import { type Actor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { AccessionDeps } from '../deps.ts';
import { readDay } from '../domain/days.ts';
import { type Money, readMoney } from '../domain/money.ts';
import { OVER } from '../domain/states.ts';
import { needed } from '../domain/text.ts';
import { insertArranged, insertOpinion, removeArranged } from '../store/movements.ts';
import { tell, todayOf, writableAccession } from './reach.ts';

/** Notes what an expert says it is worth. @throws Refusal accession.notFound, accession.needed, accession.money, actor.forbidden */
export function addOpinion(
  deps: AccessionDeps,
  actor: Actor,
  id: string,
  input: { day?: string | null | undefined; expert: string; words: string; value: Money | null },
): Promise<void> {
  const day = readDay(input.day, 'day') ?? todayOf(deps);
  const expert = needed(input.expert, 'expert', 200);
  const words = needed(input.words, 'words', 5_000);
  const value = readMoney(input.value);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const a = await writableAccession(deps, tx, actor, id);
    const { archiveId } = a;
    const opinion = { id: deps.newId(), day, expert, words, value, byName: actor.name, at: deps.clock.now() };
    await insertOpinion(tx, Object.assign({ accessionId: id, archiveId }, opinion));
    await tell(deps, tx, actor, {
      archiveId,
      type: 'accession',
      id,
      act: 'accession.appraised',
      detail: { number: a.number, ...(value && { value: value.amount, currency: value.currency }) },
    });
  });
}

/**
 * Names an import, a fonds or an entry an accession was arranged into.
 *
 * @throws Refusal accession.notFound, accession.over, fonds.notFound, unit.notFound, import.notFound, accession.placedAlready,
 *   actor.forbidden
 */
export async function placeIn(
  deps: AccessionDeps,
  actor: Actor,
  id: string,
  to: { kind: ArrangedKind; targetId: string },
): Promise<void> {
  await deps.db.as(scopeOf(actor), async (tx) => {
    const a = await writableAccession(deps, tx, actor, id);
    const { archiveId } = a;
    if (OVER.has(a.state)) throw new Refusal('accession.over', 'Nothing of it is here.', { state: a.state });
    const [there] = await deps.holdings.arrangedEntries(tx, archiveId, [to]);
    if (!there?.label) throw NO_TARGET[to.kind]();
    const row = {
      id: deps.newId(),
      kind: to.kind,
      targetId: to.targetId,
      byName: actor.name,
      at: deps.clock.now(),
    };
    if (!(await insertArranged(tx, Object.assign({ accessionId: id, archiveId }, row))))
      throw new Refusal('accession.placedAlready', 'This is named already.');
    await tell(deps, tx, actor, {
      archiveId,
      type: 'accession',
      id,
      act: 'accession.placed',
      detail: { number: a.number, kind: to.kind, target: there.label, entries: there.entries },
    });
  });
}

const NO_TARGET: Readonly<Record<ArrangedKind, () => Refusal>> = {
  import: () => new Refusal('import.notFound', 'There is no such import.'),
  unit: () => new Refusal('unit.notFound', 'There is no such entry.'),
  fonds: () => new Refusal('fonds.notFound', 'There is no such fonds.'),
};

/** Takes such a mention back. @throws Refusal accession.notFound, actor.forbidden */
export function takeOutOf(deps: AccessionDeps, actor: Actor, id: string, arrangedId: string): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const a = await writableAccession(deps, tx, actor, id);
    const removed = await removeArranged(tx, id, arrangedId);
    if (!removed) throw new Refusal('accession.notFound', 'It was not arranged into this.');
    await tell(deps, tx, actor, {
      archiveId: a.archiveId,
      type: 'accession',
      id,
      act: 'accession.takenOut',
      detail: { number: a.number, kind: removed.kind },
    });
  });
}
