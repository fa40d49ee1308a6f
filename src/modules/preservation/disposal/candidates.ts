import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { Holdings, UnitFilter } from '#modules/holdings';
import type { DisposalDeps } from './deps.ts';
import { expiryOf, type Obstacle, obstacleTo } from './domain/rule.ts';
import { livingHolds } from './store/legalHolds.ts';
import { heldFacts, type NewListedUnit, spokenFor } from './store/units.ts';

/** Most entries on one list: people must be able to look through them. */
export const MOST_LISTED = 20_000;

type Row = NonNullable<Awaited<ReturnType<Holdings['unitsIn']>>>[number];

/** A unit with what speaks against destroying its content, if anything. */
export interface Judged {
  unit: Row;
  listed: NewListedUnit;
  obstacle: Obstacle | null;
}

/**
 * Units of a table as the rule judges them now.
 *
 * @param o.except a list they may stand on already
 * @throws Refusal disposal.tooMany
 */
export async function judgeUnits(
  deps: DisposalDeps,
  tx: Tx,
  filter: UnitFilter,
  o: { today: string; approval: boolean; except: string | null },
): Promise<Judged[]> {
  const units = await deps.holdings.unitsIn(tx, filter, MOST_LISTED);
  if (!units)
    throw new Refusal('disposal.tooMany', `One list covers at most ${MOST_LISTED} entries. Narrow it.`, {
      most: MOST_LISTED,
    });
  const ids = units.map((u) => u.id);
  const held = await heldFacts(tx, ids);
  const taken = await spokenFor(tx, ids, o.except);
  const holds = await livingHolds(tx, filter.archiveId);
  const underHold = await deps.holdings.within(
    tx,
    ids,
    holds.flatMap((h) => h.unitId ?? []),
  );
  const fondsHeld = new Set(holds.flatMap((h) => h.fondsId ?? []));
  const onLeave = await deps.holdings.onLeave(tx, ids);
  const certifying = await deps.beingCertified(tx, ids);
  return units.map((unit, i) => {
    const facts = held.get(unit.id);
    const candidate = {
      retention: unit.retention,
      year: unit.year,
      dateTo: unit.dateTo,
      held: facts !== undefined,
      destroyed: taken.destroyed.has(unit.id),
      listed: taken.listed.has(unit.id),
      legalHold: underHold.has(unit.id) || fondsHeld.has(unit.fondsId),
      certifying: certifying.has(unit.id),
      onLeave: onLeave.has(unit.id),
    };
    return {
      unit,
      obstacle: obstacleTo(candidate, deps.rules, o.today, o.approval),
      listed: {
        seq: i + 1,
        unitId: unit.id,
        objectId: facts?.objectId ?? '',
        referenceCode: unit.referenceCode,
        title: unit.title,
        fonds: unit.fonds,
        category: unit.category,
        year: unit.year,
        retention: unit.retention,
        expiresOn: expiryOf(candidate, deps.rules),
        date: unit.date,
        pages: unit.pages ?? unit.pageCount,
        files: facts?.files ?? 0,
        bytes: facts?.bytes ?? 0,
      },
    };
  });
}
