import { type Sql, sql, type Tx } from '#kernel/db';

/** What a changeset was: a correction of one entry, one of many, and so on; `direct`: written in the database itself. */
export const CHANGE_KINDS = [
  'edit',
  'bulk',
  'paste',
  'import',
  'takeBack',
  'renumber',
  'move',
  'merge',
  'split',
  'draft',
  'disposal',
  'undo',
  'direct',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface Changeset {
  id: string;
  archiveId: string;
  kind: ChangeKind;
  reason: string | null;
  actorId: string | null;
  actorName: string;
  at: Date;
  /** How many times an entry was changed by it. */
  changes: number;
  undoes: string | null;
  /** Of one that takes another back: the last change of the other that was looked at, how many it left, and when it was through. */
  place: string | null;
  leftCount: number;
  finishedAt: Date | null;
  /** The changeset that took this one back, the newest. */
  undoneBy: string | null;
}

/** Columns of an entry, or elements of its description under `description`, by their names in the database. */
export type Columns = Readonly<Record<string, unknown>>;

export interface UnitChange {
  id: string;
  unitId: string;
  version: number;
  before: Columns;
  after: Columns;
}

const CHANGESET = sql`c.id, c.archive_id as "archiveId", c.kind, c.reason, c.actor_id as "actorId", c.actor_name as "actorName", c.at, c.changes,
  c.undoes, c.place, c.left_count as "leftCount", c.finished_at as "finishedAt", (select u.id from holdings.changeset u where u.undoes = c.id order by u.id desc limit 1) as "undoneBy"`;

const CHANGE = sql`x.id, x.unit_id as "unitId", x.version, x.before, x.after`;

/** Given again, as work in several transactions does that has a name for its changeset, it stays as it is. */
export async function insertChangeset(
  tx: Tx,
  c: Omit<Changeset, 'changes' | 'undoneBy' | 'place' | 'leftCount' | 'finishedAt'>,
): Promise<void> {
  await sql`insert into holdings.changeset (id, archive_id, kind, reason, actor_id, actor_name, at, undoes)
    values (${c.id}, ${c.archiveId}, ${c.kind}, ${c.reason}, ${c.actorId}, ${c.actorName}, ${c.at}, ${c.undoes}) on conflict (id) do nothing`.execute(
    tx,
  );
}

/** Reads a changeset and holds it until the transaction ends. */
export async function lockChangeset(tx: Tx, id: string): Promise<Changeset | undefined> {
  return (
    await sql<Changeset>`select ${CHANGESET} from holdings.changeset c where c.id = ${id} for update of c`.execute(
      tx,
    )
  ).rows[0];
}

/** Notes how far taking back got. @param finishedAt null: there is more */
export async function noteUndone(
  tx: Tx,
  id: string,
  o: { place: string | null; left: number; finishedAt: Date | null },
): Promise<void> {
  await sql`update holdings.changeset set place = coalesce(${o.place}::uuid, place), left_count = left_count + ${o.left},
    finished_at = ${o.finishedAt} where id = ${id}`.execute(tx);
}

/** What the transaction changes from here on belongs to this changeset. */
export async function enterChangeset(tx: Tx, id: string): Promise<void> {
  await sql`select set_config('lantai.changeset', ${id}, true)`.execute(tx);
}

export async function changesetById(tx: Sql, id: string): Promise<Changeset | undefined> {
  return (await sql<Changeset>`select ${CHANGESET} from holdings.changeset c where c.id = ${id}`.execute(tx))
    .rows[0];
}

/** Changesets of an archive, the newest first. */
export async function changesetPage(
  tx: Sql,
  o: { archiveId: string; kinds?: readonly ChangeKind[]; actorId?: string; before?: string; limit: number },
): Promise<Changeset[]> {
  const r =
    await sql<Changeset>`select ${CHANGESET} from holdings.changeset c where c.archive_id = ${o.archiveId}
    ${o.kinds ? sql`and c.kind = any(${o.kinds}::text[])` : sql``}
    ${o.actorId ? sql`and c.actor_id = ${o.actorId}` : sql``}
    ${o.before ? sql`and c.id < ${o.before}` : sql``}
    order by c.id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** A version of an entry: what made it, and what it changed. */
export type UnitVersion = UnitChange &
  Pick<Changeset, 'kind' | 'reason' | 'actorName' | 'at'> & { changesetId: string };

/** The changes of an entry, the newest first. */
export async function versionsOf(
  tx: Sql,
  unitId: string,
  o: { before?: string; limit: number },
): Promise<UnitVersion[]> {
  const r =
    await sql<UnitVersion>`select ${CHANGE}, c.id as "changesetId", c.kind, c.reason, c.actor_name as "actorName", c.at
    from holdings.unit_change x join holdings.changeset c on c.id = x.changeset_id
    where x.unit_id = ${unitId} ${o.before ? sql`and x.id < ${o.before}` : sql``}
    order by x.id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** What a changeset changed, the last change first. */
export async function changesOf(
  tx: Sql,
  changesetId: string,
  o: { before?: string | null; limit: number },
): Promise<UnitChange[]> {
  const r = await sql<UnitChange>`select ${CHANGE} from holdings.unit_change x
    where x.changeset_id = ${changesetId} ${o.before ? sql`and x.id < ${o.before}` : sql``}
    order by x.id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}
