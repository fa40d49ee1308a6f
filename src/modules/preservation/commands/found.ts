import type { OcflRepository } from '#formats/ocfl';
import type { Sql } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import type { DerivativeRecord } from '../package/derivatives.ts';
import { type OpenedPackage, openPackage } from '../package/read.ts';
import { enterConversions } from '../store/conversions.ts';
import { insertEvents, type PreservationEvent } from '../store/events.ts';
import { type ObjectOwner, objectById, setPackaged } from '../store/objects.ts';
import type { ObjectWriting } from '../writing.ts';

/** Events an object tells of itself. Some to a version. */
export async function eventsIn(object: OpenedPackage): Promise<PreservationEvent[]> {
  const found: PreservationEvent[] = [];
  for await (const event of object.events()) found.push(event);
  return found;
}

/** What an object says was made of its files. As many as it has files at most. */
export async function derivativesIn(object: OpenedPackage): Promise<DerivativeRecord[]> {
  const found: DerivativeRecord[] = [];
  for await (const one of object.derivatives()) found.push(one);
  return found;
}

/** What a killed writer's object tells: its events, and the format it is in. */
export async function takeUpFound(tx: Sql, repository: OcflRepository, owner: ObjectOwner): Promise<void> {
  if (owner.kind !== 'unit') return;
  // One that can not be read is entered all the same: fixity finds what is wrong with it.
  const read = await readFound(repository, owner.objectId).catch((e: unknown) => {
    if (isRefusal(e)) return null;
    throw e;
  });
  if (!read) return;
  const { object, events, derivatives } = read;
  await insertEvents(tx, events);
  if (object.format > 0) await setPackaged(tx, [owner.objectId], object.format);
  if (owner.unitId) await enterConversions(tx, owner.unitId, derivatives);
}

async function readFound(repository: OcflRepository, objectId: string) {
  const object = await openPackage(repository, objectId);
  if (!object) return null;
  return { object, events: await eventsIn(object), derivatives: await derivativesIn(object) };
}

/** Enters an object whose newest version a killed writer wrote and did not enter. */
export async function enterIfBehind(
  tx: Sql,
  writing: ObjectWriting,
  owner: ObjectOwner,
  held: OpenedPackage,
): Promise<void> {
  const entered = await objectById(tx, owner.objectId);
  if (entered?.head !== held.head) await writing.enterFound(tx, owner);
}
