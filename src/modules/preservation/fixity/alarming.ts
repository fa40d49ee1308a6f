import type { Tx } from '#kernel/db';
import type { KeepingDeps } from '../keeping/deps.ts';
import { type AlarmCode, type NewAlarm, raiseAlarms, solveAlarms, standingOf } from '../store/alarms.ts';

/** From here on more alarms about single copies of a store say no more than one about the store. */
const MANY = 100;

type Deps = Pick<KeepingDeps, 'log' | 'newId' | 'clock'>;

export interface BadCopy {
  objectId: string;
  archiveId: string | null;
  code: Extract<AlarmCode, 'damaged' | 'missing' | 'undecided' | 'ahead'>;
  detail: Record<string, unknown>;
}

/** Tells of copies that are not as they should be: each by itself, or where there are many the store as a whole. */
export async function tellOfCopies(
  deps: Deps,
  tx: Tx,
  store: { id: string; name: string },
  bad: readonly BadCopy[],
): Promise<void> {
  if (bad.length === 0) return;
  const standing = await standingOf(tx, store.id, MANY);
  const alone = bad.slice(0, Math.max(0, MANY - standing));
  const raised = await raiseAlarms(
    tx,
    alone.map((b) => ({ ...b, id: deps.newId(), storeId: store.id })),
    deps.clock.now(),
  );
  for (const a of raised)
    deps.log.error(
      { store: store.name, object: a.objectId, alarm: a.code, ...a.detail },
      'a copy is not sound',
    );
  if (alone.length === bad.length) return;
  const more = bad.length - alone.length;
  await tellOfStore(deps, tx, store, 'manyFailing', { sinceThen: more, standing: MANY });
}

/** Tells of a store; once as long as it stands. */
export async function tellOfStore(
  deps: Deps,
  tx: Tx,
  store: { id: string; name: string },
  code: AlarmCode,
  detail: Record<string, unknown>,
): Promise<void> {
  const alarm: NewAlarm = {
    id: deps.newId(),
    storeId: store.id,
    objectId: null,
    archiveId: null,
    code,
    detail: { store: store.name, ...detail },
  };
  const [raised] = await raiseAlarms(tx, [alarm], deps.clock.now());
  if (raised) deps.log.error({ store: store.name, alarm: code, ...detail }, 'a store is in trouble');
}

export const SYSTEM_NAME = 'lantai';

/** What stood about these copies is over. */
export async function untellOfCopies(
  deps: Deps,
  tx: Tx,
  storeId: string,
  objectIds: readonly string[],
  note: string,
): Promise<void> {
  if (objectIds.length === 0) return;
  await solveAlarms(tx, { storeId, objectIds, by: SYSTEM_NAME, note }, deps.clock.now());
}
