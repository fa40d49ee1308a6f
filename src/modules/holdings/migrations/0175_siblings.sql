-- Counts of what stands under a fonds or an entry, and where in a long row of siblings the nth one is: both kept by triggers, so
-- that no road to an entry goes round them.

-- A long row of siblings (from 2,000 on) in stretches of some hundred: from which order key on, and how many stand in it, up to the
-- next stretch. The nth of a million is found by adding two thousand numbers up and walking some hundred rows, never by skipping
-- over all before it. A change costs one look-up and one row, besides the count of the place, which is locked first: so that two
-- changes of one row of siblings come one after the other.
create table holdings.sibling_mark (
  under_id uuid not null,
  position text collate "C" not null,
  units int not null,
  primary key (under_id, position)
);
-- Read through functions that ask for the reach; the application's role has no part in it.
alter table holdings.sibling_mark enable row level security;

-- Whether a rebuild from the storage root is what writes; it says which rebuild it is, which nobody else can know.
create or replace function holdings.rebuilding() returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select current_setting('lantai.rebuild', true) <> ''
    and current_setting('lantai.rebuild', true) = (select id::text from preservation.rebuild) $$;

-- Cuts a stretch into ones of about 500. Siblings of one order key stay together.
create function holdings.cut_siblings(place uuid, start text) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  finish text;
begin
  select min(m.position) into finish from holdings.sibling_mark m where m.under_id = place and m.position > start;
  delete from holdings.sibling_mark m where m.under_id = place and m.position = start;
  insert into holdings.sibling_mark (under_id, position, units)
    select place, case when row_number() over (order by c.mark) = 1 then start else c.mark end, c.n from (
      select b.mark, count(*)::int as n from (
        select max(case when a.nth % 500 = 0 then a.position end) over (order by a.position) as mark from (
          select u.position, row_number() over (order by u.position) - 1 as nth from holdings.unit u
          where u.under_id = place and u.position >= start and (finish is null or u.position < finish)) a) b
      group by b.mark) c;
end $$;

-- Marks the siblings of a place anew; a short row needs no marks.
create function holdings.mark_siblings(place uuid) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from holdings.sibling_mark m where m.under_id = place;
  perform holdings.cut_siblings(place, '');
end $$;

-- Entries came under places or left them: at these order keys, so many each.
create function holdings.siblings_changed(places uuid[], positions text[], counts int[]) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  touched uuid[] := array(select distinct p from unnest(places) as t (p) order by p);
  mark record;
begin
  -- In the order of ids, so that nobody waits for one who waits for him.
  perform from holdings.fonds f where f.id = any (touched) order by f.id for no key update;
  perform from holdings.unit u where u.id = any (touched) order by u.id for no key update;
  update holdings.fonds f set child_count = f.child_count + c.n
    from (select p as id, sum(n)::int as n from unnest(places, counts) as t (p, n) group by p having sum(n) <> 0) c where f.id = c.id;
  update holdings.unit u set child_count = u.child_count + c.n
    from (select p as id, sum(n)::int as n from unnest(places, counts) as t (p, n) group by p having sum(n) <> 0) c where u.id = c.id;
  for mark in
    select id from (select f.id, f.child_count from holdings.fonds f where f.id = any (touched)
      union all select u.id, u.child_count from holdings.unit u where u.id = any (touched)) p
    where p.child_count > 2000 and not exists (select from holdings.sibling_mark m where m.under_id = p.id)
  loop
    perform holdings.mark_siblings(mark.id);
    touched := array_remove(touched, mark.id);
  end loop;
  if not exists (select from holdings.sibling_mark m where m.under_id = any (touched)) then return; end if;
  update holdings.sibling_mark m set units = m.units + d.n
    from (
      select t.p as under_id, (select k.position from holdings.sibling_mark k where k.under_id = t.p and k.position <= t.k
          order by k.position desc limit 1) as position, sum(t.n)::int as n
      from unnest(places, positions, counts) as t (p, k, n) where t.p = any (touched) group by 1, 2 having sum(t.n) <> 0) d
    where m.under_id = d.under_id and m.position = d.position;
  delete from holdings.sibling_mark m where m.under_id = any (touched) and m.units <= 0 and m.position <> '';
  for mark in select m.under_id, m.position from holdings.sibling_mark m where m.under_id = any (touched) and m.units > 1000
  loop
    perform holdings.cut_siblings(mark.under_id, mark.position);
  end loop;
end $$;

create function holdings.note_siblings() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  places uuid[];
  positions text[];
  counts int[];
begin
  -- A rebuild from the storage root counts all at its end.
  if holdings.rebuilding() then return null; end if;
  if tg_op = 'INSERT' then
    select array_agg(n.under_id), array_agg(n.position), array_agg(1) into places, positions, counts from after n;
  elsif tg_op = 'DELETE' then
    select array_agg(o.under_id), array_agg(o.position), array_agg(-1) into places, positions, counts from before o;
  else
    select array_agg(m.under_id), array_agg(m.position), array_agg(m.n) into places, positions, counts from (
      select s.* from after n join before o on o.id = n.id cross join lateral (
        values (n.under_id, n.position, 1), (o.under_id, o.position, -1)) as s (under_id, position, n)
      where (o.under_id, o.position) is distinct from (n.under_id, n.position)) m;
  end if;
  if places is not null then perform holdings.siblings_changed(places, positions, counts); end if;
  return null;
end $$;
create trigger siblings_inserted after insert on holdings.unit referencing new table as after
  for each statement execute function holdings.note_siblings();
create trigger siblings_deleted after delete on holdings.unit referencing old table as before
  for each statement execute function holdings.note_siblings();
create trigger siblings_updated after update on holdings.unit referencing old table as before new table as after
  for each statement execute function holdings.note_siblings();

create function holdings.siblings_emptied() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from holdings.sibling_mark;
  return null;
end $$;
create trigger siblings_emptied after truncate on holdings.unit for each statement execute function holdings.siblings_emptied();

-- Whether everything below a fonds or an entry exists for the asker: then places in the row are told by number.
create function holdings.all_below(place uuid) returns boolean language sql stable security definer
  set search_path = pg_catalog, pg_temp as $$
  select coalesce((select lantai.sees_all() or p.archive_id = any (lantai.scope_archives())
      or p.fonds_id::text = any (lantai.reach('exists', 'parts')) or p.fonds_id = any (lantai.reach('exists', 'fonds')::uuid[])
    from (select u.archive_id, u.fonds_id from holdings.unit u where u.id = place
      union all select f.archive_id, f.id from holdings.fonds f where f.id = place) p), false) $$;

-- The nth of the siblings below a place, from 0; for whom all of them exist.
create function holdings.nth_below(place uuid, n int) returns table (place_key text, id uuid) language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  start text := '';
  passed bigint := 0;
begin
  if not holdings.all_below(place) then return; end if;
  select m.position, m.passed into start, passed from (
    select k.position, sum(k.units) over (order by k.position) - k.units as passed from holdings.sibling_mark k where k.under_id = place) m
    where m.passed <= n order by m.position desc limit 1;
  return query select u.position, u.id from holdings.unit u where u.under_id = place and u.position >= coalesce(start, '')
    order by u.position, u.id offset greatest(n - coalesce(passed, 0), 0) limit 1;
end $$;

-- How many siblings stand before an entry; null where not all exist for the asker.
create function holdings.index_below(entry uuid) returns bigint language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  e record;
  start text;
  passed bigint;
begin
  select u.under_id, u.position, u.id into e from holdings.unit u where u.id = entry;
  if e.id is null or not holdings.all_below(e.under_id) then return null; end if;
  select max(m.position) into start from holdings.sibling_mark m where m.under_id = e.under_id and m.position <= e.position;
  select coalesce(sum(m.units), 0) into passed from holdings.sibling_mark m where m.under_id = e.under_id and m.position < start;
  return passed + (select count(*) from holdings.unit u where u.under_id = e.under_id and u.position >= coalesce(start, '')
    and (u.position, u.id) < (e.position, e.id));
end $$;

revoke execute on function holdings.cut_siblings(uuid, text), holdings.mark_siblings(uuid), holdings.siblings_changed(uuid[], text[], int[]),
  holdings.note_siblings(), holdings.siblings_emptied(), holdings.all_below(uuid), holdings.nth_below(uuid, int), holdings.index_below(uuid) from public;
grant execute on function holdings.all_below(uuid), holdings.nth_below(uuid, int), holdings.index_below(uuid) to lantai_app;

-- The count had to be told by whoever made or moved an entry.
drop function holdings.count_under(uuid, int);

select holdings.mark_siblings(id) from holdings.fonds where child_count > 2000;
select holdings.mark_siblings(id) from holdings.unit where child_count > 2000;
