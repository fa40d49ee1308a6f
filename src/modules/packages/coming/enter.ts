import type { Actor } from '#kernel/actor';
import { readTakenRow, type TakenUnit } from '#modules/holdings';
import type { ConsignedUnit } from '../consignment.ts';
import type { PackagesDeps } from '../deps.ts';
import type { Arrived } from '../kinds/kind.ts';
import { createContentTaking } from './content.ts';
import { idsIn } from './ids.ts';
import type { EnterOrder } from './order.ts';

/** What of a package is here now. */
export interface Entered {
  /** Entries made, and those that were there. */
  created: number;
  known: number;
  /** Files that are new. */
  newFiles: number;
}

/** Entries entered in one transaction. */
const TOGETHER = 200;

/**
 * Enters what a judged package holds: fonds that are not there, entries, their content. Killed anywhere, the same call goes
 * on: what is there stays as it is.
 */
export async function enterArrived(
  deps: PackagesDeps,
  actor: Actor,
  arrived: Arrived,
  given: EnterOrder,
): Promise<Entered> {
  const order = { ...given };
  const { archive } = order;
  const fonds = await enterFonds(deps, actor, arrived, archive.id);
  const idOf = idsIn(archive, arrived);
  const entered: Entered = { created: 0, known: 0, newFiles: 0 };
  let waiting: TakenUnit[] = [];
  // Entries are entered in their order, while the next are read.
  let entering = Promise.resolve();
  const flush = () => {
    const units = waiting;
    waiting = [];
    if (units.length > 0)
      entering = entering.then(async () => {
        const { created, known } = await deps.holdings.takeUnits(actor, archive.id, order.name, units);
        entered.created += created;
        entered.known += known;
      });
    // What fails is told to whoever waits for it.
    entering.catch(() => {});
    return entering;
  };
  await using contents = createContentTaking(deps, actor, arrived, order);
  const takeIn = () => contents.flush(flush());
  const taken = (unit: ConsignedUnit): TakenUnit => ({
    id: idOf(unit.key),
    fondsId: fonds.get(unit.fonds) ?? '',
    parentId: unit.parentKey === null ? null : idOf(unit.parentKey),
    fields: readTakenRow(unit.row),
    formerCodes: unit.formerCodes,
  });
  const isLeftOut = leavingOut(order.leftOut);
  for await (const unit of arrived.consignment.units()) {
    order.signal?.throwIfAborted();
    if (isLeftOut(unit)) continue;
    waiting.push(taken(unit));
    if (waiting.length >= TOGETHER) await flush();
    if (unit.hasFiles) order.first ??= unit.key;
    if (unit.hasFiles && (await contents.add({ unit, id: idOf(unit.key) }))) await takeIn();
  }
  await takeIn();
  await entering;
  entered.newFiles = await contents.done();
  return entered;
}

/** Whether an entry is left out: named itself, or below one that is. */
function leavingOut(codes: ReadonlySet<string> | undefined): (unit: ConsignedUnit) => boolean {
  if (!codes || codes.size === 0) return () => false;
  const keys = new Set<string>();
  return ({ key, parentKey, row }) => {
    const code = row.reference_code;
    const isOut =
      (typeof code === 'string' && codes.has(code)) || (parentKey !== null && keys.has(parentKey));
    if (isOut) keys.add(key);
    return isOut;
  };
}

/** Ids of the fonds by number; those that are not there are made. @throws Refusal actor.forbidden */
async function enterFonds(
  { holdings }: PackagesDeps,
  actor: Actor,
  { consignment }: Arrived,
  archiveId: string,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let cursor: string | undefined; ; ) {
    const page = await holdings.fondsList(actor, { archiveId, cursor, limit: 200 });
    for (const f of page.items) ids.set(f.number, f.id);
    if (page.next === null) break;
    cursor = page.next;
  }
  const agencies = new Map((await holdings.agencies(actor, archiveId)).map((a) => [a.code, a.id]));
  for await (const { agency, ...said } of consignment.fonds()) {
    if (ids.has(said.number)) continue;
    let agencyId = agency ? agencies.get(agency.code) : undefined;
    if (agency && agencyId === undefined) {
      agencyId = await holdings.addAgency(actor, { archiveId, code: agency.code, name: agency.name });
      agencies.set(agency.code, agencyId);
    }
    const made = await holdings.addFonds(actor, { ...said, archiveId, agencyId: agencyId ?? null });
    ids.set(said.number, made.id);
  }
  return ids;
}
