import { createHash, randomUUID } from 'node:crypto';
import { readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { Refusal } from '#kernel/errors';
import { isGone, type Owner, parseOwner } from './owner.ts';
import { readKey, type S3Place } from './s3Reader.ts';

/** What a writer is at, so that whoever finds its lock later knows what may lie there in part. */
export interface Pending {
  readonly version: string;
  readonly isNew: boolean;
}

export interface S3Writer extends Owner {
  /** Namespace of process numbers: two containers of one machine may bear one name. */
  readonly space: string;
}

interface LeaseText extends S3Writer {
  readonly token: string;
  /** Counts renewals, so that no two texts of one lock are the same and no tag comes twice. */
  readonly beat: number;
  readonly objectPath: string;
  readonly pending: Pending | null;
}

/** How long a lock holds without being renewed. */
export interface LeaseTimes {
  /** After this long without a renewal its holder takes it for lost. */
  readonly holderMs: number;
  /** After this long without one others take it over: longer by what one call can last, and some more. */
  readonly othersMs: number;
  readonly renewMs: number;
}

export const LEASE_TIMES: LeaseTimes = { holderMs: 45_000, othersMs: 120_000, renewMs: 15_000 };

/** A lock of one object, held for as long as it is renewed. */
export interface Lease {
  readonly objectPath: string;
  /** Begins the keys of what this lock's holder lays aside. */
  readonly aside: string;
  /** What the holder before, who is gone, was at. */
  readonly inherited: Pending | null;
  /** @throws Refusal `ocfl.lockLost` when it may be another's by now. */
  guard(): void;
  /** Has it confirmed by the server, unless that was a moment ago. @throws Refusal `ocfl.lockLost` */
  confirm(): Promise<void>;
  /** Renews at once, with what the holder is at. @throws Refusal `ocfl.lockLost` */
  note(pending: Pending | null): Promise<void>;
  /** @param settled false leaves the lock to lapse: something lies there in part, and the next writer sees to it. */
  release(settled: boolean): Promise<void>;
}

export async function thisSpace(): Promise<string> {
  return readlink('/proc/self/ns/pid').catch(() => '');
}

const locked = (objectPath: string) =>
  new Refusal('ocfl.locked', 'Another writer is changing this object. Try again when it has finished.', {
    objectPath,
  });

const nameOf = (objectPath: string) => createHash('sha256').update(objectPath).digest('hex').slice(0, 40);
export const lockFolder = (staging: string) => `${staging}/locks/`;
const keyOfLock = (staging: string, objectPath: string) => `${lockFolder(staging)}${nameOf(objectPath)}`;

/** Whether the process was on this very machine and is no more; then nobody has to wait for its lock to lapse. */
async function goneHere(text: LeaseText, me: S3Writer): Promise<boolean> {
  const boot = (started: string) => started.split('/', 1)[0];
  const near = text.host === hostname() && text.space === me.space && boot(text.started) === boot(me.started);
  return near && (await isGone(text));
}

/** Two clocks, since one stands still while a machine sleeps and the other may be set. */
function stopwatch(): () => number {
  const [steady, wall] = [performance.now(), Date.now()];
  return () => Math.max(performance.now() - steady, Date.now() - wall);
}

export interface LeaseDeps {
  readonly place: S3Place;
  readonly staging: string;
  readonly me: S3Writer;
  readonly times: LeaseTimes;
  /** Locks of this process that were left to lapse, by token, and the time since. */
  readonly abandoned: Map<string, () => number>;
}

/** So long a lock is taken to be held as the server last said. */
const CONFIRMED_MS = 2_000;

/** After this long nothing that was sent under a lock given up is still on its way, the line having been cut. */
const ABANDONED_MS = 5_000;

/**
 * Takes the lock of an object: created where there is none, taken over, on condition that it is unchanged, where its
 * holder is gone. Whether one has lapsed is told by the server's clock alone.
 *
 * @throws Refusal `ocfl.locked`
 */
export async function takeLease(deps: LeaseDeps, objectPath: string): Promise<Lease> {
  const { place, staging, me, times } = deps;
  const key = keyOfLock(staging, objectPath);
  const mine = { ...me, token: randomUUID(), objectPath };
  const textOf = (beat: number, pending: Pending | null) =>
    Buffer.from(JSON.stringify({ ...mine, beat, pending } satisfies LeaseText));

  let since = stopwatch();
  let tag = await place.bucket.put(key, textOf(0, null), { absent: true });
  let inherited: Pending | null = null;
  if (tag === null) {
    const other = await readLock(place, key);
    // Released between the two calls; whoever asks again finds it free.
    if (other === null) throw locked(objectPath);
    if (!(await hasLapsed(deps, other))) throw locked(objectPath);
    inherited = other.text?.pending ?? null;
    since = stopwatch();
    tag = await place.bucket.put(key, textOf(0, inherited), { tag: other.tag });
    if (tag === null) throw locked(objectPath);
    if (other.text) deps.abandoned.delete(other.text.token);
  }

  let held = tag;
  let beat = 0;
  let pending = inherited;
  let lost: unknown = null;
  let turn: Promise<void> = Promise.resolve();

  function guard(): void {
    if (lost !== null || since() > times.holderMs)
      throw new Refusal(
        'ocfl.lockLost',
        'The lock of this object was lost while it was written; nothing was changed. Try again.',
        { objectPath },
        { cause: lost },
      );
  }
  async function renew(): Promise<void> {
    guard();
    const begun = stopwatch();
    const next = await place.bucket.put(key, textOf(++beat, pending), { tag: held });
    if (next === null) {
      lost = new Error('another writer took the lock over');
      return guard();
    }
    held = next;
    since = begun;
  }
  /** One after another: each is on condition of the one before. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const now = turn.then(work);
    turn = now.catch(() => undefined);
    return now;
  };
  const timer = setInterval(() => {
    // One that fails is tried again by the next; time alone makes it lost.
    inTurn(renew).catch((e: unknown) => {
      if (!(e instanceof Refusal && e.code.startsWith('store.'))) clearInterval(timer);
    });
  }, times.renewMs);
  timer.unref();

  return {
    objectPath,
    aside: `${staging}/aside/${nameOf(objectPath)}/`,
    inherited,
    guard,
    async confirm() {
      guard();
      if (since() > CONFIRMED_MS) await inTurn(renew);
    },
    note: (what) =>
      inTurn(() => {
        pending = what;
        return renew();
      }),
    async release(settled) {
      clearInterval(timer);
      await turn;
      if (!settled) {
        deps.abandoned.set(mine.token, stopwatch());
        return;
      }
      try {
        guard();
        await place.bucket.removeTagged(key, held);
      } catch (e) {
        // It lapses by itself; what was written under it is written.
        if (!(e instanceof Refusal)) throw e;
      }
    },
  };
}

interface FoundLock {
  readonly text: LeaseText | null;
  readonly tag: string;
  readonly modified: Date;
}

async function readLock(place: S3Place, key: string): Promise<FoundLock | null> {
  const found = await readKey(place, key, key, 64 * 1024);
  if (found === null) return null;
  const { tag, modified } = found.body;
  return { text: parseOwner<LeaseText>(found.bytes.toString('utf8')), tag, modified };
}

async function hasLapsed(deps: LeaseDeps, { text, modified }: FoundLock): Promise<boolean> {
  const { place, me, times, abandoned } = deps;
  if (text && (await goneHere(text, me))) return true;
  if (text && (abandoned.get(text.token)?.() ?? 0) > ABANDONED_MS) return true;
  return place.bucket.serverNow() - modified.getTime() > times.othersMs;
}

/** Objects whose locks are of writers that are gone. */
export async function* lapsedLocks(deps: LeaseDeps): AsyncGenerator<string> {
  for await (const page of deps.place.bucket.list(lockFolder(deps.staging)))
    for (const { key } of page.keys) {
      const found = await readLock(deps.place, key);
      if (found?.text && (await hasLapsed(deps, found))) yield found.text.objectPath;
    }
}
