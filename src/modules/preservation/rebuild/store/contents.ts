import { type Sql, sql } from '#kernel/db';

/** Ids of objects stand under this name among what is gone. */
const CONDEMNED = 'condemned';

/** Remembers that these objects were destroyed. */
export async function condemn(tx: Sql, objectIds: readonly string[]): Promise<void> {
  await sql`insert into preservation.rebuild_gone (tbl, key)
    select ${CONDEMNED}::text, jsonb_build_array(id) from unnest(${objectIds}::text[]) as o (id) on conflict do nothing`.execute(
    tx,
  );
}

/** Entries that are said to hold what was destroyed. */
export async function unitsOfCondemned(on: Sql, limit: number): Promise<string[]> {
  const r = await sql<{
    id: string;
  }>`select u.id from preservation.rebuild_gone g join holdings.unit u on u.object_id = g.key ->> 0
      and u.id = substr(g.key ->> 0, 10)::uuid
    where g.tbl = ${CONDEMNED} limit ${limit}`.execute(on);
  return r.rows.map((u) => u.id);
}

/** How a unit stands in a rebuild under way. */
export interface UnitState {
  /** null: it is not there. */
  archiveId: string | null;
  /** When the newest segment was taken that could have its row; null: there is none, or the unit is not there. */
  takenAt: Date | null;
  /** A segment says that it was taken out. */
  gone: boolean;
  /** A tombstone says that its content was destroyed. */
  condemned: boolean;
}

export async function unitState(tx: Sql, unitId: string): Promise<UnitState> {
  const r = await sql<UnitState>`select u.archive_id as "archiveId",
      (select max(s.taken_at) from preservation.rebuild_segment s
        where s.stream = 'fonds-' || u.fonds_id and s.sha512 is not null and 'holdings.unit' = any(s.tables)) as "takenAt",
      exists (select from preservation.rebuild_gone g where g.tbl = 'holdings.unit' and g.key = jsonb_build_array(${unitId}::text)) as gone,
      exists (select from preservation.rebuild_gone g where g.tbl = ${CONDEMNED} and g.key = jsonb_build_array('urn:uuid:' || ${unitId}::text)) as condemned
    from (select ${unitId}::uuid as id) i left join holdings.unit u on u.id = i.id`.execute(tx);
  return r.rows[0]!;
}

/** In which version of the package format the head of an object is; 0: an older layout. */
export async function notePackage(tx: Sql, objectId: string, format: number): Promise<void> {
  await sql`update preservation.rebuild_object set package = ${format === 0 ? null : format}
    where object_id = ${objectId} and trouble is null`.execute(tx);
}

/** Texts that wait to be put into their objects need not wait any longer. */
export async function textsDueNow(on: Sql): Promise<void> {
  await sql`update preservation.text_due set due_at = now() where due_at > now()`.execute(on);
}

/** An object of the unit is newer than the segment that took it out, or its row is put in anew. */
export async function forgetGone(tx: Sql, table: string, unitId: string): Promise<void> {
  await sql`delete from preservation.rebuild_gone where tbl = ${table} and key = jsonb_build_array(${unitId}::text)`.execute(
    tx,
  );
}
