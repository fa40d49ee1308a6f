import { isRefusal, messageOf } from '#kernel/errors';
import type { Log } from '#kernel/log';
import { compareStreams } from './comparing.ts';
import { consolidateStream } from './consolidate.ts';
import type { SegmentDeps } from './deps.ts';
import { type Flushed, flushStream } from './flush.ts';
import { followOn } from './following.ts';
import { renewStreams } from './renewing.ts';
import { lagOf, type Waiting, waiting } from './store/notes.ts';

export type Segments = ReturnType<typeof createSegments>;

/** Often enough for a short delay, seldom enough to cost nothing. */
const LOOK_EVERY_MS = 10_000;
/** Events come in all day where much is verified; so many delays, or so many rows, make a segment of them. */
const EVENTS_DELAYS = 200;
const EVENTS_ROWS = 10_000;

/**
 * Keeps descriptions, numbers and rights among the holdings: changed rows are written into segments of the storage root, a
 * while after they changed, many at a time.
 *
 * @param deps.delaySeconds how long the first changed row of a stream waits for others
 */
export function createSegments(deps: SegmentDeps & { log: Log; delaySeconds: number }) {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<unknown> = Promise.resolve();
  let stopped = false;
  /** Said once for a stream and a reason, not every time. */
  const said = new Set<string>();

  async function flushThese(
    list: readonly Waiting[],
    wait: boolean,
    signal?: AbortSignal,
  ): Promise<Flushed[]> {
    const done: Flushed[] = [];
    for (const { stream, rows } of list) {
      for (let left = rows; ; ) {
        signal?.throwIfAborted();
        const flushed = await flushStream(deps, stream, { wait });
        if (!flushed) break;
        done.push(flushed);
        left -= flushed.rows;
        if (left <= 0) break;
      }
    }
    return done;
  }

  /** A root whose house is another one than the database's is not written to. */
  const demandHouse = () => followOn(deps, 'house');

  function isDue({ stream, rows, since }: Waiting): boolean {
    const delays = stream.startsWith('events-') && rows < EVENTS_ROWS ? EVENTS_DELAYS : 1;
    return Date.now() - since.getTime() >= delays * deps.delaySeconds * 1000;
  }

  /** What waited long enough. A stream that can not go on does not keep others from it. */
  async function look(): Promise<void> {
    for (const one of await waiting(deps.db.owner)) {
      if (stopped) return;
      if (!isDue(one)) continue;
      try {
        await demandHouse();
        await flushThese([one], false);
        await consolidateStream(deps, one.stream);
      } catch (e) {
        const reason = `${one.stream} ${isRefusal(e) ? e.code : ''}`;
        if (!said.has(reason))
          deps.log.error({ stream: one.stream, err: messageOf(e) }, 'segment not written');
        said.add(reason);
      }
    }
  }

  return {
    /**
     * Writes everything that waits now: fonds first, then what is above them, so that the chains are told of as well.
     * For backups, before a rebuild, and by hand.
     *
     * @throws Refusal segments.rootOlder, segments.rootNewer
     */
    async flush(signal?: AbortSignal): Promise<Flushed[]> {
      await demandHouse();
      const done: Flushed[] = [];
      for (const rank of [/^(fonds|events)-/, /^archive-/, /^house$/]) {
        const now = (await waiting(deps.db.owner, { chains: true })).filter((w) => rank.test(w.stream));
        done.push(...(await flushThese(now, true, signal)));
      }
      return done;
    },
    /**
     * Draws many small segments of a stream together, so that a rebuild reads few. Done by itself as streams are written.
     *
     * @throws Refusal segments.rootOlder, segments.rootNewer, segments.unreadable
     */
    consolidate: (stream: string, together?: number) => consolidateStream(deps, stream, together),
    /** What is not in the root yet: rows, in how many streams, since when. */
    lag: () => lagOf(deps.db.owner),
    /** Whether root and database follow each other, stream by stream, without listing the root. */
    compare: () => compareStreams(deps),
    /**
     * Has every row written again at the next flush, behind the segments the root has still: after it has lost some for good.
     *
     * @throws Refusal segments.rootNewer, segments.unreadable
     */
    renew: () => renewStreams(deps),
    start(): void {
      stopped = false;
      const every = Math.min(LOOK_EVERY_MS, Math.max(1_000, deps.delaySeconds * 500));
      const run = () => {
        working = look()
          .catch((e) => deps.log.error({ err: messageOf(e) }, 'segments'))
          .then(() => {
            if (!stopped) timer = setTimeout(run, every);
          });
      };
      timer = setTimeout(run, every);
    },
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
