import type { NewFile, NewVersion, OcflUser } from '#formats/ocfl';
import type { AuditActor } from '#kernel/audit';
import type { EventOutcome, PreservationEvent } from '../store/events.ts';
import {
  type Counts,
  descriptionDocument,
  entityDocument,
  eventsDocument,
  objectDocument,
  type UnitSnapshot,
} from './documents.ts';
import { DESCRIPTION, ENTITY, eventsPath, OBJECT } from './format.ts';
import { objectIdOf } from './records.ts';

/** Something done to an object while a version of it was made. */
export interface Deed {
  type: string;
  outcome?: EventOutcome;
  detail?: Record<string, unknown>;
}

export function eventsOfDeeds(
  newId: () => string,
  unit: { id: string; archiveId: string },
  actor: AuditActor,
  at: Date,
  deeds: readonly Deed[],
): PreservationEvent[] {
  return deeds.map(({ type, outcome = 'success', detail = null }) => ({
    id: newId(),
    objectId: objectIdOf(unit.id),
    archiveId: unit.archiveId,
    storeId: null,
    type,
    at,
    outcome,
    detail,
    actorId: actor.id,
    actorName: actor.name,
  }));
}

const userOf = (actor: AuditActor): OcflUser => ({
  name: actor.name,
  address: actor.id ? `urn:uuid:${actor.id}` : 'urn:lantai:system',
});

/**
 * A version of a unit's object: what is given, and the documents every version brings up to date. Refused when another
 * writer was faster, for its number stands in it.
 */
export function packageVersion(o: {
  unitId: string;
  version: string;
  /** null: there is no object yet. */
  expectedHead: string | null;
  snapshot: UnitSnapshot;
  counts: Counts;
  files: readonly NewFile[];
  remove?: readonly string[];
  events: readonly PreservationEvent[];
  message: string;
  actor: AuditActor;
  created: Date;
}): NewVersion {
  const text = (logicalPath: string, of: string): NewFile => ({
    logicalPath,
    source: { bytes: Buffer.from(of, 'utf8') },
  });
  return {
    files: [
      ...o.files,
      text(OBJECT, objectDocument(o.unitId, o.snapshot, o.counts)),
      text(DESCRIPTION, descriptionDocument(o.snapshot)),
      text(ENTITY, entityDocument(o.unitId, o.snapshot, o.counts)),
      text(eventsPath(o.version), eventsDocument(o.unitId, o.events)),
    ],
    remove: o.remove ?? [],
    message: o.message,
    user: userOf(o.actor),
    created: o.created,
    expectedHead: o.expectedHead,
  };
}
