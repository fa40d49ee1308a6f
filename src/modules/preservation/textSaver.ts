import type { Database } from '#kernel/db';
import { messageOf } from '#kernel/errors';
import type { Log } from '#kernel/log';

const EVERY_MS = 15_000;
/** Of PostgreSQL's advisory locks: one process saves at a time. */
const LOCK = 7_304_412;

/** Saves texts that are due, again and again, in one process at a time. */
export function createTextSaver(
  db: Database,
  log: Log,
  save: (signal: AbortSignal) => Promise<number>,
  everyMs = EVERY_MS,
) {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function turn(): Promise<void> {
    const client = await db.connect();
    try {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
        LOCK,
      ]);
      if (!rows[0]?.mine) return;
      try {
        await save(stopping.signal);
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
        if (!stopping.signal.aborted) log.warn({ err: messageOf(e) }, 'texts were not saved');
      })
      .finally(() => {
        if (!stopping.signal.aborted) timer = setTimeout(tick, everyMs).unref();
      });
  };
  return {
    start(): void {
      timer ??= setTimeout(tick, everyMs).unref();
    },
    async stop(): Promise<void> {
      stopping.abort(new Error('the process stops'));
      clearTimeout(timer);
      await running;
    },
  };
}
