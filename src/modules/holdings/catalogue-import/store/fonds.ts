import { sql, type Tx } from '#kernel/db';
import { type Fonds, fondsById } from '../../store/fonds.ts';

export interface FondsToMake {
  id: string;
  number: string;
  name: string;
  dates: string | null;
  history: string | null;
  custody: string | null;
  scope: string | null;
}

/** Ids of an archive's fonds by their numbers. */
export async function fondsIds(
  tx: Tx,
  archiveId: string,
  numbers: readonly string[],
): Promise<Map<string, string>> {
  const r = await sql<{ id: string; number: string }>`select id, number from holdings.fonds
    where archive_id = ${archiveId} and number = any(${numbers}::text[])`.execute(tx);
  return new Map(r.rows.map((f) => [f.number, f.id]));
}

/** Of these fonds those that are closed, by number: with the number of the fonds their records are part of now, '' for none. */
export async function closedFonds(
  tx: Tx,
  archiveId: string,
  numbers: readonly string[],
): Promise<Map<string, string>> {
  const r = await sql<{
    number: string;
    into: string | null;
  }>`select f.number, p.number as "into" from holdings.fonds f
    left join holdings.fonds p on p.id = f.part_of
    where f.archive_id = ${archiveId} and f.number = any(${numbers}::text[]) and f.closed_at is not null`.execute(
    tx,
  );
  return new Map(r.rows.map((f) => [f.number, f.into ?? '']));
}

/**
 * These fonds as they are held, by number, but for those that this import made and nobody has touched since. Nobody changes them until
 * the transaction ends.
 */
export async function fondsHeld(
  tx: Tx,
  archiveId: string,
  importId: string,
  numbers: readonly string[],
): Promise<Map<string, Fonds>> {
  const r = await sql<{ id: string }>`select id from holdings.fonds
    where archive_id = ${archiveId} and number = any(${numbers}::text[])
      and (import_id is distinct from ${importId} or version > 1) order by id for update`.execute(tx);
  const held = new Map<string, Fonds>();
  for (const { id } of r.rows) {
    const fonds = await fondsById(tx, id);
    if (fonds) held.set(fonds.number, fonds);
  }
  return held;
}

/** Nobody changes these fonds until the transaction ends. */
export async function lockFonds(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`select id from holdings.fonds where id = any(${ids}::uuid[]) order by id for update`.execute(tx);
}

/** Makes fonds that are not there yet. Another import may be doing the same: each number is made once. Returns the numbers made. */
export async function makeFonds(
  tx: Tx,
  o: { archiveId: string; importId: string },
  fonds: readonly FondsToMake[],
): Promise<string[]> {
  if (fonds.length === 0) return [];
  const r = await sql<{ number: string }>`insert into holdings.fonds
      (id, archive_id, number, name, dates, history, custody, scope, import_id)
    select n.id, ${o.archiveId}, n.number, n.name, n.dates, n.history, n.custody, n.scope, ${o.importId}
      from jsonb_to_recordset(${JSON.stringify(fonds)}::jsonb)
        as n (id uuid, number text, name text, dates text, history text, custody text, scope text)
    on conflict (archive_id, number) do nothing returning number`.execute(tx);
  return r.rows.map((f) => f.number);
}

/** Gives a fonds that this import made for its entries the description found later in the file. True when it did. */
export async function describeMadeFonds(tx: Tx, importId: string, f: FondsToMake): Promise<boolean> {
  const r = await sql`update holdings.fonds set name = ${f.name}, dates = ${f.dates}, history = ${f.history},
      custody = ${f.custody}, scope = ${f.scope} where id = ${f.id} and import_id = ${importId} and version = 1`.execute(
    tx,
  );
  return Number(r.numAffectedRows) === 1;
}
