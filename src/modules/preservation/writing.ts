import {
  type NewVersion,
  nextVersion,
  type OcflRepository,
  type PutOutcome,
  type PutResult,
} from '#formats/ocfl';
import type { Clock } from '#kernel/clock';
import type { Database, Sql } from '#kernel/db';
import { isRefusal, Refusal } from '#kernel/errors';
import { condemnedAmong } from './disposal/store/units.ts';
import {
  beginIntents,
  endIntents,
  enterObjects,
  type ObjectOwner,
  type ObjectState,
  type ObjectToEnter,
  objectsById,
  oldIntents,
} from './store/objects.ts';

export interface ObjectToWrite extends ObjectOwner {
  next: NewVersion;
}

/** An object that was written; `format`: version of the package format it was written in. */
export interface WrittenObject {
  owner: ObjectOwner;
  put: PutResult;
  format?: number;
}

/** An intent this old is nobody's who still works: writing one object takes minutes at most between its steps. */
const SETTLE_AFTER_SECONDS = 600;
/** Settled in one go; what is more waits for the next. */
const MOST_SETTLED = 10_000;

export type ObjectWriting = ReturnType<typeof createObjectWriting>;

/**
 * The one way objects are written: the intent is committed first, then the object is written, and the caller enters it in
 * the transaction that makes it count. A kill between any two of these is found by `settle`, so no object of the root
 * stays unknown to the database.
 */
export function createObjectWriting(deps: {
  db: Database;
  repository: OcflRepository;
  clock: Clock;
  /** Told of an object that was found written, in the transaction that enters it. */
  found?: (tx: Sql, owner: ObjectOwner) => Promise<void>;
}) {
  const { db, repository } = deps;

  /** What the root holds under this id, brought to an end first; null when nothing. */
  async function stateOf(objectId: string): Promise<ObjectState | null | 'not now'> {
    try {
      await repository.recover(objectId);
      return await repository.measure(objectId);
    } catch (e) {
      if (!isRefusal(e)) throw e;
      // Somebody is at it, or it is damaged: both are others' business, and the intent waits.
      return e.code === 'ocfl.notFound' ? null : 'not now';
    }
  }

  async function enterAll(tx: Sql, list: readonly WrittenObject[]): Promise<void> {
    const there = await objectsById(
      tx,
      list.map((o) => o.owner.objectId),
    );
    const written: ObjectToEnter[] = [];
    for (const { owner, put, format } of list) {
      const before = there.get(owner.objectId);
      const follows = before?.head ? nextVersion(before.head) === put.version : put.version === 'v1';
      const { files, bytes } =
        put.written && follows
          ? {
              files: (before?.files ?? 0) + put.writtenFiles,
              bytes: (before?.bytes ?? 0) + put.writtenBytes,
            }
          : before?.head === put.version
            ? before
            : await repository.measure(owner.objectId);
      const { version: head, inventoryDigest } = put;
      written.push({ owner, state: { head, inventoryDigest, files, bytes }, format });
    }
    await enterObjects(tx, written, deps.clock.now());
  }

  return {
    /** Writes objects, their intents first. One outcome each, in order; none is entered yet. */
    async put(list: readonly ObjectToWrite[]): Promise<PutOutcome[]> {
      if (list.length === 0) return [];
      await beginIntents(db.owner, list);
      // Asked after the intents stand: disposal condemns first and then looks for intents, so one of the two gives way.
      const condemned = await condemnedAmong(
        db.owner,
        list.map((o) => o.objectId),
      );
      const written = await repository.putVersions(
        list.filter((o) => !condemned.has(o.objectId)).map(({ objectId, next }) => ({ objectId, next })),
      );
      const outcomes = list.map(
        ({ objectId }): PutOutcome =>
          condemned.has(objectId)
            ? {
                error: new Refusal(
                  'object.destroyed',
                  'The content of this entry was destroyed; nothing is held for it again.',
                  { objectId },
                ),
              }
            : written.shift()!,
      );
      // What was refused left nothing behind, unless an earlier writer did: that one is found by its lock.
      const refused = list.filter((_, i) => {
        const outcome = outcomes[i]!;
        return 'error' in outcome && isRefusal(outcome.error);
      });
      await endIntents(
        db.owner,
        refused.map((o) => o.objectId),
      );
      return outcomes;
    },

    /** Enters a written object, in the transaction that makes it count. */
    enter: (tx: Sql, owner: ObjectOwner, put: PutResult): Promise<void> => enterAll(tx, [{ owner, put }]),
    /** The same for many. */
    enterAll,

    /** Enters an object as the root has it, for who finds one that another wrote. */
    async enterFound(tx: Sql, owner: ObjectOwner): Promise<void> {
      const state = await repository.measure(owner.objectId);
      await enterObjects(tx, [{ owner, state }], deps.clock.now());
      await deps.found?.(tx, owner);
    },

    /**
     * Enters what killed writers wrote and never entered; forgets what they never wrote.
     *
     * @returns the objects found written
     */
    async settle(olderThanSeconds = SETTLE_AFTER_SECONDS): Promise<ObjectOwner[]> {
      const found: ObjectOwner[] = [];
      for (const owner of await oldIntents(db.owner, olderThanSeconds, MOST_SETTLED)) {
        const state = await stateOf(owner.objectId);
        if (state === 'not now') continue;
        if (state === null) await endIntents(db.owner, [owner.objectId]);
        else {
          await db.system(async (tx) => {
            await enterObjects(tx, [{ owner, state }], deps.clock.now());
            await deps.found?.(tx, owner);
          });
          found.push(owner);
        }
      }
      return found;
    },
  };
}
