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
import { keepsReport, type Report, reportFiles } from '../package/report.ts';
import { openSpool, type Spool } from '../package/spool.ts';
import { type Deed, eventsOfDeeds, packageVersion } from '../package/version.ts';
import { countContents } from '../store/content.ts';
import { insertEvents, type PreservationEvent } from '../store/events.ts';
import type { ObjectOwner } from '../store/objects.ts';
import type { ObjectToWrite, ObjectWriting } from '../writing.ts';
import { enterFiles, placesInStep } from './enterFiles.ts';
import { eventsIn } from './found.ts';
import { inOneOrEach } from './inOneOrEach.ts';

/** A unit whose files are to be held. */
export interface HeldUnit {
  id: string;
  archiveId: string;
  /** In order; asked for one by one, once. */
  files: AsyncIterable<IncomingFile> | Iterable<IncomingFile>;
  /**
   * A report that is kept with the version the new files make. Asked for after the files, and only where there is such a version
   * and the object keeps no report of this name.
   */
  report?: { name: string; make(): Promise<Omit<Report, 'name'>> };
}

/** Done in the transaction that enters these units. */
export type AfterHold = (
  tx: Tx,
  held: readonly { id: string; archiveId: string; pages: number }[],
) => Promise<void>;

export interface HoldDeps {
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  repository: OcflRepository;
  writing: ObjectWriting;
  newId(): string;
  /** Units as their objects keep them. */
  snapshots(tx: Tx, ids: readonly string[]): Promise<Map<string, UnitSnapshot>>;
  attachObjects(tx: Tx, list: readonly { unitId: string; objectId: string; pages: number }[]): Promise<void>;
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
const AT_ONCE = 16;

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
 * @param after work in the transaction that enters units (the text jobs)
 * @returns one outcome a unit, in order
 */
export async function holdContent(
  deps: HoldDeps,
  actor: AuditActor,
  units: readonly HeldUnit[],
  after: AfterHold,
): Promise<HoldOutcome[]> {
  await using spool = openSpool(deps.scratch);
  const created = deps.clock.now();
  const snapshots = await deps.db.system((tx) =>
    deps.snapshots(
      tx,
      units.map((u) => u.id),
    ),
  );
  const absent = await deps.repository.absentAmong(units.map((u) => objectIdOf(u.id)));
  const plans = new Array<Planned | { error: unknown }>(units.length);
  const todo = units.entries();
  const planning = async () => {
    for (const [i, unit] of todo) {
      const isNew = absent.has(objectIdOf(unit.id));
      const of = { unit, snapshot: snapshots.get(unit.id), isNew, spool, created };
      plans[i] = await plan(deps, actor, of).catch((error: unknown) => ({ error }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, planning));
  const writes = plans.flatMap((p) => ('error' in p ? [] : (p.write ?? [])));
  const put = (await deps.writing.put(writes)).values();
  const failed = new Map<number, HoldOutcome>();
  const written: { planned: Planned; put: PutResult | undefined }[] = [];
  for (const [i, p] of plans.entries()) {
    const outcome = 'error' in p ? p : p.write && put.next().value!;
    if (outcome && 'error' in outcome) failed.set(i, { status: 'failed', error: outcome.error });
    else if (!('error' in p)) written.push({ planned: p, put: outcome?.result });
  }
  const entered = (await enter(deps, actor, written, after)).values();
  return plans.map((_, i) => failed.get(i) ?? entered.next().value!);
}

async function plan(
  deps: HoldDeps,
  actor: AuditActor,
  o: { unit: HeldUnit; snapshot: UnitSnapshot | undefined; isNew: boolean; spool: Spool; created: Date },
): Promise<Planned> {
  const { unit, snapshot, created } = o;
  if (!snapshot) throw new Refusal('unit.notFound', 'There is no such entry.', { unitId: unit.id });
  const opened = o.isNew ? null : await openPackage(deps.repository, objectIdOf(unit.id));
  const composed = await composeFiles(unit.id, opened, unit.files, o.spool, created, deps.identify);
  const held = opened && { head: opened.head, format: opened.format };
  const newFiles = composed.counts.files - composed.before.files;
  if (newFiles === 0) return { unit, held, composed, events: [] };
  const wanted =
    unit.report && !(opened && keepsReport(opened.object, unit.report.name)) ? unit.report : null;
  const report = wanted && { name: wanted.name, ...(await wanted.make()) };
  const deeds = [...deedsOf(composed, newFiles), ...(report ? [report.deed] : [])];
  const events = eventsOfDeeds(deps.newId, unit, actor, created, deeds);
  const next = packageVersion({
    unitId: unit.id,
    version: composed.version,
    expectedHead: held?.head ?? null,
    snapshot,
    counts: composed.counts,
    files: [
      ...composed.files,
      ...(report ? await reportFiles(report, composed.version, created, o.spool) : []),
    ],
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

interface ToEnter {
  planned: Planned;
  put: PutResult | undefined;
  /** What a killed run wrote and never entered is read back from the object, with its events. */
  found: { object: OpenedPackage; events: PreservationEvent[] } | null;
}

/** Writes the catalogue's view of objects in one transaction, and what came of it. @returns an outcome for each, in order */
async function enter(
  deps: HoldDeps,
  actor: AuditActor,
  written: readonly { planned: Planned; put: PutResult | undefined }[],
  after: AfterHold,
): Promise<HoldOutcome[]> {
  const entered = await countContents(
    deps.db.owner,
    written.map(({ planned }) => planned.unit.id),
  );
  const todo: ToEnter[] = [];
  const outcomes: HoldOutcome[] = [];
  for (const { planned, put } of written) {
    const { unit, held, composed } = planned;
    const files = entered.get(unit.id) ?? 0;
    if (!put && (!held || files === composed.counts.files)) {
      outcomes.push({ status: 'known' });
      continue;
    }
    const isNewToUs = put && files === composed.before.files;
    const object = isNewToUs ? null : await openPackage(deps.repository, objectIdOf(unit.id));
    todo.push({ planned, put, found: object && { object, events: put ? await eventsIn(object) : [] } });
    const { counts, before } = composed;
    outcomes.push({ status: 'held', newFiles: counts.files - before.files, pageCount: counts.pages });
  }
  // All writers of entries in the same order, so that none waits for one that waits for it.
  todo.sort((a, b) => (a.planned.unit.id < b.planned.unit.id ? -1 : 1));
  await inOneOrEach(todo, (some) => deps.db.system((tx) => enterIn(tx, deps, actor, some, after)));
  return outcomes;
}

async function enterIn(
  tx: Tx,
  deps: HoldDeps,
  actor: AuditActor,
  list: readonly ToEnter[],
  after: AfterHold,
): Promise<void> {
  await enterFiles(
    tx,
    list.map(({ planned: { unit, composed }, put, found }) => ({
      owner: ownerOf(unit),
      records: found ? found.object.files() : composed.added(),
      pagesBefore: found ? 0 : composed.before.pages,
      placeOf: placesInStep(put?.files ?? []),
    })),
  );
  const held = list.map(({ planned: { unit, composed } }) => ({
    id: unit.id,
    archiveId: unit.archiveId,
    pages: composed.counts.pages,
  }));
  await deps.attachObjects(
    tx,
    held.map(({ id, pages }) => ({ unitId: id, objectId: objectIdOf(id), pages })),
  );
  const fresh = list.flatMap(({ planned, put, found }) => (put ? [{ planned, put, found }] : []));
  await deps.writing.enterAll(
    tx,
    fresh.map(({ planned, put }) => ({ owner: ownerOf(planned.unit), put, format: FORMAT_VERSION })),
  );
  for (const { planned, put } of list) if (!put) await deps.writing.enterFound(tx, ownerOf(planned.unit));
  await insertEvents(
    tx,
    fresh.flatMap(({ planned, found }) => found?.events ?? planned.events),
  );
  await deps.audit.appendAll(
    tx,
    list.map(({ planned: { unit, held, composed }, put }) => ({
      actor,
      archiveId: unit.archiveId,
      act: 'unit.contentHeld',
      target: { type: 'unit', id: unit.id },
      detail: {
        object: objectIdOf(unit.id),
        version: put?.version ?? held?.head ?? composed.version,
        newFiles: composed.counts.files - composed.before.files,
        files: composed.counts.files,
        pages: composed.counts.pages,
      },
    })),
  );
  await after(tx, held);
}
