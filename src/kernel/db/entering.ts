import { sql, type Transaction } from 'kysely';
import type { Scope } from './scope.ts';
import { sealOf, type Told, toldOf } from './seal.ts';

type Tx = Transaction<unknown>;

/** Tells row-level security who asks, for this transaction alone. */
export type Enter = (tx: Tx, scope: Scope) => Promise<void>;

/** For transactions on the owner's connections, which are believed. */
export function plainEntrance(timeZone: string): Enter {
  return async (tx, scope) => {
    await sql`select ${tell(toldOf(scope, timeZone))}`.execute(tx);
  };
}

/** What a seal that does not fit should have been made for. */
interface Wanted {
  process: number;
  /** Begin of the transaction and now, in seconds since 1970. */
  began: number;
  now: number;
}

/**
 * For transactions of the application's login: sealed. The database says whether the seal fits, which takes no further round
 * trip; where it does not, it has said the process and the time to be sealed for. So the first transaction of a connection
 * takes one more, and clocks that go differently do no harm.
 *
 * @throws Error when the database has another key
 */
export function sealedEntrance(key: Buffer, timeZone: string): Enter {
  const processes = new WeakMap<object, number>();
  /** Seconds by which the database's clock is ahead of this one. */
  let ahead = 0;
  return async (tx, scope) => {
    const told = toldOf(scope, timeZone);
    const connection = await tx.getExecutor().provideConnection(async (c) => c);
    const wanted = await enter(tx, key, told, processes.get(connection) ?? 0, Date.now() / 1000 + ahead);
    if (!wanted) return;
    processes.set(connection, wanted.process);
    ahead = wanted.now - Date.now() / 1000;
    if (await enter(tx, key, told, wanted.process, wanted.began))
      throw new Error(
        'The database does not take the seal of this process: it was given another key, as after a change of the owner’s password. Start Lantai again.',
      );
  };
}

/** @returns what is wanted where the seal does not fit */
async function enter(tx: Tx, key: Buffer, told: Told, process: number, at: number): Promise<Wanted | null> {
  const { rows } = await sql<{ wanted: Wanted | null }>`select ${tell(told)},
    set_config('lantai.seal', ${sealOf(key, told, process, Math.floor(at))}, true),
    case when not lantai.seal_fits() then json_build_object('process', pg_backend_pid(),
      'began', extract(epoch from transaction_timestamp()), 'now', extract(epoch from clock_timestamp())) end as wanted`.execute(
    tx,
  );
  return rows[0]?.wanted ?? null;
}

function tell({ scope, archives, reach, today, timezone }: Told) {
  return sql`set_config('lantai.scope', ${scope}, true), set_config('lantai.archives', ${archives}, true),
    set_config('lantai.reach', ${reach}, true), set_config('lantai.today', ${today}, true),
    set_config('lantai.timezone', ${timezone}, true)`;
}
