import type pg from 'pg';
import { type Sql, sql } from '#kernel/db';

/** A chain of segments, as the database knows it. */
export interface StreamState {
  stream: string;
  above: string | null;
  archiveId: string | null;
  /** Of its newest segment. */
  number: number;
  /** Of that one's segment.json. */
  sha512: string;
  takenAt: Date;
}

/** What waits to be written of one stream. */
export interface Waiting {
  stream: string;
  rows: number;
  since: Date;
}

/** Streams with rows that wait, those that have waited longest first. Notes of chains alone wait until something else does. */
export async function waiting(on: Sql, o: { chains?: boolean } = {}): Promise<Waiting[]> {
  const which = o.chains ? sql`true` : sql`bool_or(tbl <> 'preservation.stream')`;
  const r =
    await sql<Waiting>`select stream, sum(n)::float8 as rows, min(at) as since from preservation.unsaved
    group by stream having ${which} order by 3, 1`.execute(on);
  return r.rows;
}

/** Descriptions, numbers and rights that have not been written yet. Events wait longer, and no day's work hangs on them. */
export async function lagOf(on: Sql): Promise<{ rows: number; streams: number; since: Date | null }> {
  const r = await sql<{ rows: number; streams: number; since: Date | null }>`select
      coalesce(sum(n), 0)::float8 as rows, count(distinct stream)::int as streams, min(at) as since
    from preservation.unsaved where tbl <> 'preservation.stream' and stream not like 'events-%'`.execute(on);
  return r.rows[0]!;
}

const STREAM = sql`stream, above, archive_id as "archiveId", number, sha512, taken_at as "takenAt"`;

export async function streamState(on: Sql, stream: string): Promise<StreamState | undefined> {
  const r =
    await sql<StreamState>`select ${STREAM} from preservation.stream where stream = ${stream}`.execute(on);
  return r.rows[0];
}

/** Chains behind one, in the order of their names. */
export async function streamsAfter(on: Sql, after: string, limit: number): Promise<StreamState[]> {
  const r = await sql<StreamState>`select ${STREAM} from preservation.stream where stream > ${after}
    order by stream limit ${limit}`.execute(on);
  return r.rows;
}

export async function saveStream(tx: Sql, s: StreamState): Promise<void> {
  await sql`insert into preservation.stream (stream, above, archive_id, number, sha512, taken_at)
    values (${s.stream}, ${s.above}, ${s.archiveId}, ${s.number}, ${s.sha512}, ${s.takenAt})
    on conflict (stream) do update set above = excluded.above, archive_id = excluded.archive_id, number = excluded.number,
      sha512 = excluded.sha512, taken_at = excluded.taken_at`.execute(tx);
}

/** The root has nothing of a chain. */
export async function dropStream(tx: Sql, stream: string): Promise<void> {
  await sql`delete from preservation.stream where stream = ${stream}`.execute(tx);
}

/** Notes whose rows are in the root now. */
export async function forgetNotes(tx: Sql, seqs: readonly number[]): Promise<void> {
  await sql`delete from preservation.unsaved where seq = any(${seqs}::bigint[])`.execute(tx);
}

/** Notes every row of the kept tables again, so that the next segments hold all of it. */
export async function noteEverything(
  tx: Sql,
  tables: readonly { table: string; kind: string; column: string; key: readonly string[] }[],
): Promise<void> {
  for (const t of tables)
    await sql`select preservation.note_all(${t.table}, ${t.kind}, ${t.column}, variadic ${t.key}::text[])`.execute(
      tx,
    );
}

const LOCK_SPACE = 87;

/** One writer of a chain at a time, of all processes; `wait`: until it is free. Ends with the connection's unlock. */
export async function lockStream(client: pg.PoolClient, stream: string, wait: boolean): Promise<boolean> {
  const key = `hashtextextended($1, ${LOCK_SPACE})`;
  if (wait) {
    await client.query(`select pg_advisory_lock(${key})`, [stream]);
    return true;
  }
  const r = await client.query<{ ok: boolean }>(`select pg_try_advisory_lock(${key}) as ok`, [stream]);
  return r.rows[0]!.ok;
}

export async function unlockStream(client: pg.PoolClient, stream: string): Promise<void> {
  await client.query(`select pg_advisory_unlock(hashtextextended($1, ${LOCK_SPACE}))`, [stream]);
}
