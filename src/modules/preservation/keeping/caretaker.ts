import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '#kernel/errors';
import { allStores, type StoreRow } from '../store/stores.ts';
import type { KeepingDeps } from './deps.ts';
import { createLockSet } from './lockSet.ts';
import { copyRound, fixityRound, forgetRound, mark, meet, type Round, tidyRound } from './storeRounds.ts';

/** How often idle work looks whether there is something to do. */
const IDLE_MS = 20_000;
/** How often it is looked whether stores were added, or went. */
const LOOK_MS = 5_000;
/** How long work under way is waited for at the end. */
const STOP_MS = 15_000;

type Task = 'copy' | 'fixity' | 'forget';

/**
 * The work that goes on for ever beside the server: for each store one line of copying and one of verifying, each by one
 * process at a time. A store in trouble stops its own lines and no other's.
 */
export function createCaretaker(deps: KeepingDeps, times = { idleMs: IDLE_MS, lookMs: LOOK_MS }) {
  const stopping = new AbortController();
  const lines = new Map<string, Promise<void>>();
  const locks = createLockSet(deps.db);
  let running: Promise<void> | null = null;
  const { signal } = stopping;
  let wake = new AbortController();

  const rest = (ms: number) =>
    pause(ms, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => undefined);

  const work: Record<Task, (row: StoreRow) => Promise<Round>> = {
    copy: (row) => copyRound(deps, row, signal),
    fixity: (row) => fixityRound(deps, row, signal),
    forget: (row) => forgetRound(deps, row),
  };

  async function oneRound(id: string, task: Task): Promise<Round | 'over'> {
    const row = (await allStores(deps.db.owner)).find((s) => s.id === id);
    if (!row || tasksOf(row).every((t) => t !== task)) return 'over';
    if (!(await locks.take(`${task} ${id}`))) return { busy: false };
    if (task === 'forget') return work.forget(row);
    const met = await meet(deps, row);
    if (!met) return { busy: false };
    if (row.isMain) await mark(deps, row);
    return work[task](met);
  }

  async function line(id: string, task: Task): Promise<void> {
    while (!signal.aborted) {
      let round: Round | 'over' = { busy: false };
      try {
        round = await oneRound(id, task);
      } catch (e) {
        if (signal.aborted) return;
        deps.log.warn({ store: id, task, err: messageOf(e) }, 'keeping copies');
      }
      if (round === 'over') return;
      if (!round.busy) await rest(times.idleMs);
    }
  }

  async function watch(): Promise<void> {
    while (!signal.aborted) {
      try {
        for (const row of await allStores(deps.db.owner))
          for (const task of tasksOf(row)) {
            const key = `${task} ${row.id}`;
            if (lines.has(key)) continue;
            lines.set(
              key,
              line(row.id, task).finally(() => lines.delete(key)),
            );
          }
        if (await locks.take('tidy')) await tidyRound(deps);
      } catch (e) {
        if (!signal.aborted) deps.log.warn({ err: messageOf(e) }, 'keeping copies');
      }
      await rest(times.lookMs);
    }
    await Promise.all(lines.values());
  }

  return {
    start(): void {
      running ??= watch();
    },
    /** Something changed: looks at once. */
    hurry(): void {
      wake.abort();
      wake = new AbortController();
    },
    async stop(): Promise<void> {
      stopping.abort(new Error('the process stops'));
      // What hangs at a disk is left: it ends with the process, and its locks with the connection.
      await Promise.race([running, pause(STOP_MS, undefined, { ref: false })]);
      await locks.close();
    },
  };
}

function tasksOf(row: StoreRow): Task[] {
  if (row.state === 'lost' || row.state === 'removed') return ['forget'];
  return row.isMain ? ['fixity'] : ['copy', 'fixity'];
}
