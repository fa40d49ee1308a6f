-- Where no indexed column of an entry changes, PostgreSQL writes its new state beside the old one and no line in any of its indexes,
-- of which entries have near twenty: many entries are changed in half the time. Two columns stood in the way, as nearly every change
-- touches them: when an entry was changed, and its description, of which one element is found by.

-- Room for that on each page.
alter table holdings.unit set (fillfactor = 90);

-- The names it has in other systems.
drop index holdings.unit_identifiers;
alter table holdings.unit add column identifiers text[]
  generated always as (string_to_array(description ->> 'identifiers', E'\n')) stored;
create index unit_identifiers on holdings.unit using gin (identifiers) with (fastupdate = off) where identifiers is not null;

-- When entries were changed last, a line each: tables are walked in this order. Kept by triggers, so that no road goes round it.
drop index holdings.unit_changed;
create table holdings.unit_changed_at (
  archive_id uuid not null,
  at timestamptz not null,
  unit_id uuid not null,
  primary key (archive_id, at, unit_id)
);
insert into holdings.unit_changed_at (archive_id, at, unit_id) select archive_id, updated_at, id from holdings.unit;

-- The lines are found one by one, by their key: joined as wholes with what was changed, the planner took ways that cost a hundredfold.
create function holdings.note_changed_at() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan as $$
declare
  ids uuid[];
  archives uuid[];
  times timestamptz[];
  new_archives uuid[];
  new_times timestamptz[];
begin
  if tg_op = 'INSERT' then
    insert into holdings.unit_changed_at (archive_id, at, unit_id) select archive_id, updated_at, id from after;
  elsif tg_op = 'DELETE' then
    select array_agg(o.id), array_agg(o.archive_id), array_agg(o.updated_at) into ids, archives, times from before o;
    delete from holdings.unit_changed_at t using unnest(ids, archives, times) as c (id, archive, at)
      where t.archive_id = c.archive and t.at = c.at and t.unit_id = c.id;
  elsif tg_op = 'UPDATE' then
    select array_agg(o.id), array_agg(o.archive_id), array_agg(o.updated_at), array_agg(n.archive_id), array_agg(n.updated_at)
      into ids, archives, times, new_archives, new_times from before o join after n on n.id = o.id
      where (o.archive_id, o.updated_at) is distinct from (n.archive_id, n.updated_at);
    update holdings.unit_changed_at t set archive_id = c.new_archive, at = c.new_at
      from unnest(ids, archives, times, new_archives, new_times) as c (id, archive, at, new_archive, new_at)
      where t.archive_id = c.archive and t.at = c.at and t.unit_id = c.id;
  else
    delete from holdings.unit_changed_at;
  end if;
  return null;
end $$;
create trigger changed_at_inserted after insert on holdings.unit referencing new table as after
  for each statement execute function holdings.note_changed_at();
create trigger changed_at_deleted after delete on holdings.unit referencing old table as before
  for each statement execute function holdings.note_changed_at();
create trigger changed_at_updated after update on holdings.unit referencing old table as before new table as after
  for each statement execute function holdings.note_changed_at();
create trigger changed_at_emptied after truncate on holdings.unit for each statement execute function holdings.note_changed_at();
revoke execute on function holdings.note_changed_at() from public;

-- Only ever read together with the entry itself, whose own policies decide.
alter table holdings.unit_changed_at enable row level security;
create policy of_place on holdings.unit_changed_at for select to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[])
    or archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]));
grant select on holdings.unit_changed_at to lantai_app;
