import type { Measure } from '#kernel/accessionWords';
import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { AccessionDeps } from '../deps.ts';
import { nextExpected, readDay } from '../domain/days.ts';
import { type Extent, isNothing, readExtent } from '../domain/extent.ts';
import { type AccessionInput, type AccessionText, readAccession, readTerms } from '../domain/input.ts';
import { isSame } from '../domain/money.ts';
import { numberOf } from '../domain/numbers.ts';
import { isOpen, priceStands } from '../domain/states.ts';
import { clean, optional } from '../domain/text.ts';
import { accessionById, insertAccession, updateAccession, updateBeside } from '../store/accessions.ts';
import { accrualById, setNext } from '../store/accruals.ts';
import { nextNo } from '../store/counter.ts';
import { insertMovement } from '../store/movements.ts';
import { sourceById } from '../store/sources.ts';
import { archiveOf, changedMeanwhile, demandWrite, tell, todayOf, writableAccession } from './reach.ts';

/** What lies on the table when something is registered. */
export interface ArrivalInput {
  day?: string | null | undefined;
  extent: Partial<Record<Measure, number | null>>;
  note?: string | null | undefined;
}

export interface NewAccession extends AccessionInput {
  archiveId: string;
  /** What came already; without, it is promised. */
  came?: ArrivalInput | null | undefined;
}

/**
 * Enters an accession: under the next number of its year, as promised, or as received where something came.
 *
 * @returns its id
 * @throws Refusal as `readAccession`; archive.notFound, source.notFound, fonds.notFound, accession.notFound, accrual.notFound,
 *   accession.nothingCame, actor.forbidden
 */
export async function registerAccession(
  deps: AccessionDeps,
  actor: Actor,
  input: NewAccession,
): Promise<string> {
  demandWrite(actor, input.archiveId);
  const text = readAccession(input, todayOf(deps));
  const { archiveId, came } = input;
  demandFonds(await fondsNamed(deps, actor, text.fondsId), archiveId);
  return deps.db.as(scopeOf(actor), (tx) => registerIn(deps, tx, actor, { archiveId, text, came }));
}

/** The same in a transaction, of what was judged. */
export async function registerIn(
  deps: AccessionDeps,
  tx: Tx,
  actor: Actor,
  o: { archiveId: string; text: AccessionText; came?: ArrivalInput | null | undefined },
): Promise<string> {
  const { archiveId, text } = o;
  const archive = await archiveOf(deps, archiveId);
  const came = o.came ? readArrival(o.came, todayOf(deps)) : null;
  const sourceName = await demandLinks(deps, tx, archiveId, text);
  const id = deps.newId();
  const at = deps.clock.now();
  const by = { id: actor.id, name: actor.name };
  const year = Number(text.registeredOn.slice(0, 4));
  const no = await nextNo(tx, 'accession', { archiveId, year });
  const number = numberOf(archive.code, 'accession', { year, no });
  const key = keyOf(deps, [number, text.title, sourceName]);
  const state = came ? 'received' : 'promised';
  await insertAccession(tx, { id, archiveId, year, no, number, key, state, by, at }, text);
  if (came)
    await insertMovement(tx, { id: deps.newId(), kind: 'in', accessionId: id, archiveId, at, by, ...came });
  if (text.accrualId) await moveAccrual(tx, text.accrualId, came?.day ?? text.registeredOn);
  await tell(deps, tx, actor, {
    archiveId,
    type: 'accession',
    id,
    act: 'accession.registered',
    detail: { number, way: text.way, state },
  });
  return id;
}

/** What came, judged. @throws Refusal accession.extent, accession.day, accession.ahead, accession.nothingCame */
export function readArrival(
  given: ArrivalInput,
  today: string,
): { day: string; extent: Extent; note: string | null } {
  const extent = readExtent(given.extent);
  if (isNothing(extent))
    throw new Refusal('accession.nothingCame', 'Say how much: at least one measure is more than none.', {
      field: 'extent',
    });
  const day = readDay(given.day, 'day') ?? today;
  if (day > today) throw new Refusal('accession.ahead', 'This day has not come yet.', { field: 'day' });
  return { day, extent, note: optional(given.note, 'note', 2_000) };
}

/** What it is found by: numbers, titles and names in the one form both scripts share. */
export const keyOf = (deps: Pick<AccessionDeps, 'fold'>, parts: readonly (string | null)[]): string =>
  parts.flatMap((p) => (p ? [deps.fold(p)] : [])).join(' ');

/** What it refers to is there, and the archive's. @returns the name of the source */
async function demandLinks(
  deps: AccessionDeps,
  tx: Tx,
  archiveId: string,
  text: AccessionText,
  self?: string,
): Promise<string> {
  const source = text.sourceId ? await sourceById(tx, text.sourceId) : undefined;
  if (text.sourceId && source?.archiveId !== archiveId)
    throw new Refusal('source.notFound', 'There is no such source.', { field: 'sourceId' });
  const accrual = text.accrualId ? await accrualById(tx, text.accrualId) : undefined;
  if (text.accrualId && accrual?.archiveId !== archiveId)
    throw new Refusal('accrual.notFound', 'There is no such accrual.', { field: 'accrualId' });
  // An accession continues an earlier one; round in a circle none is the earlier.
  for (let next = text.followsId, n = 0; next; n++) {
    const before = await accessionById(tx, deps.handovers, next);
    if (before?.archiveId !== archiveId)
      throw new Refusal('accession.notFound', 'There is no such accession.', { field: 'followsId' });
    if (next === self || n > 200)
      throw new Refusal('accession.circle', 'It would continue itself.', { field: 'followsId' });
    next = before.followsId;
  }
  return source?.name ?? text.sourceName ?? '';
}

/** Whose the fonds is that is named; null: none is. Asked before a transaction, which it is no part of. @throws Refusal fonds.notFound */
export async function fondsNamed(
  deps: AccessionDeps,
  actor: Actor,
  fondsId: string | null | undefined,
): Promise<{ archiveId: string; number: string } | null> {
  return fondsId ? deps.holdings.fonds(actor, fondsId) : null;
}

/** @throws Refusal fonds.notFound */
export function demandFonds(fonds: { archiveId: string } | null, archiveId: string): void {
  if (fonds && fonds.archiveId !== archiveId)
    throw new Refusal('fonds.notFound', 'There is no such fonds.', { field: 'fondsId' });
}

/** What comes in a rhythm is expected again. */
async function moveAccrual(tx: Tx, accrualId: string, came: string): Promise<void> {
  const accrual = await accrualById(tx, accrualId, true);
  if (!accrual || accrual.endedAt || !accrual.nextOn) return;
  await setNext(tx, accrualId, accrual.months ? nextExpected(accrual.nextOn, accrual.months, came) : null);
}

/**
 * Corrects what an accession says of itself. Of a handover only what stands beside it: where it is put and on what terms.
 *
 * @throws Refusal as `registerAccession`; accession.changed, accession.closed, accession.priceStands
 */
export async function correctAccession(
  deps: AccessionDeps,
  actor: Actor,
  of: { id: string; version: number },
  input: Omit<AccessionInput, 'way'> & { way?: AccessionInput['way'] | undefined },
): Promise<void> {
  const today = todayOf(deps);
  const fonds = await fondsNamed(deps, actor, input.fondsId);
  await deps.db.as(scopeOf(actor), async (tx) => {
    const before = await writableAccession(deps, tx, actor, of.id);
    if (before.version !== of.version) throw changedMeanwhile();
    if (!isOpen(before.state))
      throw new Refusal('accession.closed', 'It is closed: what it says stands.', { state: before.state });
    const { archiveId } = before;
    demandFonds(fonds, archiveId);
    const written = { id: of.id, version: of.version, at: deps.clock.now(), byName: actor.name };
    if (before.transferId) {
      const beside = {
        fondsId: input.fondsId ?? null,
        followsId: input.followsId ?? null,
        accrualId: input.accrualId ?? null,
        location: clean(input.location),
        note: clean(input.note),
        terms: readTerms(input),
      };
      if (!(await updateBeside(tx, written, beside))) throw changedMeanwhile();
    } else {
      const way = input.way ?? (before.way === 'transfer' ? 'other' : before.way);
      const text = readAccession(Object.assign({}, input, { way }), today);
      if (priceStands(before.state) && !(isSame(before.price, text.price) && before.way === text.way))
        throw new Refusal('accession.priceStands', 'The price was decided on and stays as it is.', {
          field: 'price',
        });
      // The day it was entered on gave it its number.
      if (text.registeredOn.slice(0, 4) !== String(before.year))
        throw new Refusal('accession.year', 'Its number is of another year than this day.', {
          field: 'registeredOn',
        });
      const sourceName = await demandLinks(deps, tx, archiveId, text, of.id);
      const key = keyOf(deps, [before.number, text.title, sourceName]);
      if (!(await updateAccession(tx, Object.assign({ key }, written), text))) throw changedMeanwhile();
    }
    await tell(deps, tx, actor, {
      archiveId,
      type: 'accession',
      id: of.id,
      act: 'accession.corrected',
      detail: { number: before.number },
    });
  });
}
