import { join } from 'node:path';
import { messageOf } from '#kernel/errors';
import type { IntakeDeps } from '../deps.ts';
import {
  claimEntry,
  type DropEntry,
  forgetEntry,
  renewLease,
  setAnswer,
  setFailure,
  setOver,
  setStep,
  takeUpEntries,
} from '../store/drop.ts';
import { type SenderSystem, systemsWithDrop } from '../store/systems.ts';
import {
  conclude,
  type DropFolders,
  foldersOf,
  makeFolders,
  moveAside,
  namesIn,
  placeOf,
  putBack,
} from './folders.ts';
import { type Sending, takeEntry } from './take.ts';
import { stateOf, walk } from './walk.ts';

interface Seen {
  state: string;
  since: number;
}

/** Watches the drop folders by looking, since a folder on the network tells nobody of what happens in it. */
export function dropWatch(deps: IntakeDeps, sending: Sending) {
  const { drop, clock, db } = deps;
  const seen = new Map<string, Seen>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;

  const until = () => new Date(clock.now().getTime() + drop.leaseSeconds * 1_000);

  async function folderOf(system: Pick<SenderSystem, 'id' | 'archiveId'>): Promise<string> {
    const archive = (await deps.archives()).find((a) => a.id === system.archiveId);
    return join(archive?.code ?? system.archiveId, system.id);
  }

  /** Whether an entry is whole: said to be, or unchanged for so long. */
  async function isWhole(key: string, at: string, ready: boolean): Promise<boolean> {
    const now = clock.now().getTime();
    // What can not be walked is whole enough to be refused.
    const state = await walk(at).then(stateOf, (e: unknown) => `refused ${messageOf(e)}`);
    const before = seen.get(key);
    if (before?.state !== state) seen.set(key, { state, since: now });
    const since = before?.state === state ? before.since : now;
    return ready || now - since >= drop.quietSeconds * 1_000;
  }

  async function goOn(system: SenderSystem, f: DropFolders, first: DropEntry): Promise<void> {
    let entry = first;
    let renewed = clock.now().getTime();
    const alive = async () => {
      if (clock.now().getTime() - renewed < (drop.leaseSeconds * 1_000) / 4) return;
      renewed = clock.now().getTime();
      await renewLease(db.owner, entry.id, until());
    };
    try {
      if (entry.step === 'claimed') {
        if (!(await moveAside(f, entry))) return await forgetEntry(db.owner, entry.id);
        const key = `${system.id}/${entry.name}`;
        const before = seen.get(key)?.state;
        seen.delete(key);
        const now = await walk(placeOf(f, entry)).then(stateOf, (e: unknown) => `refused ${messageOf(e)}`);
        if (before !== undefined && before !== now && (await putBack(f, entry)))
          return await forgetEntry(db.owner, entry.id);
        await setStep(db.owner, entry.id, 'taken');
        entry = { ...entry, step: 'taken' };
      }
      if (entry.step === 'taken') {
        const { outcome, code, receipt } = await takeEntry(
          deps,
          sending,
          system,
          entry,
          placeOf(f, entry),
          alive,
        );
        await setAnswer(db.owner, entry.id, { outcome, code, receipt, unnamed: outcome === 'setAside' });
        entry = { ...entry, step: 'answered', outcome, code, receipt };
      }
      if (entry.receipt) await conclude(f, entry, entry.receipt);
      await setOver(db.owner, entry.id, clock.now());
    } catch (e) {
      deps.log.error(
        { err: messageOf(e), entry: entry.id },
        'an entry of a drop folder could not be taken; it is tried again',
      );
      await setFailure(db.owner, entry.id, messageOf(e).slice(0, 500)).catch(() => {});
    }
  }

  async function lookInto(system: SenderSystem): Promise<void> {
    const f = foldersOf(join(drop.root, await folderOf(system)));
    await makeFolders(f);
    for (const entry of await takeUpEntries(db.owner, system.id, { now: clock.now(), until: until() }))
      await goOn(system, f, entry);
    for (const { name, ready } of await namesIn(f)) {
      const key = `${system.id}/${name}`;
      if (!(await isWhole(key, join(f.top, name), ready))) continue;
      const claim = { id: deps.newId(), systemId: system.id, name, at: clock.now(), until: until() };
      const mine = await claimEntry(db.owner, claim);
      if (mine) await goOn(system, f, mine);
    }
  }

  async function look(): Promise<void> {
    for (const system of await systemsWithDrop(db.owner, deps.today()))
      await lookInto(system).catch((e: unknown) =>
        deps.log.error({ err: messageOf(e), system: system.id }, 'a drop folder could not be looked at'),
      );
  }

  return {
    folderOf,
    /** Looks once into all folders; one look at a time. */
    look(): Promise<void> {
      looking ??= look().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    start(): void {
      timer ??= setInterval(
        () => void this.look().catch((e: unknown) => deps.log.error({ err: messageOf(e) }, 'drop folders')),
        Math.max(1_000, Math.min(10_000, drop.quietSeconds * 500)),
      );
      timer.unref();
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      timer = undefined;
      await looking;
    },
  };
}
