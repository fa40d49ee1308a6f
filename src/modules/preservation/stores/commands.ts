import { type Actor, auditActor, demandFresh } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { KeepingDeps } from '../keeping/deps.ts';
import { demandForHouse } from '../keeping/whose.ts';
import { solveAlarms } from '../store/alarms.ts';
import { heldTooFew } from '../store/figures.ts';
import {
  allStores,
  changeStore,
  endStore,
  holdEntering,
  insertStore,
  noteSeen,
  type StoreLocation,
  type StoreRow,
  storeById,
} from '../store/stores.ts';
import { createProbing, openCopies, type StoreSecrets, writeNote } from './openStore.ts';
import { sealSecrets } from './openStores.ts';

export interface NewStore {
  name: string;
  location: StoreLocation;
  secrets: StoreSecrets | null;
  megabytesPerSecond: number | null;
}

const noStore = () => new Refusal('store.notFound', 'There is no such store.');
const LOOKED_AT = 100_000;

async function findStore(deps: KeepingDeps, id: string): Promise<StoreRow> {
  const row = await storeById(deps.db.owner, id);
  if (!row) throw noStore();
  return row;
}

async function demandStores(deps: KeepingDeps, actor: Actor): Promise<void> {
  await demandForHouse(deps, actor, 'stores.manage');
  demandFresh(actor, deps.clock);
}

/**
 * Adds a place for copies: makes its storage root (or takes one that is there), and has everything held copied to it.
 *
 * @throws Refusal actor.forbidden, session.stale, store.duplicate, store.sameDisk …, or what the place itself refuses
 */
export async function addStore(deps: KeepingDeps, actor: Actor, n: NewStore): Promise<StoreRow> {
  await demandStores(deps, actor);
  const before = (await allStores(deps.db.owner)).filter(
    (s) => s.state === 'active' || s.state === 'draining',
  );
  if (before.some((s) => s.name === n.name))
    throw new Refusal('store.duplicate', 'There is a store with this name already.', { name: n.name });
  if (before.some((s) => overlap(s.location, n.location)))
    throw new Refusal('store.taken', 'This place is used by another store, or lies within one.', {
      name: n.name,
    });
  const place = { location: n.location, secrets: n.secrets };
  const id = deps.newId();
  const addedAt = deps.clock.now();
  const open = await openCopies(place, { pool: deps.digests, make: true });
  // Whose it is from now on; what was removed from use here before is another store.
  await writeNote(open, { at: addedAt.toISOString(), storeId: id });
  open.close();
  const seen = await createProbing().probe(id, () => openCopies(place, { pool: deps.digests }));
  await deps.db.system(async (tx) => {
    await holdEntering(tx);
    await insertStore(tx, {
      id,
      name: n.name,
      location: n.location,
      megabytesPerSecond: n.megabytesPerSecond,
      addedAt,
      addedBy: actor.name,
      sealed: n.secrets && sealSecrets(id, n.secrets, deps.masterKey),
    });
    await noteSeen(tx, id, { ...seen, at: addedAt });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: null,
      act: 'store.added',
      target: { type: 'store', id },
      detail: { name: n.name, location: n.location },
    });
  });
  return findStore(deps, id);
}

/** Whether one place lies in the other. */
function overlap(a: StoreLocation, b: StoreLocation): boolean {
  const within = (outer: string, inner: string) => inner === outer || inner.startsWith(`${outer}/`);
  if (a.kind === 'folder' && b.kind === 'folder') return within(a.root, b.root) || within(b.root, a.root);
  if (a.kind !== 's3' || b.kind !== 's3') return false;
  return (
    a.bucket === b.bucket &&
    a.endpoint === b.endpoint &&
    (within(a.prefix, b.prefix) || within(b.prefix, a.prefix))
  );
}

/**
 * Renames a store, sets its pace, drains it or takes it back into service.
 *
 * @throws Refusal actor.forbidden, session.stale, store.notFound, store.changed, store.main, store.wrongState
 */
export async function updateStore(
  deps: KeepingDeps,
  actor: Actor,
  id: string,
  to: { version: number; name?: string; state?: 'active' | 'draining'; megabytesPerSecond?: number | null },
): Promise<StoreRow> {
  await demandStores(deps, actor);
  const row = await findStore(deps, id);
  if (row.isMain && to.state === 'draining')
    throw new Refusal('store.main', 'The storage root itself can not be drained.');
  if (row.state === 'lost' || row.state === 'removed') throw ended();
  const next = {
    name: to.name ?? row.name,
    state: to.state ?? row.state,
    megabytesPerSecond: to.megabytesPerSecond === undefined ? row.megabytesPerSecond : to.megabytesPerSecond,
  };
  await deps.db.system(async (tx) => {
    if (next.state !== row.state) await holdEntering(tx);
    if (!(await changeStore(tx, id, to.version, next)))
      throw new Refusal('store.changed', 'Somebody else changed this store meanwhile.');
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: null,
      act: 'store.changed',
      target: { type: 'store', id },
      detail: { name: row.name, to: next },
    });
  });
  return findStore(deps, id);
}

const ended = () => new Refusal('store.wrongState', 'This store is not in use any more.');

/**
 * Says that a store is lost with all it held. What other stores hold, the main one's above all, is not touched.
 *
 * @throws Refusal actor.forbidden, session.stale, store.notFound, store.main, store.wrongState
 */
export async function loseStore(deps: KeepingDeps, actor: Actor, id: string, reason: string): Promise<void> {
  await demandStores(deps, actor);
  await end(deps, actor, await findStore(deps, id), 'lost', reason);
}

/**
 * Takes a store out of service whose holdings are held elsewhere as often as wanted. Its bytes stay where they are.
 *
 * @throws Refusal store.heldTooFew with how many objects would be, besides those of `loseStore`
 */
export async function removeStore(
  deps: KeepingDeps,
  actor: Actor,
  id: string,
  reason: string,
): Promise<void> {
  await demandStores(deps, actor);
  const row = await findStore(deps, id);
  const wanted = deps.settings.copiesWanted;
  const others = (await allStores(deps.db.owner)).filter((s) => s.id !== id && s.state === 'active');
  const tooFew = (objects: number | null) =>
    new Refusal(
      'store.heldTooFew',
      'Without this store some of what is held would be held fewer times than wanted. Wait until the other stores have it all, or say that this one is lost.',
      { objects, wanted },
    );
  if (others.length < wanted) throw tooFew(null);
  if (others.some((s) => !s.planned || s.reach === 'unreachable' || s.reach === 'foreign'))
    throw tooFew(null);
  const few = await heldTooFew(deps.db.owner, { archives: null, wanted, limit: LOOKED_AT, without: id });
  if (few.objects > 0 || !few.isExact) throw tooFew(few.objects);
  await end(deps, actor, row, 'removed', reason);
}

async function end(
  deps: KeepingDeps,
  actor: Actor,
  row: StoreRow,
  state: 'lost' | 'removed',
  reason: string,
): Promise<void> {
  if (row.isMain)
    throw new Refusal('store.main', 'The storage root itself can not be taken out; mend it from a copy.');
  const at = deps.clock.now();
  await deps.db.system(async (tx) => {
    if (!(await endStore(tx, row.id, { state, at, by: actor.name, reason }))) throw ended();
    await solveAlarms(tx, { storeId: row.id, objectIds: null, by: actor.name, note: reason }, at);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: null,
      act: state === 'lost' ? 'store.lost' : 'store.removed',
      target: { type: 'store', id: row.id },
      detail: { name: row.name, reason },
    });
  });
  deps.stores.forget(row.id);
}

/** Looks at a store now. @throws Refusal actor.forbidden, store.notFound */
export async function lookAtStore(deps: KeepingDeps, actor: Actor, id: string): Promise<StoreRow> {
  await demandForHouse(deps, actor, 'stores.manage');
  const row = await findStore(deps, id);
  if (row.state === 'lost' || row.state === 'removed') throw ended();
  const seen = await deps.stores.probe(row);
  await noteSeen(deps.db.owner, id, { ...seen, at: deps.clock.now() });
  return findStore(deps, id);
}
