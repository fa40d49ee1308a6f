import pg from 'pg';
import { type Actor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import type { Act } from './acts.ts';
import { tryPatterns } from './store/units.ts';

const INVALID = '2201B';
const CANCELLED = '57014';

/** Whether PostgreSQL can apply the patterns. @throws Refusal bulk.pattern */
export function demandPatterns(
  deps: Pick<HoldingsDeps, 'db'>,
  actor: Actor,
  acts: readonly Act[],
): Promise<void> {
  if (!acts.some((a) => a.do === 'match')) return Promise.resolve();
  return patternsApplied(() => deps.db.as(scopeOf(actor), (tx) => tryPatterns(tx, acts)));
}

/** Puts what PostgreSQL says of patterns into words. @throws Refusal bulk.pattern, bulk.slow */
export async function patternsApplied<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError)) throw cause;
    if (cause.code === INVALID)
      throw new Refusal('bulk.pattern', 'The pattern can not be read.', { why: cause.message }, { cause });
    if (cause.code === CANCELLED)
      throw new Refusal('bulk.slow', 'The pattern took too long to apply and was stopped.', {}, { cause });
    throw cause;
  }
}
