import { type Sql, sql, type Tx } from '#kernel/db';
import { openSealed, seal } from '#kernel/sealing';

export interface ClassifiedPlace {
  seq: number;
  place: string;
  what: string;
}

/** What the places of a batch are sealed for. */
const boundTo = (batchId: string): string => `transfer.classified:${batchId}`;
const sealed = (place: string, batchId: string, key: Uint8Array): string =>
  seal(Buffer.from(place, 'utf8'), boundTo(batchId), key);

/** @param key the master key: names and titles of what bears a classification stand in no table, and in no backup, readable */
export async function keepClassified(
  tx: Tx,
  of: { id: string; archiveId: string; round: number },
  places: readonly Omit<ClassifiedPlace, 'seq'>[],
  key: Uint8Array,
): Promise<void> {
  const rows = places.map(({ place, what }, seq) => ({ seq, what, sealed: sealed(place, of.id, key) }));
  await sql`delete from transfer.classified where batch_id = ${of.id} and round = ${of.round}`.execute(tx);
  await sql`insert into transfer.classified (batch_id, round, seq, archive_id, sealed, what)
    select ${of.id}, ${of.round}, c.seq, ${of.archiveId}, c.sealed, c.what
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c (seq int, sealed text, what text)`.execute(
    tx,
  );
}

/** Read as the owner, for who may deal with classified material. */
export async function classifiedOf(db: Sql, batchId: string, key: Uint8Array): Promise<ClassifiedPlace[]> {
  const r = await sql<{
    seq: number;
    place: string | null;
    sealed: string | null;
    what: string;
  }>`select seq, place, sealed, what
    from transfer.classified where batch_id = ${batchId} order by round, seq`.execute(db);
  return r.rows.map(({ seq, what, place, sealed: closed }) => ({
    seq,
    what,
    place: closed === null ? (place ?? '') : openSealed(closed, boundTo(batchId), key).toString('utf8'),
  }));
}

const AT_ONCE = 500;

/** Seals some of what an earlier version left open. @returns how many; 0: nothing is open any more */
export async function sealOpenPlaces(tx: Tx, key: Uint8Array): Promise<number> {
  const r = await sql<{
    batchId: string;
    round: number;
    seq: number;
    place: string;
  }>`select batch_id as "batchId", round, seq,
      place from transfer.classified where place is not null limit ${AT_ONCE} for update skip locked`.execute(
    tx,
  );
  for (const { batchId, round, seq, place } of r.rows)
    await sql`update transfer.classified set place = null, sealed = ${sealed(place, batchId, key)}
      where batch_id = ${batchId} and round = ${round} and seq = ${seq}`.execute(tx);
  return r.rows.length;
}
