import { type Actor, auditActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { JobKind } from '#kernel/jobs';
import { type NaturesNoted, noteNatures } from './commands/noteNatures.ts';
import { createExaminer } from './fixity/examiner.ts';
import { type FixityOrder, verifyNow } from './fixity/verifyAll.ts';
import { createCaretaker } from './keeping/caretaker.ts';
import type { KeepingDeps } from './keeping/deps.ts';
import { createHeldUp } from './keeping/heldUp.ts';
import { copyRound, fixityRound, meet } from './keeping/storeRounds.ts';
import { demandForHouse, whoseFor } from './keeping/whose.ts';
import { failures, growth, overview, storeViews } from './queries/figures.ts';
import { objectCopies, objectFor, packageFile, packageFolder } from './queries/objectPage.ts';
import {
  type Alarm,
  type AlarmPage,
  type AlarmState,
  alarmById,
  decideAlarm,
  listAlarms,
} from './store/alarms.ts';
import { heldSince } from './store/objects.ts';
import { allStores, placeMain, type StoreLocation, storeById } from './store/stores.ts';
import {
  addStore,
  lookAtStore,
  loseStore,
  type NewStore,
  removeStore,
  updateStore,
} from './stores/commands.ts';
import { contentStores } from './stores/contentStores.ts';
import type { OpenStore, Patience } from './stores/openStore.ts';
import { createOpenStores } from './stores/openStores.ts';

export const CHECK_FIXITY_JOB = 'check-fixity';

export type Keeping = Awaited<ReturnType<typeof openKeeping>>;

export interface KeepingOptions extends Omit<KeepingDeps, 'examiner' | 'stores' | 'heldUp'> {
  /** The storage root, open, and where it lies. */
  main: OpenStore;
  mainLocation: StoreLocation;
  /** How long stores may take; as it is unless said. */
  patience?: Patience;
}

interface CheckData {
  objectId: string | null;
  /** Of one archive alone; orders of before have none. */
  archiveId?: string | null;
  storeId: string | null;
  repair: boolean;
}

/** Copies of what is held, in how many places there are: made, verified, mended. */
export async function openKeeping({ main, patience, ...given }: KeepingOptions) {
  const examiner = createExaminer();
  const deps: KeepingDeps = {
    ...given,
    examiner,
    heldUp: createHeldUp(given.clock),
    stores: createOpenStores(given.digests, given.masterKey, main, patience),
  };
  await placeMain(deps.db.owner, given.mainLocation);
  const caretaker = createCaretaker(deps);

  async function alarmFor(actor: Actor, id: string): Promise<Alarm> {
    const alarm = await alarmById(deps.db.owner, id);
    const none = () => new Refusal('alarm.notFound', 'There is no such alarm.');
    if (!alarm) throw none();
    const whose = await whoseFor(deps, actor, 'preservation.manage');
    const mine =
      whose.archives === null || (alarm.archiveId !== null && whose.archives.includes(alarm.archiveId));
    if (!mine) throw none();
    return alarm;
  }

  async function alarmsOf(
    actor: Actor,
    capability: 'preservation.read' | 'preservation.manage',
    p: Omit<AlarmPage, 'archives' | 'house'> & { archiveId?: string | undefined },
  ): Promise<Alarm[]> {
    const whose = await whoseFor(deps, actor, capability, p.archiveId);
    const archives = whose.archives ?? (await deps.archives()).map((a) => a.id);
    return listAlarms(deps.db.owner, { ...p, archives, house: whose.house });
  }

  return {
    caretaker,
    stores: (actor: Actor) => storeViews(deps, actor),
    addStore: async (actor: Actor, store: NewStore) => {
      const row = await addStore(deps, actor, store);
      caretaker.hurry();
      return row;
    },
    updateStore: (actor: Actor, id: string, to: Parameters<typeof updateStore>[3]) =>
      updateStore(deps, actor, id, to),
    loseStore: (actor: Actor, id: string, reason: string) => loseStore(deps, actor, id, reason),
    removeStore: (actor: Actor, id: string, reason: string) => removeStore(deps, actor, id, reason),
    lookAtStore: (actor: Actor, id: string) => lookAtStore(deps, actor, id),

    overview: (actor: Actor, archiveId?: string) => overview(deps, actor, archiveId),
    growth: (actor: Actor, archiveId?: string) => growth(deps, actor, archiveId),
    failures: (actor: Actor, o: Parameters<typeof failures>[2]) => failures(deps, actor, o),
    objectCopies: (actor: Actor, objectId: string) => objectCopies(deps, actor, objectId),
    packageFolder: (actor: Actor, objectId: string, o: Parameters<typeof packageFolder>[3]) =>
      packageFolder(deps, actor, objectId, o),
    packageFile: (actor: Actor, unitId: string, o: Parameters<typeof packageFile>[3]) =>
      packageFile(deps, actor, unitId, o),

    alarms: (actor: Actor, p: Omit<AlarmPage, 'archives' | 'house'> & { archiveId?: string | undefined }) =>
      alarmsOf(actor, 'preservation.read', p),
    /** What waits for who looks after holdings: open alarms, and what was mended by itself and not yet taken note of. */
    alarmsWaiting: (actor: Actor, limit: number) =>
      alarmsOf(actor, 'preservation.manage', { waiting: true, limit }),
    /** @throws Refusal alarm.notFound, alarm.wrongState */
    async decideAlarm(
      actor: Actor,
      id: string,
      state: Exclude<AlarmState, 'open'>,
      note: string,
    ): Promise<Alarm> {
      const alarm = await alarmFor(actor, id);
      await deps.db.system(async (tx) => {
        if (!(await decideAlarm(tx, id, { state, by: actor, note }, deps.clock.now())))
          throw new Refusal('alarm.wrongState', 'Somebody has seen to this alarm already.');
        await deps.audit.append(tx, {
          actor: auditActor(actor),
          archiveId: alarm.archiveId,
          act: state === 'solved' ? 'alarm.solved' : 'alarm.acknowledged',
          target: { type: 'alarm', id },
          detail: { code: alarm.code, object: alarm.objectId, store: alarm.storeName, note },
        });
      });
      caretaker.hurry();
      return alarmFor(actor, id);
    },

    /** What a check of the four natures came to: events at the objects, and an alarm where it is not qualified. */
    noteNatures: (noted: NaturesNoted) =>
      deps.db.system((tx) => noteNatures(deps, tx, noted, deps.clock.now())),
    /** Since when each archive holds something. */
    heldSince: () => heldSince(deps.db.owner),
    /**
     * Has copies verified now, in the background: of one object, of an archive, or of all.
     *
     * @returns the job
     * @throws Refusal object.notFound, archive.notFound, actor.forbidden
     */
    async askCheck(
      actor: Actor,
      o: { objectId: string | null; archiveId: string | null; storeId: string | null; repair: boolean },
    ): Promise<string> {
      const object = o.objectId ? await objectFor(deps, actor, o.objectId, 'preservation.manage') : null;
      if (!object && o.archiveId) await whoseFor(deps, actor, 'preservation.manage', o.archiveId);
      else if (!object) await demandForHouse(deps, actor, 'preservation.manage');
      const archiveId = object ? object.archiveId : o.archiveId;
      // A check of everything is followed by who asked for it, at the top.
      const top = (await deps.archives()).find((a) => a.parentId === null)?.id ?? null;
      return deps.db.system(async (tx) => {
        await deps.audit.append(tx, {
          actor: auditActor(actor),
          archiveId,
          act: 'fixity.asked',
          target: object?.unitId
            ? { type: 'unit', id: object.unitId }
            : archiveId
              ? { type: 'archive', id: archiveId }
              : { type: 'installation', id: 'lantai' },
          detail: { object: o.objectId, storeId: o.storeId, repair: o.repair },
        });
        return deps.jobs.enqueue(tx, CHECK_FIXITY_JOB, o satisfies CheckData, {
          archiveId: archiveId ?? top,
          createdBy: actor.id,
        });
      });
    },
    /** Does what there is to do, store by store, until nothing is left for now. A store that is away is passed over. */
    async catchUp(signal: AbortSignal = new AbortController().signal): Promise<void> {
      for (const { id } of await allStores(deps.db.owner))
        for (const round of [copyRound, fixityRound])
          for (let busy = true; busy && !signal.aborted; ) {
            const row = await storeById(deps.db.owner, id);
            if (!row || row.state === 'lost' || row.state === 'removed') break;
            const met = await meet(deps, row);
            busy = met !== null && (await round(deps, met, signal)).busy;
          }
    },
    /** For disposal alone. */
    contentStores: () => contentStores(deps),
    /** Verifies now, in this process. */
    verifyNow: (order: FixityOrder) => verifyNow(deps, order),
    job: {
      name: CHECK_FIXITY_JOB,
      run: ({ data, signal, progress }) =>
        verifyNow(deps, {
          objectId: data.objectId ?? undefined,
          archiveId: data.archiveId ?? undefined,
          storeId: data.storeId ?? undefined,
          repair: data.repair,
          throttled: data.objectId === null,
          signal,
          progress: ({ checked, bad }) => progress({ step: 'checking', done: checked, rejected: bad }),
        }),
    } satisfies JobKind<CheckData>,
    async close(): Promise<void> {
      await caretaker.stop();
      await examiner.close();
    },
  };
}
