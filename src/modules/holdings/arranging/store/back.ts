import { type Sql, sql, type Tx } from '#kernel/db';

/** Lists what a rearrangement listed, in its order. @returns how many */
export async function listAgain(tx: Tx, id: string, of: string): Promise<number> {
  const r = await sql`insert into holdings.rearrangement_unit (rearrangement_id, seq, unit_id, top)
    select ${id}, w.seq, w.unit_id, w.top from holdings.rearrangement_unit w where w.rearrangement_id = ${of}`.execute(
    tx,
  );
  return Number(r.numAffectedRows ?? 0);
}

/** What a changeset did to an entry's place and code. */
export interface DoneTo {
  unitId: string;
  before: { fonds_id?: string; parent_id?: string | null; position?: string; reference_code?: string | null };
  after: { fonds_id?: string; parent_id?: string | null; position?: string; reference_code?: string | null };
}

export async function doneTo(
  tx: Sql,
  changesetId: string,
  unitIds: readonly string[],
): Promise<Map<string, DoneTo>> {
  // One that let go of its code first was changed twice: what it was before the first, and what it is since the last.
  const r =
    await sql<DoneTo>`select f.unit_id as "unitId", l.before || f.before as before, f.after || l.after as after
    from (select unit_id, min(id::text)::uuid as first, max(id::text)::uuid as last from holdings.unit_change
      where changeset_id = ${changesetId} and unit_id = any(${unitIds}::uuid[]) group by unit_id) x
    join holdings.unit_change f on f.id = x.first join holdings.unit_change l on l.id = x.last`.execute(tx);
  return new Map(r.rows.map((x) => [x.unitId, x]));
}

export async function noteTakenBack(tx: Tx, of: string, by: string): Promise<void> {
  await sql`update holdings.rearrangement set taken_back_by = ${by} where id = ${of}`.execute(tx);
}
