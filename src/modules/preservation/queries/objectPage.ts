import type { Readable } from 'node:stream';
import { type Actor, can, demand } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { KeepingDeps } from '../keeping/deps.ts';
import { mayForHouse } from '../keeping/whose.ts';
import { objectIdOf } from '../package/records.ts';
import { type Alarm, listAlarms } from '../store/alarms.ts';
import { type FormatCount, formatsOf } from '../store/content.ts';
import type { CopyRow } from '../store/copies.ts';
import { copyRowsOf } from '../store/figures.ts';
import { type EnteredObject, objectById } from '../store/objects.ts';
import { allStores, MAIN_STORE } from '../store/stores.ts';

export interface ObjectCopies {
  object: EnteredObject;
  formats: FormatCount[];
  copies: CopyRow[];
  alarms: Alarm[];
}

const noObject = () =>
  new Refusal('object.notFound', 'Nothing of that name is held, or it is not for you to know.');
const noFile = () => new Refusal('package.notFound', 'There is no such file.');

/** @throws Refusal object.notFound, also where the actor may not do this for it */
export async function objectFor(
  deps: KeepingDeps,
  actor: Actor,
  objectId: string,
  capability: 'preservation.read' | 'preservation.manage',
): Promise<EnteredObject> {
  const object = await objectById(deps.db.owner, objectId);
  const may =
    object !== undefined &&
    (object.archiveId === null
      ? await mayForHouse(deps, actor, capability)
      : can(actor, capability, object.archiveId));
  if (!object || !may) throw noObject();
  return object;
}

/** An object with all its copies. @throws Refusal object.notFound */
export async function objectCopies(deps: KeepingDeps, actor: Actor, objectId: string): Promise<ObjectCopies> {
  const object = await objectFor(deps, actor, objectId, 'preservation.read');
  const tx = deps.db.owner;
  const whose = { archives: object.archiveId ? [object.archiveId] : [], house: object.archiveId === null };
  return {
    object,
    formats: object.unitId ? await formatsOf(tx, object.unitId) : [],
    copies: await copyRowsOf(tx, objectId),
    alarms: await listAlarms(tx, { ...whose, objectId, limit: 50 }),
  };
}

async function storeOf(deps: KeepingDeps, storeId: string | undefined) {
  const row = (await allStores(deps.db.owner)).find((s) => s.id === (storeId ?? MAIN_STORE));
  if (!row || row.state === 'lost' || row.state === 'removed')
    throw new Refusal('store.notFound', 'There is no such store.');
  return deps.stores.open(row);
}

export interface PackageEntry {
  name: string;
  kind: 'file' | 'folder' | 'other';
  bytes: number | null;
}

/** One folder of an object as it lies in a store, by name. @throws Refusal object.notFound, package.notFound */
export async function packageFolder(
  deps: KeepingDeps,
  actor: Actor,
  objectId: string,
  o: { storeId?: string | undefined; path: string; after?: string | undefined; limit: number },
): Promise<PackageEntry[]> {
  await objectFor(deps, actor, objectId, 'preservation.read');
  const { store, repository } = await storeOf(deps, o.storeId);
  const folder = inObject(repository.pathOf(objectId), o.path);
  const entries = await store.list(folder);
  if (entries === null) throw noFile();
  const after = o.after;
  const some = entries
    .filter((e) => after === undefined || e.name > after)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, o.limit);
  return Promise.all(
    some.map(async ({ name, kind }) => ({
      name,
      kind,
      bytes: kind === 'file' ? await store.sizeOf(`${folder}/${name}`) : null,
    })),
  );
}

function inObject(object: string, path: string): string {
  if (path === '') return object;
  if (path.split('/').some((part) => part === '' || part === '.' || part === '..' || /[\0\\]/.test(part)))
    throw noFile();
  return `${object}/${path}`;
}

/**
 * One file of a unit's package as it lies in a store, for who may take masters.
 *
 * @throws Refusal unit.notFound, actor.forbidden, object.notFound, package.notFound
 */
export async function packageFile(
  deps: KeepingDeps,
  actor: Actor,
  unitId: string,
  o: { storeId?: string | undefined; path: string },
): Promise<{ bytes: number; stream: Readable; name: string }> {
  const { unit } = await deps.readUnit(actor, unitId);
  demand(actor, 'preservation.read', unit.archiveId, undefined, unit);
  const { objectId } = await objectFor(deps, actor, objectIdOf(unitId), 'preservation.read');
  if (!(await deps.sees(actor, unitId, 'master'))) throw noFile();
  const { store, repository } = await storeOf(deps, o.storeId);
  const path = inObject(repository.pathOf(objectId), o.path);
  const bytes = await store.sizeOf(path);
  if (bytes === null) throw noFile();
  return { bytes, stream: await store.open(path), name: path.slice(path.lastIndexOf('/') + 1) };
}
