import { sql, type Tx } from '#kernel/db';

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
