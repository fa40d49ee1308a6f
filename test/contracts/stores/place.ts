import type { Draft, Store } from '#formats/ocfl';

/** One place a storage root can lie in, as a test needs it. */
export interface Place {
  /** A store over it, as a process of its own would open one. */
  open(): Promise<Store>;
  /**
   * A store of a process that is killed at its n-th step: nothing of it happens from there on, not even clearing up.
   *
   * @param answered whether the last step still took effect, and only its answer was lost
   */
  dying(steps: number, answered: boolean): Promise<Store>;
  /** As if every process that had the place open were killed. */
  kill(): Promise<void>;
  /** What lies beside the root: drafts, locks, things laid aside. */
  leftovers(): Promise<string[]>;
  /** Changes the bytes of a stored file behind the store's back. */
  alter(path: string, change: (bytes: Buffer) => Buffer): Promise<void>;
  /** Removes a stored file behind the store's back. */
  lose(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface PlaceKind {
  readonly name: string;
  /** Why it can not be had here; undefined when it can. */
  readonly missing?: string;
  begin(): Promise<void>;
  end(): Promise<void>;
  make(): Promise<Place>;
}

export class Killed extends Error {}

/** Counts steps, and lets none happen after the last. */
export function deathAt(steps: number, answered: boolean) {
  let left = steps;
  return async function step<T>(work: () => Promise<T>): Promise<T> {
    left--;
    if (left < 0 || (left === 0 && !answered)) {
      left = -1;
      throw new Killed();
    }
    const done = await work();
    if (left === 0) throw new Killed();
    return done;
  };
}

/** A store that dies between two of its own calls. */
export function dyingStore(store: Store, steps: number, answered: boolean): Store {
  const step = deathAt(steps, answered);
  const inner = new WeakMap<Draft, Draft>();
  const own = (draft: Draft) => inner.get(draft) ?? draft;
  const reading = {
    list: (path: string) => step(() => store.list(path)),
    readAll: (path: string, limit: number) => step(() => store.readAll(path, limit)),
    open: (...of: Parameters<Store['open']>) => step(() => store.open(...of)),
    sizeOf: (path: string) => step(() => store.sizeOf(path)),
    digest: (...of: Parameters<Store['digest']>) => step(() => store.digest(...of)),
  };
  return {
    ...reading,
    createRootFile: (...of) => step(() => store.createRootFile(...of)),
    async lock(objectPath) {
      const lock = await step(() => store.lock(objectPath));
      return { release: () => step(() => lock.release()) };
    },
    async draft(target) {
      const draft = await step(() => store.draft(target));
      const dying: Draft = {
        ...draft,
        putBytes: (...of) => step(() => draft.putBytes(...of)),
        putStream: (...of) => step(() => draft.putStream(...of)),
        putFile: (...of) => step(() => draft.putFile(...of)),
        drop: (...of) => step(() => draft.drop(...of)),
        discard: () => step(() => draft.discard()),
      };
      inner.set(dying, draft);
      return dying;
    },
    seal: (list) => step(() => store.seal(list.map(own))),
    publish: (list) => step(() => store.publish(list.map(own))),
    copyHead: (...of) => step(() => store.copyHead(...of)),
    removeObject: (objectPath) => step(() => store.removeObject(objectPath)),
    sweep: () => step(() => store.sweep()),
  };
}
