-- Titles the asker may see that have these terms: a sample where there are many of them, so that it is quick whatever the index holds.
create or replace function search.titles_with(words tsquery, most int) returns table (unit_id uuid, title text)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp set jit = off set max_parallel_workers_per_gather = 0 as $titles$
declare
  asker constant search.reach := search.asker('exists');
  limits constant tsquery := search.all_of(words, search.terms_for(asker));
  sampling tsquery;
  asked text := format('select e.unit_id, e.title from search.entry e where e.terms @@ %%L and e.segment = 0 and search.exists_for(e, %L::search.reach) limit %s',
    asker, most);
  found int;
begin
  select case when reltuples > 4e6 then 'ZZ' else 'Z' end into sampling from pg_class where oid = 'search.entry'::regclass;
  return query execute format(asked, search.all_of(limits, sampling));
  get diagnostics found = row_count;
  -- So few in the sample are not many in all.
  if found < 8 then return query execute format(asked, limits); end if;
end
$titles$;
revoke execute on function search.titles_with(tsquery, int) from public;
grant execute on function search.titles_with(tsquery, int) to lantai_app;
