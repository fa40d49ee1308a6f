import type { WayByHand } from '#kernel/accessionWords';
import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { AccessionDeps } from '../deps.ts';
import { readDay } from '../domain/days.ts';
import { demandUnmarked, needed, optional } from '../domain/text.ts';
import { type Accrual, accrualById, insertAccrual, updateAccrual } from '../store/accruals.ts';
import { sourceById } from '../store/sources.ts';
import { changedMeanwhile, demandRead, demandWrite, tell } from './reach.ts';
import { demandFonds, fondsNamed } from './register.ts';

export const noAccrual = () => new Refusal('accrual.notFound', 'There is no such accrual.');

export interface AccrualInput {
  title: string;
  way: WayByHand;
  sourceId?: string | null | undefined;
  sourceName?: string | null | undefined;
  fondsId?: string | null | undefined;
  /** Every so many months; null: without a rhythm. */
  months?: number | null | undefined;
  nextOn?: string | null | undefined;
  note?: string | null | undefined;
}

/** @throws Refusal accession.needed, accession.day, accession.needsSource, accrual.rhythm, source.notFound, fonds.notFound */
async function read(tx: Tx, archiveId: string, input: AccrualInput) {
  const text = {
    title: needed(input.title, 'title', 500),
    way: input.way,
    sourceId: input.sourceId ?? null,
    sourceName: input.sourceId ? null : optional(input.sourceName, 'sourceName', 500),
    fondsId: input.fondsId ?? null,
    months: input.months ?? null,
    nextOn: readDay(input.nextOn, 'nextOn'),
    note: optional(input.note, 'note', 5_000),
  };
  demandUnmarked({ title: text.title, note: text.note });
  if (text.sourceId === null && text.sourceName === null && text.fondsId === null)
    throw new Refusal('accession.needsSource', 'Say from whom it comes.', { field: 'sourceName' });
  if (text.months !== null && text.nextOn === null)
    throw new Refusal('accrual.rhythm', 'A rhythm begins on a day: say when it is expected next.', {
      field: 'nextOn',
    });
  const source = text.sourceId ? await sourceById(tx, text.sourceId) : undefined;
  if (text.sourceId && source?.archiveId !== archiveId)
    throw new Refusal('source.notFound', 'There is no such source.', { field: 'sourceId' });
  return text;
}

/** Something is to come again and again. @returns its id @throws Refusal archive.notFound, actor.forbidden, and as above */
export async function addAccrual(
  deps: AccessionDeps,
  actor: Actor,
  input: AccrualInput & { archiveId: string },
): Promise<string> {
  const { archiveId } = input;
  demandWrite(actor, archiveId);
  demandFonds(await fondsNamed(deps, actor, input.fondsId), archiveId);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const text = await read(tx, archiveId, input);
    const id = deps.newId();
    await insertAccrual(tx, Object.assign({ id, archiveId, at: deps.clock.now(), byName: actor.name }, text));
    await tell(deps, tx, actor, {
      archiveId,
      type: 'accrual',
      id,
      act: 'accrual.added',
      detail: { name: text.title },
    });
    return id;
  });
}

/** Corrects it, or says that no more will come. @throws Refusal accrual.notFound, accession.changed, and as above */
export async function correctAccrual(
  deps: AccessionDeps,
  actor: Actor,
  of: { id: string; version: number },
  input: AccrualInput & { endedReason?: string | null | undefined },
): Promise<void> {
  const fonds = await fondsNamed(deps, actor, input.fondsId);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const before = await readableAccrual(tx, actor, of.id, true);
    const { archiveId } = before;
    demandWrite(actor, archiveId, noAccrual());
    demandFonds(fonds, archiveId);
    const text = await read(tx, archiveId, input);
    const endedReason = optional(input.endedReason, 'endedReason', 2_000);
    const endedAt = endedReason === null ? null : (before.endedAt ?? deps.clock.now());
    const row = Object.assign({ id: of.id, version: of.version, endedAt, endedReason }, text);
    if (!(await updateAccrual(tx, row))) throw changedMeanwhile();
    const act = endedReason === null ? 'accrual.corrected' : 'accrual.ended';
    await tell(deps, tx, actor, { archiveId, type: 'accrual', id: of.id, act, detail: { name: text.title } });
  });
}

/** @throws Refusal accrual.notFound */
export async function readableAccrual(tx: Tx, actor: Actor, id: string, lock = false): Promise<Accrual> {
  const found = await accrualById(tx, id, lock);
  if (!found) throw noAccrual();
  demandRead(actor, found.archiveId, noAccrual());
  return found;
}
