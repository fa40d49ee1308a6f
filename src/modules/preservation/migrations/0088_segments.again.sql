-- The stream of a row, as SQL over its columns.
create or replace function preservation.stream_of(kind text, stream_column text) returns text language sql immutable
  set search_path = pg_catalog, pg_temp as $$
  select case when stream_column = '' then format('%L', kind) when kind = '' then format('%I', stream_column)
    else format('coalesce(%L || %I::text, ''house'')', kind || '-', stream_column) end $$;

-- Noting changed rows. One statement-level trigger for each kind of change, with all its rows at once: a COPY of five
-- thousand entries leaves one note. Arguments: kind of stream, column that names it, columns of the primary key.
create or replace function preservation.note_changes() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  stream constant text := preservation.stream_of(tg_argv[0], tg_argv[1]);
  tbl constant text := tg_table_schema || '.' || tg_table_name;
  keys text;
begin
  if not exists (select from changed) then return null; end if;
  -- What a rebuild brings in stands in the root; it says which rebuild it is, which nobody else can know.
  if current_setting('lantai.rebuild', true) <> '' and current_setting('lantai.rebuild', true) = (select id::text from preservation.rebuild) then
    return null;
  end if;
  if tg_op = 'INSERT' and tg_nargs = 3 and tg_argv[0] <> '' then
    -- Ids made at about one time lie together: from the first to the last is said shorter than each.
    if (select count(*) > 200 from (select from changed limit 201) c) then
      execute format('insert into preservation.unsaved (stream, tbl, first, last, n)
        select %1$s, %2$L, min(%3$I::text collate "C")::uuid, max(%3$I::text collate "C")::uuid, count(*) from changed where %1$s is not null group by 1', stream, tbl, tg_argv[2]);
      return null;
    end if;
  end if;
  select string_agg(format('%I', column_name), ', ' order by i) into keys
    from unnest(tg_argv[2:]) with ordinality as a (column_name, i);
  execute format('insert into preservation.unsaved (stream, tbl, keys, n)
    select stream, %2$L, jsonb_agg(key), count(*) from (
      select %1$s as stream, jsonb_build_array(%3$s) as key, (row_number() over () - 1) / 1000 as part from changed) c where stream is not null group by stream, part',
    stream, tbl, keys);
  return null;
end $$;

-- Has a table come back from the storage root: its changes are noted from now on, and what it holds already is noted once.
-- `preservation.keep('holdings.fonds', 'archive', 'archive_id', 'id')`: the stream is `archive-` and what stands in the
-- column, or the house's where nothing stands there; an empty column: the kind is the whole name; an empty kind: the column is, and nothing there is not kept.
create or replace function preservation.keep(tbl text, kind text, stream_column text, variadic key_columns text[]) returns void
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  name constant text := tbl::regclass::text;
  arguments constant text := (select string_agg(format('%L', a), ', ') from unnest(array[kind, stream_column] || key_columns) a);
begin
  execute format('create or replace trigger kept_insert after insert on %s referencing new table as changed
    for each statement execute function preservation.note_changes(%s)', name, arguments);
  execute format('create or replace trigger kept_update after update on %s referencing new table as changed
    for each statement execute function preservation.note_changes(%s)', name, arguments);
  execute format('create or replace trigger kept_delete after delete on %s referencing old table as changed
    for each statement execute function preservation.note_changes(%s)', name, arguments);
  insert into preservation.kept (tbl) values (name) on conflict do nothing;
  if not found then return; end if;
  perform preservation.note_all(tbl, kind, stream_column, variadic key_columns);
end $$;

-- Notes every row there is.
create or replace function preservation.note_all(tbl text, kind text, stream_column text, variadic key_columns text[]) returns void
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  name constant text := tbl::regclass::text;
  stream constant text := preservation.stream_of(kind, stream_column);
  keys constant text := (select string_agg(format('%I', c), ', ' order by i) from unnest(key_columns) with ordinality as k (c, i));
  uuids constant boolean := cardinality(key_columns) = 1 and exists (select from pg_attribute
    where attrelid = tbl::regclass and attname = key_columns[1] and atttypid = 'uuid'::regtype);
begin
  if uuids then
    execute format('insert into preservation.unsaved (stream, tbl, first, last, n)
      select stream, %2$L, (array_agg(id order by id))[1], (array_agg(id order by id desc))[1], count(*) from (
        select %1$s as stream, %3$I as id, (row_number() over (partition by %1$s order by %3$I) - 1) / 10000 as part from %4$s) r
      group by stream, part order by stream, part', stream, tbl, key_columns[1], name);
  else
    execute format('insert into preservation.unsaved (stream, tbl, keys, n)
      select stream, %2$L, jsonb_agg(key), count(*) from (
        select %1$s as stream, jsonb_build_array(%3$s) as key, (row_number() over () - 1) / 1000 as part from %4$s) r
      where stream is not null group by stream, part', stream, tbl, keys, name);
  end if;
end $$;
revoke execute on function preservation.stream_of(text, text), preservation.note_changes(), preservation.keep(text, text, text, text[]),
  preservation.note_all(text, text, text, text[]) from public;

-- What comes back from the storage root (src/modules/holdings/kept.ts and segments/tables.ts say the same).
select preservation.keep('holdings.archive', 'house', '', 'id');
select preservation.keep('holdings.agency', 'archive', 'archive_id', 'id');
select preservation.keep('holdings.fonds', 'archive', 'archive_id', 'id');
select preservation.keep('holdings.unit', 'fonds', 'fonds_id', 'id');
select preservation.keep('holdings.code_alias', 'archive', 'archive_id', 'archive_id', 'code', 'unit_id');
select preservation.keep('holdings.code_template', 'archive', 'archive_id', 'id');
select preservation.keep('holdings.code_counter', 'archive', 'archive_id', 'archive_id', 'scope');
select preservation.keep('holdings.code_void', 'archive', 'archive_id', 'archive_id', 'code');
select preservation.keep('holdings.access_change', 'archive', 'archive_id', 'id');
select preservation.keep('holdings.access_change_unit', 'archive', 'archive_id', 'change_id', 'unit_id');
select preservation.keep('holdings.access_grant', 'archive', 'archive_id', 'id');
select preservation.keep('access.certificate_counter', 'archive', 'archive_id', 'archive_id', 'year');
select preservation.keep('preservation.event', 'events', 'archive_id', 'id');
select preservation.keep('preservation.stream', '', 'above', 'stream');
