import type { OcflRepository, StoreReader } from '#formats/ocfl';
import { type Actor, can, scopeOf } from '#kernel/actor';
import { archivesScope, type Database, SYSTEM } from '#kernel/db';
import { isRefusal, Refusal } from '#kernel/errors';
import type { Sight } from '#kernel/visibility';
import { objectIdOf } from '../package/records.ts';
import type { PreservationEvent } from '../store/events.ts';
import { type EnteredObject, objectById } from '../store/objects.ts';
import { eventsBefore, filesAfter, type HeldFileRow, namesOf } from '../store/reading.ts';
import { folderOf, type TextShown, type TreeEntry, textOf } from './tree.ts';
import { type VersionTold, versionsTold } from './versions.ts';

export interface ObjectReadingDeps {
  db: Database;
  repository: OcflRepository;
  /** The storage root. */
  reader: StoreReader;
}

export interface ObjectTold extends EnteredObject {
  /** Its folder in the storage root. */
  path: string;
  /** The newest first; none where the object can not be read. */
  versions: VersionTold[];
  /** Why it can not be read, as a code; null where it can. */
  trouble: string | null;
}

export interface UnitSight {
  /** @throws Refusal for those who may not */
  demandSight(actor: Actor, unitId: string, sight: Sight): Promise<unknown>;
}

const noObject = () =>
  new Refusal('object.notFound', 'Nothing of that name is held, or it is not for you to know.');

export type ObjectReading = ReturnType<typeof createObjectReading>;

/** What staff read of an object: not its content, but how it is held. */
export function createObjectReading({ db, repository, reader }: ObjectReadingDeps) {
  /** Rows of the archives whose holdings this person may know the state of: more than those they may read. */
  function reach(actor: Actor) {
    if (actor.kind === 'system') return SYSTEM;
    return archivesScope([...actor.rights.keys()].filter((id) => can(actor, 'preservation.read', id)));
  }

  async function entered(actor: Actor, objectId: string): Promise<EnteredObject> {
    const found = await db.as(reach(actor), (tx) => objectById(tx, objectId));
    if (!found) throw noObject();
    return found;
  }

  return {
    reach,
    entered,
    /** @throws Refusal object.notFound */
    async told(actor: Actor, objectId: string): Promise<ObjectTold> {
      const object = await entered(actor, objectId);
      const path = repository.pathOf(objectId);
      try {
        return {
          ...object,
          path,
          versions: versionsTold(await repository.getObject(objectId)),
          trouble: null,
        };
      } catch (e) {
        if (!isRefusal(e)) throw e;
        return { ...object, path, versions: [], trouble: e.code };
      }
    },
    /** The files held, for those who may look into the record; nobody else gets any. */
    async files(
      actor: Actor,
      objectId: string,
      page: { after: number; limit: number },
    ): Promise<HeldFileRow[]> {
      const { unitId } = await entered(actor, objectId);
      return unitId === null ? [] : db.as(scopeOf(actor), (tx) => filesAfter(tx, unitId, page));
    },
    async events(
      actor: Actor,
      objectId: string,
      page: { before?: { at: string; id: string }; limit: number },
    ): Promise<PreservationEvent[]> {
      await entered(actor, objectId);
      return db.as(reach(actor), (tx) => eventsBefore(tx, objectId, page));
    },
    /** One folder of the package as it lies in the storage root. @throws Refusal object.notFound, package.notFound */
    async folder(
      actor: Actor,
      objectId: string,
      path: string,
      page: { after?: string; limit: number },
    ): Promise<{ items: (TreeEntry & { heldAs: string | null })[]; more: boolean }> {
      const { unitId } = await entered(actor, objectId);
      const { items, more } = await folderOf(reader, repository.pathOf(objectId), path, page);
      const logical = /^v\d+\/content\/(.+)$/.exec(path)?.[1];
      const names =
        unitId === null || logical === undefined
          ? new Map<string, string>()
          : await db.as(scopeOf(actor), (tx) =>
              namesOf(
                tx,
                unitId,
                items.map((i) => `${logical}/${i.name}`),
              ),
            );
      return { items: items.map((i) => ({ ...i, heldAs: names.get(`${logical}/${i.name}`) ?? null })), more };
    },
    /**
     * A text file of an object of the house. Certificates are public; segments and the rest hold descriptions of many
     * records and are shown to nobody here, nor are entries' own (see `unitText`).
     *
     * @throws Refusal object.notFound, package.notFound, package.notText, package.notShown
     */
    async text(actor: Actor, objectId: string, path: string): Promise<TextShown> {
      const { kind } = await entered(actor, objectId);
      if (kind !== 'certificates' && /^v\d+\/content\//.test(path))
        throw new Refusal('package.notShown', 'It holds descriptions of records and is not shown here.');
      return textOf(reader, repository.pathOf(objectId), path);
    },
    /**
     * A text file of an entry's package: it describes or renders the record, so it is for those who may look into that.
     *
     * @throws Refusal object.notFound, package.notFound, package.notText, and as `demandSight`
     */
    async unitText(actor: Actor, unitId: string, path: string, sight: UnitSight): Promise<TextShown> {
      const { objectId } = await entered(actor, objectIdOf(unitId));
      await sight.demandSight(actor, unitId, 'content');
      return textOf(reader, repository.pathOf(objectId), path);
    },
  };
}
