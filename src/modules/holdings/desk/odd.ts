import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { Refusal } from '#kernel/errors';
import type { OddRule } from '#kernel/oddRules';
import { noUnit } from '../commands/units.ts';
import { fondsById } from '../store/fonds.ts';
import { unitById } from '../store/units.ts';
import { today } from '../store/visibility.ts';
import type { DeskDeps } from './deps.ts';
import { type Confidence, type OddField, type Oddity, odditiesOf } from './rules/oddities.ts';
import { sayOddity } from './say.ts';
import { insertPassed, type LookedUnit, passedOf, unitsToLookAt } from './store/looked.ts';
import { beginningOf } from './suggest.ts';

/** An entry with something odd about it. */
export interface OddEntry {
  unit: Pick<
    LookedUnit,
    'id' | 'referenceCode' | 'title' | 'level' | 'version' | 'docNo' | 'date' | 'year' | 'retention'
  >;
  rule: OddRule;
  field: OddField;
  says: string;
  proposal: Oddity['proposal'];
  confidence: Confidence;
  /** What it was found with, to say that it is right as it is. */
  said: string;
}

export interface OddPage {
  items: OddEntry[];
  next: string | null;
  /** How many entries were looked at for this page. */
  looked: number;
}

/** Entries read at once; between two such lots others get their turn. */
const LOT = 1_000;
/** A page ends when so many were looked at, also where it is not full: it says so, and one goes on from there. */
const MOST_LOOKED = 20_000;

/**
 * A page of what is odd in a fonds, in the order of its codes. As far as the asker has its entries.
 *
 * @param o.rules those alone; all where absent
 * @throws Refusal fonds.notFound, actor.forbidden
 */
export function oddEntries(
  deps: DeskDeps,
  actor: Actor,
  fondsId: string,
  o: { cursor?: string | undefined; limit: number; rules?: readonly OddRule[] | undefined },
): Promise<OddPage> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const missing = new Refusal('fonds.notFound', 'There is no such fonds.');
    const fonds = await fondsById(tx, fondsId);
    if (!fonds) throw missing;
    demand(actor, 'holdings.write', fonds.archiveId, missing);
    const [day, fondsFrom] = [await today(tx), beginningOf(fonds)];
    let after = placeOf(o.cursor);
    let looked = 0;
    const items: OddEntry[] = [];
    for (;;) {
      const lot = await unitsToLookAt(tx, fondsId, after, LOT);
      const odd = lot.flatMap((u) => {
        const volume = u.volumeFrom && u.volumeTo ? { from: u.volumeFrom, to: u.volumeTo } : null;
        return odditiesOf(u, { today: day, fondsFrom, volume })
          .filter((f) => !o.rules || o.rules.includes(f.rule))
          .map((f) => ({ u, f, said: JSON.stringify(f.detail) }));
      });
      const passed = await passedOf(tx, [...new Set(odd.map((x) => x.u.id))]);
      const left = odd.filter(
        (x) => !passed.some((p) => p.unitId === x.u.id && p.rule === x.f.rule && p.said === x.said),
      );
      for (const [n, { u, f, said }] of left.entries()) {
        items.push({
          unit: {
            id: u.id, referenceCode: u.referenceCode, title: u.title, level: u.level, version: u.version, docNo: u.docNo, date: u.date,
            year: u.year, retention: u.retention,
          },
          rule: f.rule,
          field: f.field,
          says: sayOddity(f, actor.language),
          proposal: f.proposal,
          confidence: f.confidence,
          said,
        }); // biome-ignore format: a row of columns
        // All of one entry stands on one page.
        if (items.length >= o.limit && left[n + 1]?.u.id !== u.id) {
          const place = lot.findIndex((l) => l.id === u.id) + 1;
          const more = place < lot.length || lot.length === LOT;
          return { items, next: more ? encodeCursor([u.sortKey, u.id]) : null, looked: looked + place };
        }
      }
      looked += lot.length;
      const last = lot.at(-1);
      if (lot.length < LOT || !last) return { items, next: null, looked };
      after = { sortKey: last.sortKey, id: last.id };
      if (looked >= MOST_LOOKED) return { items, next: encodeCursor([last.sortKey, last.id]), looked };
    }
  });
}

function placeOf(cursor: string | undefined): { sortKey: string; id: string } | null {
  if (!cursor) return null;
  const [sortKey, id] = decodeCursor(cursor, ['string', 'string']);
  return { sortKey: String(sortKey), id: String(id) };
}

/**
 * Says that what was found odd is right as it is: it is not told again, until the entry says something else.
 *
 * @throws Refusal unit.notFound, actor.forbidden
 */
export function passOddity(
  deps: DeskDeps,
  actor: Actor,
  unitId: string,
  o: { rule: OddRule; said: string },
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const unit = await unitById(tx, unitId);
    if (!unit) throw noUnit();
    demand(
      actor,
      'holdings.write',
      unit.archiveId,
      unit.accessStatus === 'open' ? undefined : noUnit(),
      unit,
    );
    await insertPassed(tx, {
      unitId,
      ...o,
      archiveId: unit.archiveId,
      byName: actor.name,
      at: deps.clock.now(),
    });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: unit.archiveId,
      act: 'oddity.passed',
      target: { type: 'unit', id: unitId },
      detail: { rule: o.rule, referenceCode: unit.referenceCode, title: unit.title },
    });
  });
}
