import { type Sql, sql, type Tx } from '#kernel/db';
import type { BatchAct, BatchState } from '../domain/states.ts';

/** A batch was moved. */
export interface Moved {
  seq: number;
  round: number;
  act: BatchAct | 'begin' | 'content';
  from: BatchState;
  to: BatchState;
  /** null: the system. */
  personId: string | null;
  personName: string;
  stoodFor: string[];
  reason: string | null;
  at: Date;
}

const COLUMNS = sql`seq, round, act, from_state as "from", to_state as "to", person_id as "personId",
  person_name as "personName", stood_for as "stoodFor", reason, at`;

export async function insertMove(
  tx: Tx,
  of: { id: string; archiveId: string; agencyId: string },
  m: Omit<Moved, 'seq'>,
): Promise<void> {
  await sql`insert into transfer.move (batch_id, seq, archive_id, agency_id, round, act, from_state, to_state, person_id,
      person_name, stood_for, reason, at)
    select ${of.id}, coalesce(max(seq), 0) + 1, ${of.archiveId}, ${of.agencyId}, ${m.round}, ${m.act}, ${m.from}, ${m.to},
      ${m.personId}, ${m.personName}, ${m.stoodFor}::uuid[], ${m.reason}, ${m.at}
    from transfer.move where batch_id = ${of.id}`.execute(tx);
}

/** The moves of some batches, by batch. */
export async function movesOfEach(db: Sql, batchIds: readonly string[]): Promise<Map<string, Moved[]>> {
  const r = await sql<Moved & { batchId: string }>`select batch_id as "batchId", ${COLUMNS} from transfer.move
    where batch_id = any(${batchIds}::uuid[]) order by batch_id, seq`.execute(db);
  return Map.groupBy(r.rows, (m) => m.batchId);
}

/** From the first on. A batch has some dozen at the most. */
export async function movesOf(db: Sql, batchId: string): Promise<Moved[]> {
  const r =
    await sql<Moved>`select ${COLUMNS} from transfer.move where batch_id = ${batchId} order by seq`.execute(
      db,
    );
  return r.rows;
}
