import { type Sql, sql, type Tx } from '#kernel/db';
import type { Obstacle } from '../domain/rule.ts';
import type { DisposalState } from './disposals.ts';

export type ListedState = 'listed' | 'spared' | 'cleared' | 'destroyed';

/** A unit on a list, as the catalogue had it when it was proposed. */
export interface ListedUnit {
  seq: number;
  unitId: string;
  objectId: string;
  referenceCode: string | null;
  title: string;
  fonds: string;
  category: string | null;
  year: number | null;
  retention: string | null;
  expiresOn: string | null;
  date: string | null;
  pages: number | null;
  files: number;
  bytes: number;
  state: ListedState;
  spared: Obstacle | null;
  destroyedAt: Date | null;
}

export type NewListedUnit = Omit<ListedUnit, 'state' | 'spared' | 'destroyedAt'>;

const COLUMNS = sql`seq, unit_id as "unitId", object_id as "objectId", reference_code as "referenceCode", title, fonds,
  category, year, retention, expires_on as "expiresOn", date_text as "date", pages, files::float8 as files,
  bytes::float8 as bytes, state, spared, destroyed_at as "destroyedAt"`;

export async function insertListed(
  tx: Tx,
  d: { id: string; archiveId: string },
  list: readonly NewListedUnit[],
): Promise<void> {
  const column = <K extends keyof NewListedUnit>(key: K) => list.map((u) => u[key]);
  await sql`insert into preservation.disposal_unit (disposal_id, archive_id, seq, unit_id, object_id, reference_code, title, fonds,
      category, year, retention, expires_on, date_text, pages, files, bytes)
    select ${d.id}::uuid, ${d.archiveId}::uuid, * from unnest(${column('seq')}::int[], ${column('unitId')}::uuid[], ${column('objectId')}::text[],
      ${column('referenceCode')}::text[], ${column('title')}::text[], ${column('fonds')}::text[], ${column('category')}::text[],
      ${column('year')}::int[], ${column('retention')}::text[], ${column('expiresOn')}::date[], ${column('date')}::text[],
      ${column('pages')}::int[], ${column('files')}::bigint[], ${column('bytes')}::bigint[])`.execute(tx);
}

export async function listedPage(
  tx: Sql,
  disposalId: string,
  o: { after?: number | undefined; state?: string | undefined; limit: number },
): Promise<ListedUnit[]> {
  const r = await sql<ListedUnit>`select ${COLUMNS} from preservation.disposal_unit
    where disposal_id = ${disposalId} and seq > ${o.after ?? 0}
      and (${o.state ?? null}::text is null or state = ${o.state ?? null})
    order by seq limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** How many of a list are in each state. */
export async function listedCounts(tx: Sql, disposalId: string): Promise<Record<ListedState, number>> {
  const r = await sql<{ state: ListedState; n: number }>`select state, count(*)::int as n
    from preservation.disposal_unit where disposal_id = ${disposalId} group by state`.execute(tx);
  return {
    listed: 0,
    spared: 0,
    cleared: 0,
    destroyed: 0,
    ...Object.fromEntries(r.rows.map((x) => [x.state, x.n])),
  };
}

export async function spareUnits(
  tx: Sql,
  disposalId: string,
  list: readonly { unitId: string; why: Obstacle }[],
): Promise<void> {
  await sql`update preservation.disposal_unit u set state = 'spared', spared = n.why
    from unnest(${list.map((s) => s.unitId)}::uuid[], ${list.map((s) => s.why)}::text[]) as n (id, why)
    where u.disposal_id = ${disposalId} and u.unit_id = n.id and u.state = 'listed'`.execute(tx);
}

/** From now on nobody writes the objects of what is on the list and was not spared. */
export async function condemn(tx: Sql, disposalId: string, at: Date): Promise<void> {
  await sql`insert into preservation.destroyed (unit_id, archive_id, object_id, disposal_id, condemned_at)
    select unit_id, archive_id, object_id, disposal_id, ${at}::timestamptz from preservation.disposal_unit
    where disposal_id = ${disposalId} and state = 'listed'`.execute(tx);
}

/** Objects of a list somebody began to write before they were condemned. */
export async function stillWritten(on: Sql, disposalId: string): Promise<string[]> {
  const r = await sql<{ id: string }>`select i.object_id as id from preservation.intent i
    join preservation.destroyed d on d.object_id = i.object_id where d.disposal_id = ${disposalId}`.execute(
    on,
  );
  return r.rows.map((x) => x.id);
}

export async function setListedState(
  tx: Sql,
  disposalId: string,
  unitId: string,
  state: 'cleared' | 'destroyed',
  at?: Date,
): Promise<void> {
  await sql`update preservation.disposal_unit set state = ${state}, destroyed_at = ${at ?? null}
    where disposal_id = ${disposalId} and unit_id = ${unitId}`.execute(tx);
  if (state === 'destroyed')
    await sql`update preservation.destroyed set destroyed_at = coalesce(destroyed_at, ${at ?? null}::timestamptz)
      where unit_id = ${unitId}`.execute(tx);
}

/** Facts the rule asks of units, as preservation knows them. */
export interface HeldFacts {
  unitId: string;
  objectId: string;
  /** Files as they were taken in, and their bytes; what was written about them beside them is not counted. */
  files: number;
  bytes: number;
}

export async function heldFacts(tx: Sql, unitIds: readonly string[]): Promise<Map<string, HeldFacts>> {
  const r =
    await sql<HeldFacts>`select o.unit_id as "unitId", o.object_id as "objectId", count(c.unit_id)::float8 as files,
      coalesce(sum(c.bytes), 0)::float8 as bytes
    from preservation.object o left join preservation.content c on c.unit_id = o.unit_id
    where o.kind = 'unit' and o.unit_id = any(${unitIds}::uuid[]) group by o.unit_id, o.object_id`.execute(
      tx,
    );
  return new Map(r.rows.map((f) => [f.unitId, f]));
}

/** Those of some units that are destroyed, or on a list that is under way other than the one named. */
export async function spokenFor(
  tx: Sql,
  unitIds: readonly string[],
  except: string | null,
): Promise<{ destroyed: Set<string>; listed: Set<string> }> {
  const destroyed = await sql<{ id: string }>`select unit_id as id from preservation.destroyed
    where unit_id = any(${unitIds}::uuid[])`.execute(tx);
  const listed = await sql<{ id: string }>`select u.unit_id as id from preservation.disposal_unit u
    join preservation.disposal d on d.id = u.disposal_id
    where u.unit_id = any(${unitIds}::uuid[]) and u.state = 'listed' and d.state in ('proposed', 'agreed', 'condemned')
      and d.id is distinct from ${except}::uuid`.execute(tx);
  const idsOf = (rows: readonly { id: string }[]) => new Set(rows.map((x) => x.id));
  return { destroyed: idsOf(destroyed.rows), listed: idsOf(listed.rows) };
}

export interface DestroyedUnit {
  disposalId: string;
  number: string;
  condemnedAt: Date;
  destroyedAt: Date | null;
}

export async function destructionOf(tx: Sql, unitId: string): Promise<DestroyedUnit | undefined> {
  const r =
    await sql<DestroyedUnit>`select x.disposal_id as "disposalId", d.number, x.condemned_at as "condemnedAt",
      x.destroyed_at as "destroyedAt"
    from preservation.destroyed x join preservation.disposal d on d.id = x.disposal_id where x.unit_id = ${unitId}`.execute(
      tx,
    );
  return r.rows[0];
}

export interface OpenList {
  id: string;
  number: string;
  state: DisposalState;
}

/** The list under way a unit stands on, if any. */
export async function openListOf(tx: Sql, unitId: string): Promise<OpenList | undefined> {
  const r = await sql<OpenList>`select d.id, d.number, d.state from preservation.disposal_unit u
    join preservation.disposal d on d.id = u.disposal_id
    where u.unit_id = ${unitId} and u.state in ('listed', 'cleared')
      and d.state in ('proposed', 'agreed', 'condemned', 'destroying') order by d.id desc limit 1`.execute(
    tx,
  );
  return r.rows[0];
}

/** Those of some objects that are condemned or destroyed. */
export async function condemnedAmong(on: Sql, objectIds: readonly string[]): Promise<Set<string>> {
  const r = await sql<{ id: string }>`select object_id as id from preservation.destroyed
    where object_id = any(${objectIds}::text[])`.execute(on);
  return new Set(r.rows.map((x) => x.id));
}
