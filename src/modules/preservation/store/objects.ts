import { type Sql, sql } from '#kernel/db';

export type ObjectKind = 'unit' | 'certificates' | 'segment' | 'disposal';

/** Whose an object is. */
export interface ObjectOwner {
  objectId: string;
  kind: ObjectKind;
  /** null: the whole house's. */
  archiveId: string | null;
  /** For the content of a unit, and only then. */
  unitId: string | null;
}

/** What the root holds under an object's id. */
export interface ObjectState {
  head: string;
  /** sha512 of the inventory of the object root, hex. */
  inventoryDigest: string;
  /** Content files of all versions, each stored once. */
  files: number;
  bytes: number;
}

/** An object as entered. Head and digest are null where it was entered before they were asked for. */
export interface EnteredObject extends ObjectOwner {
  head: string | null;
  inventoryDigest: string | null;
  files: number;
  bytes: number;
  enteredAt: Date;
  changedAt: Date;
}

/** Says that these objects are about to be written. */
export async function beginIntents(tx: Sql, list: readonly ObjectOwner[]): Promise<void> {
  await sql`insert into preservation.intent (object_id, kind, archive_id, unit_id)
    select * from unnest(${list.map((o) => o.objectId)}::text[], ${list.map((o) => o.kind)}::text[],
      ${list.map((o) => o.archiveId)}::uuid[], ${list.map((o) => o.unitId)}::uuid[])
    on conflict (object_id) do update set begun_at = now()`.execute(tx);
}

export async function endIntents(tx: Sql, objectIds: readonly string[]): Promise<void> {
  if (objectIds.length > 0)
    await sql`delete from preservation.intent where object_id = any(${objectIds})`.execute(tx);
}

/** What somebody is about to write under this id. */
export async function intentOf(on: Sql, objectId: string): Promise<ObjectOwner | undefined> {
  const r =
    await sql<ObjectOwner>`select object_id as "objectId", kind, archive_id as "archiveId", unit_id as "unitId"
    from preservation.intent where object_id = ${objectId}`.execute(on);
  return r.rows[0];
}

/** Intents begun more than `seconds` ago, some of them, the oldest first. */
export async function oldIntents(tx: Sql, seconds: number, limit: number): Promise<ObjectOwner[]> {
  const r =
    await sql<ObjectOwner>`select object_id as "objectId", kind, archive_id as "archiveId", unit_id as "unitId"
    from preservation.intent where begun_at < now() - make_interval(secs => ${seconds})
    order by begun_at limit ${limit}`.execute(tx);
  return r.rows;
}

/** An object as the root has it; `format`: version of the package format its head is in, where that is known. */
export interface ObjectToEnter {
  owner: ObjectOwner;
  state: ObjectState;
  format?: number | undefined;
}

/** Enters objects as the root has them, and ends the intents to write them. */
export async function enterObjects(tx: Sql, list: readonly ObjectToEnter[], at: Date): Promise<void> {
  if (list.length === 0) return;
  const owner = <K extends keyof ObjectOwner>(key: K) => list.map((o) => o.owner[key]);
  const state = <K extends keyof ObjectState>(key: K) => list.map((o) => o.state[key]);
  await sql`insert into preservation.object (object_id, kind, archive_id, unit_id, head, inventory_digest, files, bytes,
      package, entered_at, changed_at)
    select o.*, ${at}::timestamptz, ${at}::timestamptz from unnest(${owner('objectId')}::text[], ${owner('kind')}::text[],
      ${owner('archiveId')}::uuid[], ${owner('unitId')}::uuid[], ${state('head')}::text[],
      ${state('inventoryDigest')}::text[], ${state('files')}::bigint[], ${state('bytes')}::bigint[],
      ${list.map((o) => o.format ?? null)}::smallint[]) as o
    on conflict (object_id) do update set head = excluded.head, inventory_digest = excluded.inventory_digest,
      files = excluded.files, bytes = excluded.bytes, package = coalesce(excluded.package, object.package),
      changed_at = case when object.inventory_digest is distinct from excluded.inventory_digest
        then excluded.changed_at else object.changed_at end
    where object.inventory_digest is distinct from excluded.inventory_digest
      or object.package is distinct from coalesce(excluded.package, object.package)`.execute(tx);
  await endIntents(tx, owner('objectId'));
}

const OBJECT = sql`object_id as "objectId", kind, archive_id as "archiveId", unit_id as "unitId", head,
  inventory_digest as "inventoryDigest", files::float8 as files, bytes::float8 as bytes, entered_at as "enteredAt",
  changed_at as "changedAt"`;

export async function objectById(tx: Sql, objectId: string): Promise<EnteredObject | undefined> {
  return (await objectsById(tx, [objectId])).get(objectId);
}

/** Those of some objects that are entered, by their ids. */
export async function objectsById(
  tx: Sql,
  objectIds: readonly string[],
): Promise<Map<string, EnteredObject>> {
  const r =
    await sql<EnteredObject>`select ${OBJECT} from preservation.object where object_id = any(${objectIds})`.execute(
      tx,
    );
  return new Map(r.rows.map((o) => [o.objectId, o]));
}

/** Notes in which version of the package format the heads of these objects are. */
export async function setPackaged(tx: Sql, objectIds: readonly string[], version: number): Promise<void> {
  await sql`update preservation.object set package = ${version} where object_id = any(${objectIds})`.execute(
    tx,
  );
}

/** Objects of units whose heads are of an older layout, or that nobody has looked at, behind a place in order. */
export async function unpackaged(
  tx: Sql,
  after: string,
  limit: number,
): Promise<{ objectId: string; archiveId: string; unitId: string }[]> {
  const r = await sql<{ objectId: string; archiveId: string; unitId: string }>`
    select object_id as "objectId", archive_id as "archiveId", unit_id as "unitId" from preservation.object
    where kind = 'unit' and package is null and object_id > ${after} order by object_id limit ${limit}`.execute(
    tx,
  );
  return r.rows;
}

export async function countUnpackaged(tx: Sql): Promise<number> {
  const r = await sql<{ n: number }>`select count(*)::int as n from preservation.object
    where kind = 'unit' and package is null`.execute(tx);
  return r.rows[0]!.n;
}

/** Whether somebody is about to write the object, or was when killed. */
export async function hasIntent(tx: Sql, objectId: string): Promise<boolean> {
  const r = await sql`select from preservation.intent where object_id = ${objectId}`.execute(tx);
  return r.rows.length > 0;
}

/** Takes over what the root holds of an object that is entered already. */
export async function adoptState(tx: Sql, objectId: string, s: ObjectState, at: Date): Promise<void> {
  await sql`update preservation.object set head = ${s.head}, inventory_digest = ${s.inventoryDigest}, files = ${s.files},
    bytes = ${s.bytes}, changed_at = case when inventory_digest is null then changed_at else ${at}::timestamptz end
    where object_id = ${objectId} and inventory_digest is distinct from ${s.inventoryDigest}`.execute(tx);
}

/** When the oldest content an archive holds was entered, by archive. */
export async function heldSince(on: Sql): Promise<Map<string, Date>> {
  const r = await sql<{ archiveId: string; at: Date }>`select archive_id as "archiveId", min(entered_at) as at
    from preservation.object where kind = 'unit' and archive_id is not null group by archive_id`.execute(on);
  return new Map(r.rows.map(({ archiveId, at }) => [archiveId, at]));
}
