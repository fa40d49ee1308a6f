-- Posts for a part of an archive: some categories, the fonds of an agency, or both. What such a post reads it may also hold by
-- row-level security when it writes; what it may write, the commands decide by the rule (src/kernel/visibility).

-- The parts an entry belongs to, as `lantai.reach` lists them.
create function holdings.parts_of(archive uuid, fonds uuid, category text) returns text[] language sql immutable parallel safe as
  $$ select array[archive::text || '/' || category, fonds::text, fonds::text || '/' || category] $$;

drop policy by_category on holdings.unit;
create policy by_part on holdings.unit to lantai_app
  using (cardinality((select lantai.reach('exists', 'parts'))) > 0
    and holdings.parts_of(archive_id, fonds_id, category) && (select lantai.reach('exists', 'parts')))
  with check (holdings.parts_of(archive_id, fonds_id, category) && (select lantai.reach('exists', 'parts')));

create or replace function holdings.content_in_reach(unit uuid) returns boolean language sql stable parallel safe as $$
  select exists (select 1 from holdings.unit u where u.id = unit and (
    (select lantai.sees_all())
    or ((u.archive_id = any ((select lantai.reach('content', 'archives'))::uuid[])
          or holdings.parts_of(u.archive_id, u.fonds_id, u.category) && (select lantai.reach('content', 'parts')))
        and (u.embargo_until is null or u.embargo_until <= (select lantai.today())
          or u.archive_id = any ((select lantai.reach('content', 'embargoArchives'))::uuid[])
          or holdings.parts_of(u.archive_id, u.fonds_id, u.category) && (select lantai.reach('content', 'embargoParts'))))
    or ((u.access_status = 'open' and u.classification = 'public' and (u.opens_on is null or u.opens_on <= (select lantai.today()))
          or u.id = any ((select lantai.reach('content', 'units'))::uuid[])
          or u.fonds_id = any ((select lantai.reach('content', 'fonds'))::uuid[]))
        and (u.embargo_until is null or u.embargo_until <= (select lantai.today())))))
$$;

-- Whether an entry is in a part the asker has a post for; what is open or seen by leave is not.
create function holdings.in_part(unit uuid) returns boolean language sql stable parallel safe as $$
  select exists (select 1 from holdings.unit u where u.id = unit
    and holdings.parts_of(u.archive_id, u.fonds_id, u.category) && (select lantai.reach('exists', 'parts'))) $$;

-- Whether all entries of a proposal are; also of those that do not exist for the asker, so as the owner.
create function holdings.change_in_part(change uuid) returns boolean language sql stable security definer
  set search_path = pg_catalog, pg_temp as $$
  select coalesce((select bool_and(holdings.parts_of(u.archive_id, u.fonds_id, u.category) && (select lantai.reach('exists', 'parts')))
    from holdings.access_change_unit c join holdings.unit u on u.id = c.unit_id where c.change_id = change), false) $$;

-- What belongs to entries. The first condition spares everybody else a look at the entry.
create policy by_part on holdings.access_grant to lantai_app
  using (cardinality((select lantai.reach('exists', 'parts'))) > 0 and unit_id is not null and holdings.in_part(unit_id))
  with check (unit_id is not null and holdings.in_part(unit_id));
create policy by_part on holdings.code_alias to lantai_app
  using (cardinality((select lantai.reach('exists', 'parts'))) > 0 and holdings.in_part(unit_id))
  with check (holdings.in_part(unit_id));
create policy by_part on holdings.access_change_unit to lantai_app
  using (cardinality((select lantai.reach('exists', 'parts'))) > 0 and holdings.in_part(unit_id))
  with check (holdings.in_part(unit_id));
create policy by_part on holdings.access_change to lantai_app
  using (cardinality((select lantai.reach('exists', 'parts'))) > 0 and holdings.change_in_part(id))
  with check (archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]));

-- Numbers belong to no part: whoever numbers in an archive has its templates, counters and void numbers.
do $$
declare t text;
begin
  foreach t in array array['code_template', 'code_counter', 'code_void'] loop
    execute format($p$create policy of_place on holdings.%I to lantai_app
      using (archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]))
      with check (archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]))$p$, t);
  end loop;
end $$;

-- Whether somebody works in an archive, in all of it or in a part.
create function holdings.works_in(archive uuid) returns boolean language sql stable parallel safe as $$
  select lantai.sees_all() or archive = any (lantai.scope_archives())
    or archive = any (lantai.reach('exists', 'places')::uuid[]) $$;

-- The entry that bears one of these codes, now or formerly, whether or not it exists for the asker: codes are given once.
create function holdings.bearer_of(archive uuid, codes text[]) returns uuid language sql stable security definer
  set search_path = pg_catalog, pg_temp as $$
  select id from (
    select u.id from holdings.unit u where u.archive_id = archive and u.reference_code = any (codes)
    union all
    select a.unit_id from holdings.code_alias a where a.archive_id = archive and a.code = any (codes)) b
  where holdings.works_in(archive) limit 1 $$;

-- Entries are counted on what they stand directly under, a fonds or an entry, also by those who may not change that.
create function holdings.count_under(place uuid, n int) returns void language sql security definer
  set search_path = pg_catalog, pg_temp as $$
  update holdings.fonds set child_count = child_count + n where id = place and holdings.works_in(archive_id);
  update holdings.unit set child_count = child_count + n where id = place and holdings.works_in(archive_id) $$;

revoke execute on function holdings.bearer_of(uuid, text[]), holdings.count_under(uuid, int), holdings.change_in_part(uuid) from public;
grant execute on function holdings.bearer_of(uuid, text[]), holdings.count_under(uuid, int), holdings.change_in_part(uuid) to lantai_app;
