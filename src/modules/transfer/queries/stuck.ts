import { type Actor, can, scopeOf } from '#kernel/actor';
import type { Sql } from '#kernel/db';
import type { TransferDeps } from '../deps.ts';
import { isStuck } from '../domain/stuck.ts';
import { type Batch, batchesUnderWay } from '../store/batches.ts';

const LOOKED_AT = 1_000;

/** Batches that went no further by themselves, those longest so first, for who prepares them or takes them in. */
export async function stuckFor(
  { db, clock }: Pick<TransferDeps, 'db' | 'clock'>,
  actor: Actor,
  limit: number,
): Promise<Batch[]> {
  const now = clock.now();
  const underWay = await db.as(scopeOf(actor), (tx) => batchesUnderWay(tx, LOOKED_AT));
  return underWay
    .filter(
      (b) =>
        isStuck(b, now) &&
        (can(actor, 'filing.write', b.archiveId) || can(actor, 'transfer.receive', b.archiveId)),
    )
    .slice(0, limit);
}

/** Of the whole house, for who looks after the machine. @returns their numbers and why */
export async function stuckOfHouse(db: Sql, now: Date): Promise<Pick<Batch, 'number' | 'failure'>[]> {
  return (await batchesUnderWay(db, LOOKED_AT)).filter((b) => isStuck(b, now));
}
