import { generateNKeysBetween } from 'fractional-indexing';
import { sql, type Tx } from '#kernel/db';

/** Order keys grow where one place is put into again and again. From this length on those around are drawn anew. */
export const LONGEST_KEY = 40;
/** Length of a key that is short enough to draw others between. */
const SHORT = 12;
/** Siblings looked at on each side for a short one. */
const AROUND = 1_000;

/**
 * Draws the order keys around a long one anew, between the next short ones on both sides: the order stays, and is not a change of
 * the entries. Siblings of one key get keys of their own.
 *
 * @returns how many were written
 */
export async function drawKeysAnew(tx: Tx, under: string, key: string): Promise<number> {
  const side = async (before: boolean) =>
    (
      await sql<{ id: string; position: string }>`select id, position from holdings.unit
        where under_id = ${under} and position ${sql.raw(before ? '<=' : '>')} ${key}
        order by position ${sql.raw(before ? 'desc' : 'asc')}, id ${sql.raw(before ? 'desc' : 'asc')} limit ${AROUND}`.execute(
        tx,
      )
    ).rows;
  const [left, right] = [cut(await side(true)), cut(await side(false))];
  const rows = [...left.rows.reverse(), ...right.rows];
  const keys = generateNKeysBetween(left.edge, right.edge, rows.length);
  const before = await sql<{
    set: string;
  }>`select coalesce(current_setting('lantai.changeset', true), '') as set`.execute(tx);
  await sql`select set_config('lantai.changeset', 'rebalancing', true)`.execute(tx);
  await sql`update holdings.unit u set position = n.position
    from unnest(${rows.map((row) => row.id)}::uuid[], ${keys}::text[]) as n (id, position) where u.id = n.id`.execute(
    tx,
  );
  await sql`select set_config('lantai.changeset', ${before.rows[0]!.set}, true)`.execute(tx);
  return rows.length;
}

/** Siblings up to the next with a short key, which is the edge; none is where the row ends before. */
function cut(rows: { id: string; position: string }[]): {
  rows: { id: string; position: string }[];
  edge: string | null;
} {
  const at = rows.findIndex(
    (row, i) => row.position.length <= SHORT && row.position !== rows[i - 1]?.position,
  );
  if (at !== -1) return { rows: rows.slice(0, at), edge: rows[at]!.position };
  const last = rows.length === AROUND ? rows.pop() : undefined;
  return { rows, edge: last?.position ?? null };
}
