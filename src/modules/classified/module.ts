import { createHmac, randomUUID } from 'node:crypto';
import { type Actor, auditActor, can } from '#kernel/actor';
import { canonicalJson, type Json } from '#kernel/canonical';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { isId } from '#kernel/ids';
import type { ClassifiedDeps } from './deps.ts';
import { type Door, type Mark, marksToKeep } from './domain/marks.ts';
import {
  type Found,
  finishSettingApart,
  readFound,
  removeSetApart,
  setApart,
  setApartIds,
} from './folder.ts';
import {
  type Blocked,
  blockedById,
  blockedPage,
  insertBlocked,
  notedAmong,
  setRemoved,
} from './store/blocked.ts';

export type Classified = ReturnType<typeof createClassified>;

/** What was found at a door. */
export interface Turned {
  archiveId: string;
  agencyId: string | null;
  door: Door;
  /** form, paste, import, or the name of the system that sent it. */
  source: string;
  marks: readonly Mark[];
  /** What was written, as it came: kept with it, for who deals with it. */
  written?: Json;
  /** Files of this machine, on the data folder's file system; they are moved. */
  files?: readonly { path: string; name: string }[];
}

const AT_ONCE = 200;
const noBlocked = () => new Refusal('classified.notFound', 'There is nothing blocked under this number.');

/** By which people speak of it. */
const numberOf = (id: string) => `SM-${id.slice(-8).toUpperCase()}`;

/**
 * What bears a classification at or above 秘密 may not be on a networked install (standards-cn 7.5 [S:SEC]): it is set apart out of
 * everybody's reach, noted in the trail without what it says, and dealt with by the security administrator.
 */
export function createClassified(deps: ClassifiedDeps) {
  const { db, clock, newId, audit, folder, key } = deps;

  async function note(
    tx: Tx,
    found: Found,
    actor: Parameters<typeof audit.append>[1]['actor'],
  ): Promise<string> {
    const { archiveId, agencyId, door, source, marks, files } = found;
    const id = await insertBlocked(tx, {
      id: found.id,
      archiveId,
      agencyId,
      door,
      source,
      kinds: [...new Set(marks.map((m) => m.what))],
      places: marks.length,
      files: files.length,
      same: found.same,
      sentBy: found.by.id,
      sentByName: found.by.name,
      at: new Date(found.at),
    });
    await audit.append(tx, {
      actor,
      archiveId,
      act: 'classified.blocked',
      target: { type: 'blocked', id },
      detail: { number: numberOf(id), door, source, places: marks.length, files: files.length },
    });
    return id;
  }

  async function seen(actor: Actor, id: string): Promise<Blocked> {
    const found = await blockedById(db.owner, id);
    if (!found || !can(actor, 'secrets.handle', found.archiveId)) throw noBlocked();
    return found;
  }

  return {
    /**
     * Sets something apart. Written first, noted then: broken off in between, `clearUp` notes it.
     *
     * @returns the number to speak of it by; the same as before where the same was sent again
     */
    async block(actor: Actor, turned: Turned): Promise<{ number: string }> {
      const { archiveId, agencyId, door, source, written = null, files = [] } = turned;
      const marks = marksToKeep(turned.marks);
      // Files are told apart each time: two of one name are not the same.
      const told = canonicalJson({ agencyId, door, written, files: files.length > 0 ? randomUUID() : null });
      const found = await setApart(
        folder,
        {
          id: newId(),
          archiveId,
          agencyId,
          door,
          source,
          same: createHmac('sha256', key).update(told).digest('hex'),
          marks,
          written,
          by: { id: actor.id, name: actor.name },
          at: clock.now().toISOString(),
        },
        files,
      );
      const id = await db.system((tx) => note(tx, found, auditActor(actor)));
      if (id !== found.id) await removeSetApart(folder, found.id);
      return { number: numberOf(id) };
    },

    /** What was turned away in the archives this person deals with secrets in, the newest first. */
    async list(actor: Actor, o: { waiting: boolean; cursor: string | undefined; limit: number }) {
      const archives = [...actor.rights.keys()].filter((id) => can(actor, 'secrets.handle', id));
      const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
      const rows = await blockedPage(db.owner, { ...o, archives, before, limit: o.limit + 1 });
      const items = rows.slice(0, o.limit).map((b) => ({ ...b, number: numberOf(b.id) }));
      return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
    },

    /** What was found. Looking is told in the trail. @throws Refusal classified.notFound */
    async look(actor: Actor, id: string) {
      const blocked = await seen(actor, id);
      const found = blocked.removedAt ? undefined : await readFound(folder, id);
      await db.system((tx) =>
        audit.append(tx, {
          actor: auditActor(actor),
          archiveId: blocked.archiveId,
          act: 'classified.shown',
          target: { type: 'blocked', id },
          detail: { number: numberOf(id) },
        }),
      );
      return {
        blocked: { ...blocked, number: numberOf(id) },
        marks: found?.marks ?? [],
        files: found?.files ?? [],
      };
    },

    /**
     * Takes it away from this install, once it has been dealt with by the rules for secrets.
     *
     * @throws Refusal classified.notFound, classified.reason, classified.wrongState
     */
    async remove(actor: Actor, id: string, reason: string): Promise<void> {
      const blocked = await seen(actor, id);
      const why = reason.trim();
      if (why === '')
        throw new Refusal('classified.reason', 'Say what was done with it.', { field: 'reason' });
      await db.system(async (tx) => {
        const gone = { at: clock.now(), by: actor.id, byName: actor.name, reason: why };
        if (!(await setRemoved(tx, id, gone)))
          throw new Refusal('classified.wrongState', 'This was removed already.');
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: blocked.archiveId,
          act: 'classified.removed',
          target: { type: 'blocked', id },
          detail: { number: numberOf(id), reason: why },
        });
      });
      await removeSetApart(folder, id);
    },

    /** For the clock of the house: notes what was set apart and not noted, and takes away what was removed. */
    async clearUp(): Promise<void> {
      await finishSettingApart(folder);
      const ids = (await setApartIds(folder)).filter(isId);
      for (let i = 0; i < ids.length; i += AT_ONCE) {
        const some = ids.slice(i, i + AT_ONCE);
        const noted = await notedAmong(db.owner, some);
        for (const id of some) {
          if (noted.get(id) === false) await removeSetApart(folder, id);
          const found = noted.has(id) ? undefined : await readFound(folder, id);
          if (!found) continue;
          const at = await db.system((tx) => note(tx, found, { id: null, name: 'lantai' }));
          if (at !== id) await removeSetApart(folder, id);
        }
      }
    },
  };
}
