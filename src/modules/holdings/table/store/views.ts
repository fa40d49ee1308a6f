import { type Sql, sql, type Tx } from '#kernel/db';

/** How a table is looked at, kept under a name. */
export interface TableView {
  id: string;
  archiveId: string;
  ownerId: string;
  ownerName: string;
  name: string;
  shared: boolean;
  /** Filters, order and groups as the address has them, and columns with their widths. */
  state: Record<string, unknown>;
  version: number;
}

const VIEW = sql`v.id, v.archive_id as "archiveId", v.owner_id as "ownerId", v.owner_name as "ownerName", v.name, v.shared, v.state, v.version`;

/** A person's own views, and those shared with the archive. */
export async function viewsFor(on: Sql, archiveId: string, personId: string): Promise<TableView[]> {
  const r = await sql<TableView>`select ${VIEW} from holdings.table_view v
    where v.archive_id = ${archiveId} and (v.owner_id = ${personId} or v.shared)
    order by v.owner_id <> ${personId}, v.name limit 200`.execute(on);
  return r.rows;
}

export async function viewById(on: Sql, id: string): Promise<TableView | undefined> {
  return (await sql<TableView>`select ${VIEW} from holdings.table_view v where v.id = ${id}`.execute(on))
    .rows[0];
}

/** @returns false where the person has a view of that name */
export async function insertView(tx: Tx, v: TableView, at: Date): Promise<boolean> {
  const r =
    await sql`insert into holdings.table_view (id, archive_id, owner_id, owner_name, name, shared, state, updated_at)
    values (${v.id}, ${v.archiveId}, ${v.ownerId}, ${v.ownerName}, ${v.name}, ${v.shared}, ${JSON.stringify(v.state)}::jsonb, ${at})
    on conflict do nothing`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** @returns false where it was changed meanwhile */
export async function updateView(
  tx: Tx,
  v: Pick<TableView, 'id' | 'name' | 'shared' | 'state' | 'version'>,
  at: Date,
): Promise<boolean> {
  const r =
    await sql`update holdings.table_view set name = ${v.name}, shared = ${v.shared}, state = ${JSON.stringify(v.state)}::jsonb,
      version = version + 1, updated_at = ${at} where id = ${v.id} and version = ${v.version}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function deleteView(tx: Tx, id: string): Promise<void> {
  await sql`delete from holdings.table_view where id = ${id}`.execute(tx);
}
