import type { OcflRepository, PutResult } from '#formats/ocfl';
import type { AuditActor, AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { type Composed, composeFiles, type IdentifyFile } from '../package/compose.ts';
import type { UnitSnapshot } from '../package/documents.ts';
import { FORMAT_VERSION } from '../package/format.ts';
import { type OpenedPackage, openPackage } from '../package/read.ts';
import { CHECKS, type IncomingFile, objectIdOf } from '../package/records.ts';
import { openSpool, type Spool } from '../package/spool.ts';
import { type Deed, eventsOfDeeds, packageVersion } from '../package/version.ts';
import { countContent } from '../store/content.ts';
import { insertEvents, type PreservationEvent } from '../store/events.ts';
import { type ObjectOwner, setPackaged } from '../store/objects.ts';
import type { ObjectToWrite, ObjectWriting } from '../writing.ts';
import { enterFiles, placesInStep } from './enterFiles.ts';
import { eventsIn } from './found.ts';

/** A unit whose files are to be held. */
export interface HeldUnit {
  id: string;
  archiveId: string;
  /** In order; asked for one by one, once. */
  files: AsyncIterable<IncomingFile> | Iterable<IncomingFile>;
}

export interface HoldDeps {
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  repository: OcflRepository;
  writing: ObjectWriting;
  newId(): string;
  /** Units as their objects keep them. */
  snapshots(tx: Tx, ids: readonly string[]): Promise<Map<string, UnitSnapshot>>;
  attachObject(tx: Tx, unitId: string, objectId: string, pageCount: number): Promise<void>;
  /** A folder for what does not fit into memory. */
  scratch: string;
  identify: IdentifyFile;
}

export type HoldOutcome =
  | { status: 'held'; newFiles: number; pageCount: number }
  /** The unit holds all of it already, or nothing was given; nothing was written. */
  | { status: 'known' }
  | { status: 'failed'; error: unknown };

/** Units whose files are looked through at once. */
const AT_ONCE = 4;

interface Planned {
  unit: HeldUnit;
  /** The object as it was, without what it holds: of a large one that is much. */
  held: Pick<OpenedPackage, 'head' | 'format'> | null;
  composed: Composed;
  /** Undefined where nothing is to be written. */
  write?: ObjectToWrite;
  events: PreservationEvent[];
}

/**
 * Takes files into the storage root and says so in the catalogue: one object a unit, built aside, read back and
 * digested again, made visible, and only then entered. Killed in between, a second run finds the same state and goes
 * on: nothing is lost, half there or doubled.
 *
 * @param after work in the same transaction, for each unit (the text job)
 * @returns one outcome a unit, in order
 */
export async function holdContent(
  deps: HoldDeps,
  actor: AuditActor,
  units: readonly HeldUnit[],
  after: (tx: Tx, unit: HeldUnit, pageCount: number) => Promise<void>,
): Promise<HoldOutcome[]> {
  await using spool = openSpool(deps.scratch);
  const created = deps.clock.now();
  const snapshots = await deps.db.system((tx) =>
    deps.snapshots(
      tx,
      units.map((u) => u.id),
    ),
  );
  const plans = new Array<Planned | { error: unknown }>(units.length);
  const todo = units.entries();
  const planning = async () => {
    for (const [i, unit] of todo) {
      const of = { unit, snapshot: snapshots.get(unit.id), spool, created };
      plans[i] = await plan(deps, actor, of).catch((error: unknown) => ({ error }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, planning));
  const writes = plans.flatMap((p) => ('error' in p ? [] : (p.write ?? [])));
  const put = (await deps.writing.put(writes)).values();
  const results: HoldOutcome[] = [];
  for (const p of plans) {
    if ('error' in p) {
      results.push({ status: 'failed', error: p.error });
      continue;
    }
    const written = p.write ? put.next().value! : undefined;
    if (written && 'error' in written) results.push({ status: 'failed', error: written.error });
    else results.push(await enter(deps, actor, p, written?.result, after));
  }
  return results;
}

async function plan(
  deps: HoldDeps,
  actor: AuditActor,
  o: { unit: HeldUnit; snapshot: UnitSnapshot | undefined; spool: Spool; created: Date },
): Promise<Planned> {
  const { unit, snapshot, created } = o;
  if (!snapshot) throw new Refusal('unit.notFound', 'There is no such entry.', { unitId: unit.id });
  const opened = await openPackage(deps.repository, objectIdOf(unit.id));
  const composed = await composeFiles(unit.id, opened, unit.files, o.spool, created, deps.identify);
  const held = opened && { head: opened.head, format: opened.format };
  const newFiles = composed.counts.files - composed.before.files;
  if (newFiles === 0) return { unit, held, composed, events: [] };
  const events = eventsOfDeeds(deps.newId, unit, actor, created, deedsOf(composed, newFiles));
  const next = packageVersion({
    unitId: unit.id,
    version: composed.version,
    expectedHead: held?.head ?? null,
    snapshot,
    counts: composed.counts,
    files: composed.files,
    remove: composed.remove,
    events,
    message: 'content taken in',
    actor,
    created,
  });
  return { unit, held, composed, events, write: { ...ownerOf(unit), next } };
}

/** What was done to take the files in. Digests are compared while they are written; of the rest, what the checks say. */
function deedsOf({ version, counts, checked }: Composed, newFiles: number): Deed[] {
  const done = (check: string, deed: Deed) => (checked.includes(check) ? [deed] : []);
  return [
    { type: 'message digest calculation', detail: { version, newFiles, algorithms: ['sha512', 'sha256'] } },
    ...done(CHECKS.format, { type: 'format identification', detail: { version, newFiles } }),
    ...done(CHECKS.opened, { type: 'validation', detail: { version, newFiles } }),
    ...done(CHECKS.technical, { type: 'metadata extraction', detail: { version, newFiles } }),
    { type: 'ingestion', detail: { version, newFiles, files: counts.files } },
  ];
}

export const ownerOf = (unit: { id: string; archiveId: string }): ObjectOwner => ({
  objectId: objectIdOf(unit.id),
  kind: 'unit',
  archiveId: unit.archiveId,
  unitId: unit.id,
});

/** Writes the catalogue's view of the object, and what came of it. */
async function enter(
  deps: HoldDeps,
  actor: AuditActor,
  { unit, held, composed, events }: Planned,
  put: PutResult | undefined,
  after: (tx: Tx, unit: HeldUnit, pageCount: number) => Promise<void>,
): Promise<HoldOutcome> {
  const { counts, before } = composed;
  const objectId = objectIdOf(unit.id);
  const entered = await countContent(deps.db.owner, unit.id);
  if (!put && (!held || entered === counts.files)) return { status: 'known' };
  // What a killed run wrote and never entered is read back from the object, with its events.
  const caughtUp = put && entered === before.files;
  const object = caughtUp ? null : await openPackage(deps.repository, objectId);
  return deps.db.system(async (tx) => {
    const owner = ownerOf(unit);
    await enterFiles(tx, owner, {
      records: object ? object.files() : composed.added(),
      pagesBefore: object ? 0 : before.pages,
      placeOf: placesInStep(put?.files ?? []),
    });
    await deps.attachObject(tx, unit.id, objectId, counts.pages);
    if (put) await deps.writing.enter(tx, owner, put);
    else await deps.writing.enterFound(tx, owner);
    if (put) {
      await setPackaged(tx, [objectId], FORMAT_VERSION);
      await insertEvents(tx, object ? await eventsIn(object) : events);
    }
    const newFiles = counts.files - before.files;
    await deps.audit.append(tx, {
      actor,
      archiveId: unit.archiveId,
      act: 'unit.contentHeld',
      target: { type: 'unit', id: unit.id },
      detail: {
        object: objectId,
        version: put?.version ?? held?.head ?? composed.version,
        newFiles,
        files: counts.files,
        pages: counts.pages,
      },
    });
    await after(tx, unit, counts.pages);
    return { status: 'held' as const, newFiles, pageCount: counts.pages };
  });
}
