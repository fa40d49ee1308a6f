-- The text of the pages before some pages, for showing what runs over from one to the other; where the asker may look into
-- the unit.
create or replace function search.pages_before(units uuid[], pages int[])
returns table (unit_id uuid, page_no int, confidence real, page_text text) language sql stable security definer
  set search_path = pg_catalog, pg_temp set jit = off as $$
  select g.unit_id, g.page_no, g.confidence, g.text from unnest(units, pages) as p (id, no)
    join search.page g on g.unit_id = p.id and g.page_no = p.no - 1
    join search.entry e on e.unit_id = p.id and e.segment = 0
  where search.content_for(e, (select search.asker('content'))) $$;
revoke execute on function search.pages_before(uuid[], int[]) from public;
grant execute on function search.pages_before(uuid[], int[]) to lantai_app;
