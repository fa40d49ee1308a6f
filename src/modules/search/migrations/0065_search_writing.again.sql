-- Writing the index in the transaction of a change. The application's role has no rights on the tables: it writes through
-- these, which take entries of things in its reach alone. What is written in bulk is written by the owner.

-- Whether the asker may write what belongs to this archive, fonds and category: as row-level security has it for units.
create or replace function search.writable(archive uuid, fonds_no text, category text, asker search.reach) returns boolean
  language sql immutable parallel safe as $$
  select asker.sees_all or archive = any (asker.archives)
    or coalesce(array[archive::text || '/' || category, archive::text || '|' || fonds_no,
      archive::text || '|' || fonds_no || '/' || category] && asker.categories, false) $$;

-- All columns of some entries: what the index had of them before is replaced. Each column is one text of values that are
-- parted by U+001F, with U+001E for null and one part too many (store/columns.ts).
create or replace function search.put_entries(names text[], cells text[]) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $put$
declare
  asker constant search.reach := search.asker('exists');
  columns text;
  typed text;
  given text;
  changes text;
  refused bigint;
begin
  select string_agg(format('%I', name), ', ' order by i),
      string_agg(format('%I::%s', name, format_type(a.atttypid, a.atttypmod)), ', ' order by i),
      string_agg(format('string_to_table($1[%s], E''\x1f'', E''\x1e'')', i), ', ' order by i),
      string_agg(format('%I = excluded.%1$I', name), ', ' order by i) filter (where name not in ('unit_id', 'segment'))
    into strict columns, typed, given, changes
    from unnest(names) with ordinality as n (name, i)
    join pg_attribute a on a.attrelid = 'search.entry'::regclass and a.attname = name and a.attnum > 0;
  execute format($q$
    with entry as materialized (select %2$s from rows from (%3$s) as r (%1$s) where r.%5$I <> ''),
      put as (
        insert into search.entry as old (%1$s) select * from entry e where search.writable(e.archive_id, e.fonds_no, e.category, $2)
        on conflict (unit_id, segment) do update set %4$s where search.writable(old.archive_id, old.fonds_no, old.category, $2) returning 1)
    select (select count(*) from entry) - (select count(*) from put)$q$, columns, typed, given, changes, names[1])
    into refused using cells, asker;
  if refused > 0 then
    raise exception 'entries of the index beyond the reach of this transaction' using errcode = '42501';
  end if;
end
$put$;

-- Status and days in the rows, and the status in the terms: X stands for what is open, or will be on its day. That the day has
-- come the rule asks of the row. No status, no embargo ('set' or 'lifted'): it stays as it is.
create or replace function search.set_access(units uuid[], status text, opening date, embargo text, embargo_end date) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare asker constant search.reach := search.asker('exists');
begin
  if exists (select from search.entry e where e.unit_id = any (units)
      and not search.writable(e.archive_id, e.fonds_no, e.category, asker)) then
    raise exception 'entries of the index beyond the reach of this transaction' using errcode = '42501';
  end if;
  with wanted as (
    select unit_id, segment, coalesce(status, access_status) as access_status,
      case when status is null then opens_on else opening end as opens_on,
      case when embargo is null then embargo_until else embargo_end end as embargo_until
    from search.entry where unit_id = any (units))
  update search.entry e set access_status = w.access_status, opens_on = w.opens_on, embargo_until = w.embargo_until,
    terms = case when e.access_status = w.access_status then e.terms else
      ts_delete(e.terms, array['Sunreviewed', 'Sopen', 'Srestricted', 'Sdelayed', 'X'])
      || case when w.access_status = 'open' and e.classification = 'public' then array_to_tsvector(array['Sopen', 'X'])
         else array_to_tsvector(array['S' || w.access_status]) end end
  from wanted w where e.unit_id = w.unit_id and e.segment = w.segment
    and (e.access_status, e.opens_on, e.embargo_until) is distinct from (w.access_status, w.opens_on, w.embargo_until);
end
$$;

-- The names of fonds as hits show them: [{archive, number, name}, …].
create or replace function search.put_fonds(labels jsonb) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare asker constant search.reach := search.asker('exists');
begin
  if exists (select from jsonb_to_recordset(labels) as f (archive uuid, number text) where not search.writable(f.archive, f.number, null, asker)) then
    raise exception 'fonds beyond the reach of this transaction' using errcode = '42501';
  end if;
  insert into search.fonds (archive_id, number, name)
    select archive, number, name from jsonb_to_recordset(labels) as f (archive uuid, number text, name text)
    on conflict (archive_id, number) do update set name = excluded.name;
end
$$;

-- Of the given units those that have pages.
create or replace function search.with_pages(units uuid[]) returns setof uuid language sql stable security definer
  set search_path = pg_catalog, pg_temp as $$
  select e.unit_id from search.entry e where e.unit_id = any (units) and e.segment = 0
    and search.writable(e.archive_id, e.fonds_no, e.category, (select search.asker('exists')))
    and exists (select from search.page p where p.unit_id = e.unit_id) $$;

-- What the segments of a unit's pages are made from: its description, and which segments there are to be.
create or replace function search.described(unit uuid, per_segment int) returns table (folded text, filters text[], segments int[])
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.folded, array(select lexeme from unnest(e.terms) where lexeme ~ '^[A-JL-Z]'),
    array(select distinct (p.page_no - 1) / per_segment + 1 from search.page p where p.unit_id = unit)
  from search.entry e where e.unit_id = unit and e.segment = 0
    and search.writable(e.archive_id, e.fonds_no, e.category, (select search.asker('exists'))) $$;

-- The words of some pages. Who corrects a description need not have leave to look into the pages, and yet their entries are
-- made anew with it.
create or replace function search.folded_pages(unit uuid, first int, last int) returns setof text
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.folded from search.entry e join search.page p on p.unit_id = e.unit_id and p.page_no between first and last
  where e.unit_id = unit and e.segment = 0
    and search.writable(e.archive_id, e.fonds_no, e.category, (select search.asker('exists'))) $$;

-- The entry of some pages, beside the description of their unit.
create or replace function search.put_segment(unit uuid, nth int, words tsvector) returns void language sql security definer
  set search_path = pg_catalog, pg_temp as $$
  insert into search.entry (unit_id, segment, terms, archive_id, year, date_key, title_length, chance, level, fonds_no, category,
      retention, access_status, classification, date_text, reference_code, sort_key, title, folded, opens_on, embargo_until)
    select unit_id, nth, words, archive_id, year, date_key, title_length, chance, level, fonds_no, category,
      retention, access_status, classification, date_text, reference_code, sort_key, title, folded, opens_on, embargo_until
    from search.entry e where e.unit_id = unit and e.segment = 0 and nth > 0
      and search.writable(e.archive_id, e.fonds_no, e.category, (select search.asker('exists')))
    on conflict (unit_id, segment) do update set (terms, archive_id, year, date_key, title_length, chance, level, fonds_no, category,
      retention, access_status, classification, date_text, reference_code, sort_key, title, folded, opens_on, embargo_until)
      = row (excluded.terms, excluded.archive_id, excluded.year, excluded.date_key, excluded.title_length, excluded.chance,
        excluded.level, excluded.fonds_no, excluded.category, excluded.retention, excluded.access_status, excluded.classification,
        excluded.date_text, excluded.reference_code, excluded.sort_key, excluded.title, excluded.folded, excluded.opens_on,
        excluded.embargo_until) $$;

-- Segments whose pages are gone.
create or replace function search.drop_segments(unit uuid, keep int[]) returns void language sql security definer
  set search_path = pg_catalog, pg_temp as $$
  delete from search.entry s using search.entry e
  where s.unit_id = unit and s.segment > 0 and not (s.segment = any (keep)) and e.unit_id = unit and e.segment = 0
    and search.writable(e.archive_id, e.fonds_no, e.category, (select search.asker('exists'))) $$;

revoke execute on function search.put_entries(text[], text[]), search.set_access(uuid[], text, date, text, date), search.put_fonds(jsonb),
  search.with_pages(uuid[]), search.described(uuid, int), search.folded_pages(uuid, int, int),
  search.put_segment(uuid, int, tsvector), search.drop_segments(uuid, int[]) from public;
grant execute on function search.put_entries(text[], text[]), search.set_access(uuid[], text, date, text, date), search.put_fonds(jsonb),
  search.with_pages(uuid[]), search.described(uuid, int), search.folded_pages(uuid, int, int),
  search.put_segment(uuid, int, tsvector), search.drop_segments(uuid, int[]) to lantai_app;
