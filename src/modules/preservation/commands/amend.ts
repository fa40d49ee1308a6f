import type { NewFile, PutResult } from '#formats/ocfl';
import type { AuditActor } from '#kernel/audit';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { composeFiles, versionAfter } from '../package/compose.ts';
import { FORMAT_VERSION } from '../package/format.ts';
import type { OpenedPackage } from '../package/read.ts';
import type { Spool } from '../package/spool.ts';
import { type Deed, eventsOfDeeds, packageVersion } from '../package/version.ts';
import { insertEvents, type PreservationEvent } from '../store/events.ts';
import type { ObjectToWrite } from '../writing.ts';
import { type HoldDeps, ownerOf } from './hold.ts';
import { inOneOrEach } from './inOneOrEach.ts';

/** Documents to be added to an object that is there; its content stays as it is. */
export interface Amendment {
  unit: { id: string; archiveId: string };
  /** The object as it was, without what it holds: of a large one that is much. */
  held: Outline;
  /** All of it, where it is of an older layout. */
  old: OpenedPackage | null;
  files: readonly NewFile[];
  message: string;
  deeds: readonly Deed[];
}

type Outline = Pick<OpenedPackage, 'objectId' | 'head' | 'format' | 'about'>;

/** What has to be kept of an object that is to be amended. */
export function outlineOf(held: OpenedPackage): Pick<Amendment, 'held' | 'old'> {
  const { objectId, head, format, about } = held;
  return { held: { objectId, head, format, about }, old: format < FORMAT_VERSION ? held : null };
}

export type AmendDeps = Omit<HoldDeps, 'attachObjects' | 'audit' | 'identify'>;

/** Undefined: written and entered. */
export type AmendOutcome = { error: unknown } | undefined;

/**
 * Writes further versions of objects, with one flush for all. An object of an older layout gets the present one on this
 * occasion. A kill leaves the old head or the new one; what is not entered is found by its intent.
 *
 * @param after work in the transaction that enters the version
 */
export async function amendObjects(
  deps: AmendDeps,
  actor: AuditActor,
  list: readonly Amendment[],
  spool: Spool,
  after: (tx: Tx, amendment: Amendment) => Promise<void> = async () => {},
): Promise<AmendOutcome[]> {
  const created = deps.clock.now();
  const snapshots = await deps.db.system((tx) =>
    deps.snapshots(
      tx,
      list.map((a) => a.unit.id),
    ),
  );
  const planned: ({ write: ObjectToWrite; events: PreservationEvent[] } | { error: unknown })[] = [];
  for (const a of list) {
    try {
      const snapshot = snapshots.get(a.unit.id);
      if (!snapshot) throw new Refusal('unit.notFound', 'There is no such entry.', { unitId: a.unit.id });
      const renewed = a.old ? await composeFiles(a.unit.id, a.old, [], spool, created) : null;
      const version = versionAfter(a.held);
      const renewal: Deed = {
        type: 'metadata modification',
        detail: { version, from: `layout ${a.held.format}`, to: `layout ${FORMAT_VERSION}` },
      };
      const deeds = [...(renewed ? [renewal] : []), ...a.deeds];
      const events = eventsOfDeeds(deps.newId, a.unit, actor, created, deeds);
      const { files = 0, pages = 0 } = renewed?.counts ?? a.held.about ?? {};
      const next = packageVersion({
        unitId: a.unit.id,
        version,
        expectedHead: a.held.head,
        snapshot,
        counts: { files, pages },
        files: [...(renewed?.files ?? []), ...a.files],
        remove: renewed?.remove ?? [],
        events,
        message: a.message,
        actor,
        created,
      });
      planned.push({ write: { ...ownerOf(a.unit), next }, events });
    } catch (error) {
      planned.push({ error });
    }
  }
  const put = (await deps.writing.put(planned.flatMap((p) => ('error' in p ? [] : p.write)))).values();
  const outcomes: AmendOutcome[] = [];
  const done: { at: number; write: ObjectToWrite; put: PutResult; events: PreservationEvent[] }[] = [];
  for (const [at, p] of planned.entries()) {
    const outcome = 'error' in p ? p : put.next().value!;
    if ('error' in outcome) outcomes.push({ error: outcome.error });
    else {
      const { write, events } = p as Exclude<typeof p, { error: unknown }>;
      done.push({ at, write, events, put: outcome.result });
      outcomes.push(undefined);
    }
  }
  await inOneOrEach(done, (some) =>
    deps.db.system(async (tx) => {
      await deps.writing.enterAll(
        tx,
        some.map((d) => ({ owner: d.write, put: d.put, format: FORMAT_VERSION })),
      );
      await insertEvents(
        tx,
        some.flatMap((d) => d.events),
      );
      for (const d of some) await after(tx, list[d.at]!);
    }),
  );
  return outcomes;
}
