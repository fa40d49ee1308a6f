import { pruneAudit } from '#kernel/audit';
import { sql } from '#kernel/db';
import { alteration } from './alterations.ts';
import { openTrail, type Trail } from './trail.ts';

/** A trail with everything in it: checkpoints, countersignatures, entries taken out by rule, a second place. */
export async function fullTrail(): Promise<Trail> {
  const trail = await openTrail();
  for (const act of ['unit.corrected', 'unit.read', 'session.opened', 'unit.accessChanged', 'unit.read']) {
    await trail.act(3 + (act.length % 4), act);
    await trail.sign();
    await trail.countersigning.inTurn();
  }
  trail.clock.set('2026-03-01T02:00:00Z');
  await pruneAudit(trail, { id: null, name: 'lantai' }, 6);
  await trail.act(6);
  await trail.sign();
  await trail.countersigning.inTurn();
  await trail.act(9);
  await trail.sign();
  await trail.countersigning.inTurn();
  // As the owner may: nothing in the database stands in the way of what follows.
  for (const table of ['entry', 'leaf', 'checkpoint', 'countersignature', 'pruning'])
    await sql`alter table ${sql.ref(`audit.${table}`)} disable trigger user`.execute(trail.db.owner);
  return trail;
}

export interface Tried {
  tried: Record<string, number>;
  undetected: string[];
}

class Undone extends Error {}

/**
 * Alters the trail in one way after the other, each in a transaction of its own that is verified from within and then
 * undone.
 */
export async function tryAlterations(trail: Trail, seeds: Iterable<number>): Promise<Tried> {
  const result: Tried = { tried: {}, undetected: [] };
  for (const seed of seeds) {
    const { kind, apply } = alteration(seed);
    const lines = [...trail.lines];
    await trail.db
      .system(async (tx) => {
        await apply(tx, lines);
        const { findings } = await trail.verifyIn(tx, lines);
        result.tried[kind] = (result.tried[kind] ?? 0) + 1;
        if (findings.length === 0) result.undetected.push(`${kind}, seed ${seed}`);
        throw new Undone();
      })
      .catch((e: unknown) => {
        if (!(e instanceof Undone)) throw new Error(`alteration ${kind}, seed ${seed}`, { cause: e });
      });
  }
  return result;
}
