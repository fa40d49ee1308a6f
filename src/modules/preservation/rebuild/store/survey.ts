import { type Sql, sql } from '#kernel/db';

/** An object of the root, as a walk found it. */
export interface SurveyedObject {
  path: string;
  /** null where its inventory can not be read. */
  objectId: string | null;
  head: string | null;
  inventoryDigest: string | null;
  files: number;
  bytes: number;
  created: string | null;
  changed: string | null;
  trouble: string | null;
}

export async function saveSurveyed(tx: Sql, list: readonly SurveyedObject[]): Promise<void> {
  const column = <K extends keyof SurveyedObject>(key: K) => list.map((o) => o[key]);
  await sql`insert into preservation.rebuild_object (path, object_id, head, inventory_digest, files, bytes, created, changed, trouble)
    select * from unnest(${column('path')}::text[], ${column('objectId')}::text[], ${column('head')}::text[],
      ${column('inventoryDigest')}::text[], ${column('files')}::bigint[], ${column('bytes')}::bigint[], ${column('created')}::text[],
      ${column('changed')}::text[], ${column('trouble')}::text[]) on conflict (path) do nothing`.execute(tx);
}

export interface SurveyedSegment {
  stream: string;
  number: number;
  /** null where it can not be read. */
  sha512: string | null;
  takenAt: string | null;
  tables: string[];
  level: number;
  rows: number;
  /** A whole segment behind it holds all it holds: it is passed over. */
  superseded: boolean;
}

export async function saveSegments(tx: Sql, list: readonly SurveyedSegment[]): Promise<void> {
  await sql`insert into preservation.rebuild_segment (stream, number, sha512, taken_at, tables, level, rows, superseded)
    select s.stream, s.number, s.sha512, s."takenAt", array(select jsonb_array_elements_text(s.tables)), s.level, s.rows, s.superseded
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as s (stream text, number int, sha512 text, "takenAt" timestamptz, tables jsonb,
      level int, rows bigint, superseded boolean)
    on conflict (stream, number) do update set sha512 = excluded.sha512, taken_at = excluded.taken_at, tables = excluded.tables,
      level = excluded.level, rows = excluded.rows, superseded = excluded.superseded`.execute(tx);
}

/** Objects behind one, in the order of their ids, of a kind told by how ids begin. */
export async function surveyedAfter(
  on: Sql,
  o: { prefix: string; after: string; limit: number },
): Promise<{ objectId: string; head: string | null; trouble: string | null }[]> {
  const r = await sql<{ objectId: string; head: string | null; trouble: string | null }>`
    select distinct on (object_id) object_id as "objectId", head, trouble from preservation.rebuild_object
    where object_id like ${`${o.prefix}%`} and object_id > ${o.after} order by object_id, trouble nulls first limit ${o.limit}`.execute(
    on,
  );
  return r.rows;
}

export async function streamsFound(on: Sql): Promise<{ stream: string; tables: string[] }[]> {
  const r = await sql<{
    stream: string;
    tables: string[];
  }>`select s.stream, array_agg(distinct t.name) filter (where t.name is not null) as tables
    from preservation.rebuild_segment s left join lateral unnest(s.tables) as t (name) on true
    group by s.stream order by s.stream`.execute(on);
  return r.rows.map((s) => ({ stream: s.stream, tables: s.tables ?? [] }));
}

/** The next file's segment: the newest of a stream with rows of a table that is not above a number. */
export async function segmentWith(
  on: Sql,
  o: { stream: string; table: string; upTo: number },
): Promise<{ number: number } | undefined> {
  const r = await sql<{ number: number }>`select number
    from preservation.rebuild_segment where stream = ${o.stream} and number <= ${o.upTo} and ${o.table} = any(tables)
      and sha512 is not null and not superseded order by number desc limit 1`.execute(on);
  return r.rows[0];
}

/** What the database holds and the root has not, or has otherwise. */
export interface Loss {
  /** Objects entered that the root lacks, has older or can not read. */
  objects: number;
  /** Chains of segments that end earlier in the root, or with another segment. */
  streams: number;
  /** Rows changed and not yet in the root. */
  rows: number;
  examples: string[];
}

export async function lossOf(on: Sql): Promise<Loss> {
  const objects = await sql<{ id: string; n: number }>`select o.object_id as id, count(*) over ()::int as n
    from preservation.object o left join preservation.rebuild_object f on f.object_id = o.object_id and f.trouble is null
    where f.object_id is null or substr(f.head, 2)::int < substr(o.head, 2)::int
    order by 1 limit 5`.execute(on);
  const streams = await sql<{
    id: string;
    n: number;
  }>`select s.stream || ' segment ' || s.number as id, count(*) over ()::int as n
    from preservation.stream s left join preservation.rebuild_segment f on f.stream = s.stream and f.number = s.number
    where f.sha512 is distinct from s.sha512 order by 1 limit 5`.execute(on);
  const rows = await sql<{
    id: string;
    n: number;
  }>`select tbl || ' in ' || stream as id, sum(sum(n)) over ()::int as n
    from preservation.unsaved where tbl <> 'preservation.stream' group by stream, tbl order by 1 limit 5`.execute(
    on,
  );
  return {
    objects: objects.rows[0]?.n ?? 0,
    streams: streams.rows[0]?.n ?? 0,
    rows: rows.rows[0]?.n ?? 0,
    examples: [...objects.rows, ...streams.rows, ...rows.rows].map((r) => r.id),
  };
}

/** Enters all objects found, in the place of those entered before. */
export async function enterSurveyed(tx: Sql): Promise<void> {
  await sql`delete from preservation.object o where not exists (
    select from preservation.rebuild_object f where f.object_id = o.object_id and f.trouble is null)`.execute(
    tx,
  );
  await sql`insert into preservation.object (object_id, kind, archive_id, unit_id, head, inventory_digest, files, bytes, package, entered_at, changed_at)
    select f.object_id,
      case when f.object_id like 'urn:uuid:%' then 'unit' when f.object_id like 'urn:lantai:segment:%' then 'segment'
        when f.object_id like 'urn:lantai:disposal:%' then 'disposal' else 'certificates' end,
      coalesce(u.archive_id, a.id, s.archive_id), case when f.object_id like 'urn:uuid:%' then substr(f.object_id, 10)::uuid end,
      f.head, f.inventory_digest, f.files, f.bytes, f.package, f.created::timestamptz, f.changed::timestamptz
    from preservation.rebuild_object f
      left join holdings.unit u on f.object_id = 'urn:uuid:' || u.id
      left join holdings.archive a on f.object_id = 'urn:lantai:certificates:' || a.code
      left join preservation.stream s on f.object_id like 'urn:lantai:segment:%' and s.stream = split_part(f.object_id, ':', 4)
    where f.trouble is null and f.object_id is not null and (f.object_id ~ '^urn:uuid:[0-9a-f-]{36}$' or f.object_id like 'urn:lantai:%')
    on conflict (object_id) do update set head = excluded.head, inventory_digest = excluded.inventory_digest,
      files = excluded.files, bytes = excluded.bytes, package = excluded.package, archive_id = coalesce(excluded.archive_id, preservation.object.archive_id),
      changed_at = excluded.changed_at
      where preservation.object.inventory_digest is distinct from excluded.inventory_digest`.execute(tx);
}

/** How far the chains go, as found; what is told of them above is compared first. */
export async function enterStreams(tx: Sql): Promise<void> {
  await sql`delete from preservation.stream s where not exists (
    select from preservation.rebuild_segment f where f.stream = s.stream and f.sha512 is not null)`.execute(
    tx,
  );
  await sql`insert into preservation.stream (stream, above, archive_id, number, sha512, taken_at)
    select f.stream, case when f.stream = 'house' then null when f.stream like 'fonds-%' and o.archive is not null then 'archive-' || o.archive else 'house' end,
      o.archive, f.number, f.sha512, f.taken_at
    from (select distinct on (stream) * from preservation.rebuild_segment where sha512 is not null order by stream, number desc) f
      cross join lateral (select case when f.stream ~ '^(archive|events)-' then split_part(f.stream, '-', 1) end as kind) k
      left join holdings.fonds d on f.stream = 'fonds-' || d.id
      cross join lateral (select case when k.kind is not null then substr(f.stream, length(k.kind) + 2)::uuid else d.archive_id end as archive) o
    on conflict (stream) do update set above = excluded.above, archive_id = excluded.archive_id, number = excluded.number,
      sha512 = excluded.sha512, taken_at = excluded.taken_at`.execute(tx);
  await sql`delete from preservation.loose_segment`.execute(tx);
  await sql`insert into preservation.loose_segment (stream, number, level, rows) select stream, number, level, rows
    from preservation.rebuild_segment where sha512 is not null and not superseded`.execute(tx);
}

/** Whether there is nothing in the database that a rebuild could take away. */
export async function knowsNothing(on: Sql): Promise<boolean> {
  const r = await sql<{ nothing: boolean }>`select not exists (select from preservation.object)
    and not exists (select from preservation.stream) and not exists (select from preservation.unsaved) as nothing`.execute(
    on,
  );
  return r.rows[0]!.nothing;
}

/** Objects that could not be read, as troubles; enough of them to say what is wrong. */
export async function troubledObjects(
  on: Sql,
): Promise<{ code: string; objectId: string | null; message: string }[]> {
  const r = await sql<{ objectId: string | null; message: string }>`select object_id as "objectId",
      'The object at ' || path || ' can not be read: ' || trouble as message
    from preservation.rebuild_object where trouble is not null
      and not exists (select from preservation.rebuild_trouble o where o.object_id = rebuild_object.object_id)
    order by path limit 10000`.execute(on);
  return r.rows.map((t) => ({ code: 'object.unreadable', ...t }));
}

/** Entries said to have an object that the root has not, or that can not be read. */
export async function unitsWithoutObject(
  on: Sql,
): Promise<{ code: string; objectId: string | null; message: string }[]> {
  const r = await sql<{ objectId: string }>`select u.object_id as "objectId" from holdings.unit u
    where u.object_id is not null and not exists (select from preservation.rebuild_object f where f.object_id = u.object_id)
    order by 1 limit 10000`.execute(on);
  return r.rows.map(({ objectId }) => ({
    code: 'object.missing',
    objectId,
    message: `The root has no object ${objectId}, which its entry says holds its content.`,
  }));
}

/** Codes that rows of the table bear under other ids than these. */
export async function otherArchives(
  on: Sql,
  table: string,
  codes: ReadonlyMap<string, string>,
): Promise<string[]> {
  const r = await sql<{ code: string }>`select t.code from ${sql.raw(table)} t
    join unnest(${[...codes.keys()]}::uuid[], ${[...codes.values()]}::text[]) as n (id, code) on n.code = t.code and n.id <> t.id
    order by 1 limit 20`.execute(on);
  return r.rows.map((x) => x.code);
}
