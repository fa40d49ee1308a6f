import { type Database, PUBLIC } from '#kernel/db';
import { messageOf } from '#kernel/errors';
import type { Log } from '#kernel/log';
import {
  anyWaiting,
  beginWriting,
  endWriting,
  publish,
  seenAmong,
  takeDue,
  takeWaiting,
  withdraw,
} from '../store/publishing.ts';

const EVERY_MS = 1_000;
const AT_ONCE = 2_000;
/** Addresses of one part; search engines take 50,000 (sitemaps.org). */
const PART = 50_000;
/** Of PostgreSQL's advisory locks: one process publishes at a time. */
const LOCK = 7_304_419;

export interface PublisherOptions {
  everyMs?: number;
  atOnce?: number;
  partSize?: number;
}

/** Publishes what has become open, changed or closed, again and again, in one process at a time. */
export function createPublisher(db: Database, log: Log, o: PublisherOptions = {}) {
  const { everyMs = EVERY_MS, atOnce = AT_ONCE, partSize = PART } = o;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();

  /** Whether an entry is open is asked as the public asks, after it was taken: whoever changes it meanwhile notes it again. */
  async function batch(today: string | undefined): Promise<number> {
    return db.system(async (tx) => {
      const waiting = await takeWaiting(tx, atOnce);
      if (waiting.length === 0) return 0;
      const scope = today === undefined ? PUBLIC : { ...PUBLIC, today };
      const ids = waiting.map((w) => w.id);
      const seen = new Map((await db.as(scope, (as) => seenAmong(as, ids))).map((u) => [u.id, u]));
      const open = waiting.flatMap(({ id, changed }) => {
        const unit = seen.get(id);
        return unit ? [{ ...unit, changed }] : [];
      });
      if (open.length > 0) await publish(tx, open, partSize);
      await withdraw(
        tx,
        ids.filter((id) => !seen.has(id)),
      );
      return waiting.length;
    });
  }

  async function everything(today: string | undefined): Promise<number> {
    let done = 0;
    for (let n = 1; n > 0; ) n = await db.system((tx) => takeDue(tx, today, atOnce));
    // Where a batch breaks off, lists end there until a later turn is through.
    for (let n = 1; n > 0 && !stopping.signal.aborted && (await anyWaiting(db.owner)); done += n) {
      await beginWriting(db.owner);
      n = await batch(today);
    }
    await endWriting(db.owner);
    return done;
  }

  /**
   * All that waits, now. @param today in place of the database's day
   *
   * @returns how many entries were looked at; 0 also where another process is at it
   */
  async function turn(today?: string): Promise<number> {
    const client = await db.connect();
    try {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
        LOCK,
      ]);
      if (!rows[0]?.mine) return 0;
      try {
        return await everything(today);
      } finally {
        await client.query('select pg_advisory_unlock($1)', [LOCK]);
      }
    } finally {
      client.release();
    }
  }

  const tick = () => {
    running = turn()
      .catch((e: unknown) => {
        if (!stopping.signal.aborted) log.warn({ err: messageOf(e) }, 'what became open was not published');
      })
      .finally(() => {
        if (!stopping.signal.aborted) timer = setTimeout(tick, everyMs).unref();
      });
  };
  return {
    turn,
    start(): void {
      timer ??= setTimeout(tick, everyMs).unref();
    },
    async stop(): Promise<void> {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

export type Publisher = ReturnType<typeof createPublisher>;
