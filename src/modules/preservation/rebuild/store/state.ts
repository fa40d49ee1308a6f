import type pg from 'pg';
import { type Sql, sql } from '#kernel/db';

/** The steps of a rebuild, in order. */
export const PHASES = ['survey', 'judge', 'rows', 'contents', 'finish'] as const;
export type Phase = (typeof PHASES)[number];

/** Where the rows phase is: the next file to bring in. */
export interface RowsPlace {
  table: number;
  /** The stream at work and the segment of it, the newest first. */
  stream: string;
  number: number;
  /** How many files of the table in that segment are in. */
  parts: number;
}

export interface RebuildState {
  id: string;
  phase: Phase;
  place: { path?: string; rows?: RowsPlace; object?: string };
  acceptLoss: boolean;
  counts: Counts;
  actorName: string;
}

export interface Counts {
  objects: number;
  segments: number;
  rows: number;
  units: number;
  files: number;
  pages: number;
  texts: number;
}
export const NO_COUNTS: Counts = {
  objects: 0,
  segments: 0,
  rows: 0,
  units: 0,
  files: 0,
  pages: 0,
  texts: 0,
};

export interface Trouble {
  code: string;
  objectId: string | null;
  message: string;
}

export async function stateNow(on: Sql): Promise<RebuildState | undefined> {
  const r = await sql<RebuildState>`select id, phase, place, accept_loss as "acceptLoss", counts,
    actor_name as "actorName" from preservation.rebuild`.execute(on);
  return r.rows[0];
}

/** Since when a rebuild is under way, or was stopped before its end. */
export async function rebuildUnderWay(on: Sql): Promise<{ phase: string; begunAt: Date } | undefined> {
  const r = await sql<{
    phase: string;
    begunAt: Date;
  }>`select phase, begun_at as "begunAt" from preservation.rebuild`.execute(on);
  return r.rows[0];
}

export async function beginState(tx: Sql, s: RebuildState): Promise<void> {
  await sql`truncate preservation.rebuild_object, preservation.rebuild_segment, preservation.rebuild_gone,
    preservation.rebuild_waiting, preservation.rebuild_trouble`.execute(tx);
  await sql`insert into preservation.rebuild (id, phase, place, accept_loss, counts, actor_name)
    values (${s.id}, ${s.phase}, ${JSON.stringify(s.place)}::jsonb, ${s.acceptLoss}, ${JSON.stringify(s.counts)}::jsonb, ${s.actorName})`.execute(
    tx,
  );
}

/** Says how far the rebuild is, in the transaction that brought it there. */
export async function saveState(tx: Sql, s: Pick<RebuildState, 'phase' | 'place' | 'counts'>): Promise<void> {
  await sql`update preservation.rebuild set phase = ${s.phase}, place = ${JSON.stringify(s.place)}::jsonb,
    counts = ${JSON.stringify(s.counts)}::jsonb`.execute(tx);
}

export async function endState(tx: Sql): Promise<void> {
  await sql`delete from preservation.rebuild`.execute(tx);
  await sql`truncate preservation.rebuild_object, preservation.rebuild_segment, preservation.rebuild_gone,
    preservation.rebuild_waiting, preservation.rebuild_trouble`.execute(tx);
}

/** What is written in this transaction comes out of the root and is not noted as changed. */
export async function fromTheRoot(tx: Sql, rebuildId: string): Promise<void> {
  await sql`select set_config('lantai.rebuild', ${rebuildId}, true)`.execute(tx);
}

export async function noteTrouble(tx: Sql, list: readonly Trouble[]): Promise<void> {
  if (list.length === 0) return;
  await sql`insert into preservation.rebuild_trouble (code, object_id, message)
    select * from unnest(${list.map((t) => t.code)}::text[], ${list.map((t) => t.objectId)}::text[],
      ${list.map((t) => t.message)}::text[])`.execute(tx);
}

export async function troubles(on: Sql, limit: number): Promise<{ count: number; first: Trouble[] }> {
  const n = await sql<{ n: number }>`select count(*)::int as n from preservation.rebuild_trouble`.execute(on);
  const r = await sql<Trouble>`select code, object_id as "objectId", message from preservation.rebuild_trouble
    order by seq limit ${limit}`.execute(on);
  return { count: n.rows[0]!.n, first: r.rows };
}

const KEY = 4_201_949_108;

/** One rebuild at a time: the lock is held by the connection given. */
export async function lockRebuild(client: pg.PoolClient): Promise<boolean> {
  return (await client.query<{ ok: boolean }>('select pg_try_advisory_lock($1) as ok', [KEY])).rows[0]!.ok;
}

export async function unlockRebuild(client: pg.PoolClient): Promise<void> {
  await client.query('select pg_advisory_unlock($1)', [KEY]);
}
