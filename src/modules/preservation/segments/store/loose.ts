import { type Sql, sql } from '#kernel/db';
import { rowsOf, type Segment } from '../segment.ts';

/** A segment that no other stands in for. */
export interface LooseSegment {
  number: number;
  /** 0: written as rows changed; else by how many consolidations. */
  level: number;
  rows: number;
}

/** Enters a segment that was written, and takes those out that it stands in for. */
export async function noteLoose(
  tx: Sql,
  segment: Pick<Segment, 'stream' | 'number' | 'consolidates' | 'tables'>,
): Promise<void> {
  const { stream, number, consolidates } = segment;
  if (consolidates)
    await sql`delete from preservation.loose_segment where stream = ${stream}
      and number = any(${consolidates.segments.map((s) => s.number)}::int[])`.execute(tx);
  await sql`insert into preservation.loose_segment (stream, number, level, rows)
    values (${stream}, ${number}, ${consolidates?.level ?? 0}, ${rowsOf(segment)}) on conflict do nothing`.execute(
    tx,
  );
}

export async function forgetLoose(tx: Sql): Promise<void> {
  await sql`delete from preservation.loose_segment`.execute(tx);
}

/** Segments of a stream nobody stands in for and that are not large, in order. */
export async function looseOf(on: Sql, stream: string, mostRows: number): Promise<LooseSegment[]> {
  const r = await sql<LooseSegment>`select number, level, rows::float8 as rows from preservation.loose_segment
    where stream = ${stream} and rows <= ${mostRows} order by number`.execute(on);
  return r.rows;
}
