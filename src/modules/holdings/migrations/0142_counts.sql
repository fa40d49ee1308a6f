-- How many entries there are, by what people count by, kept with every change. Changes lie beside until they are drawn together, so
-- that nobody waits for another's count.
create table holdings.unit_count (
  archive_id uuid not null,
  fonds_id uuid not null,
  level text not null,
  category text,
  year int,
  retention text,
  access_status text not null,
  units bigint not null,
  -- Of paper, as described.
  pages bigint not null,
  -- Digital pages, and entries that have some.
  digital_pages bigint not null,
  digital_units bigint not null
);
create unique index unit_count_key on holdings.unit_count (fonds_id, level, category, year, retention, access_status) nulls not distinct;
create index unit_count_archive on holdings.unit_count (archive_id);
create table holdings.unit_count_change (
  id bigint generated always as identity primary key,
  like holdings.unit_count
);
create index unit_count_change_archive on holdings.unit_count_change (archive_id);

create view holdings.counted with (security_invoker) as
  select archive_id, fonds_id, level, category, year, retention, access_status, units, pages, digital_pages, digital_units
    from holdings.unit_count
  union all
  select archive_id, fonds_id, level, category, year, retention, access_status, units, pages, digital_pages, digital_units
    from holdings.unit_count_change;

create function holdings.count_inserted() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into holdings.unit_count_change (archive_id, fonds_id, level, category, year, retention, access_status, units, pages, digital_pages, digital_units)
    select archive_id, fonds_id, level, category, year, retention, access_status, count(*), coalesce(sum(pages), 0), sum(page_count),
      count(*) filter (where page_count > 0)
    from after group by 1, 2, 3, 4, 5, 6, 7;
  return null;
end $$;
create function holdings.count_deleted() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into holdings.unit_count_change (archive_id, fonds_id, level, category, year, retention, access_status, units, pages, digital_pages, digital_units)
    select archive_id, fonds_id, level, category, year, retention, access_status, -count(*), -coalesce(sum(pages), 0), -sum(page_count),
      -count(*) filter (where page_count > 0)
    from before group by 1, 2, 3, 4, 5, 6, 7;
  return null;
end $$;
create function holdings.count_updated() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into holdings.unit_count_change (archive_id, fonds_id, level, category, year, retention, access_status, units, pages, digital_pages, digital_units)
    select archive_id, fonds_id, level, category, year, retention, access_status, sum(n), sum(n * coalesce(pages, 0)), sum(n * page_count),
      coalesce(sum(n) filter (where page_count > 0), 0)
    from (
      select archive_id, fonds_id, level, category, year, retention, access_status, pages, page_count, 1 as n from after
      union all
      select archive_id, fonds_id, level, category, year, retention, access_status, pages, page_count, -1 from before) both_states
    group by 1, 2, 3, 4, 5, 6, 7
    having sum(n) <> 0 or sum(n * coalesce(pages, 0)) <> 0 or sum(n * page_count) <> 0
      or coalesce(sum(n) filter (where page_count > 0), 0) <> 0;
  return null;
end $$;
create function holdings.count_emptied() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from holdings.unit_count;
  delete from holdings.unit_count_change;
  return null;
end $$;
create trigger count_inserted after insert on holdings.unit referencing new table as after
  for each statement execute function holdings.count_inserted();
create trigger count_deleted after delete on holdings.unit referencing old table as before
  for each statement execute function holdings.count_deleted();
create trigger count_updated after update on holdings.unit referencing old table as before new table as after
  for each statement execute function holdings.count_updated();
create trigger count_emptied after truncate on holdings.unit for each statement execute function holdings.count_emptied();
revoke execute on function holdings.count_inserted(), holdings.count_deleted(), holdings.count_updated(), holdings.count_emptied() from public;

-- Seen by who has the entries counted.
do $$
declare t text;
begin
  foreach t in array array['unit_count', 'unit_count_change'] loop
    execute format('alter table holdings.%I enable row level security', t);
    execute format($p$create policy scope on holdings.%I for select to lantai_app
      using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))$p$, t);
    execute format($p$create policy by_part on holdings.%I for select to lantai_app
      using (cardinality((select lantai.reach('exists', 'parts'))) > 0
        and holdings.parts_of(archive_id, fonds_id, category) && (select lantai.reach('exists', 'parts')))$p$, t);
    execute format('grant select on holdings.%I to lantai_app', t);
  end loop;
end $$;
grant select on holdings.counted to lantai_app;

insert into holdings.unit_count
  select archive_id, fonds_id, level, category, year, retention, access_status, count(*), coalesce(sum(pages), 0), sum(page_count),
    count(*) filter (where page_count > 0)
  from holdings.unit group by 1, 2, 3, 4, 5, 6, 7;
