-- Entries whose titles go on as one begins, for who has only a part of a place: some of each way they go on, by index over all that lie
-- between, so that it costs as much for ten as for ten million. Which of them exist for the asker the asker's own query decides; the
-- categories only say where to look, and of a way no more than 200 entries are looked at.
create or replace function holdings.titles_ahead(archive uuid, fonds uuid, prefixes text[], categories text[], further int, ways int)
  returns table (way int, unit_id uuid) language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set enable_seqscan = off set enable_bitmapscan = off as $$
declare
  last_char constant text := U&'\+10FFFF';
  prefix text;
  at text;
  found_title text;
begin
  way := 0;
  foreach prefix in array prefixes loop
    at := prefix;
    for i in 1 .. ways loop
      if fonds is not null then
        select u.title into found_title from holdings.unit u where u.fonds_id = fonds and u.title collate "C" >= at collate "C"
          and u.title collate "C" < (prefix || last_char) collate "C" order by u.title collate "C" limit 1;
      else
        select u.title into found_title from holdings.unit u where u.archive_id = archive and u.title collate "C" >= at collate "C"
          and u.title collate "C" < (prefix || last_char) collate "C" order by u.title collate "C" limit 1;
      end if;
      exit when found_title is null;
      at := left(found_title, char_length(prefix) + further) || last_char;
      way := way + 1;
      return query select way, x.id from (
          select u.id, u.category from holdings.unit u where fonds is not null and u.fonds_id = fonds
            and u.title collate "C" >= found_title collate "C" and u.title collate "C" < at collate "C" order by u.title collate "C" limit 200) x
        where categories is null or x.category = any (categories) limit 8;
      return query select way, x.id from (
          select u.id, u.category from holdings.unit u where fonds is null and u.archive_id = archive
            and u.title collate "C" >= found_title collate "C" and u.title collate "C" < at collate "C" order by u.title collate "C" limit 200) x
        where categories is null or x.category = any (categories) limit 8;
    end loop;
  end loop;
end $$;
revoke execute on function holdings.titles_ahead(uuid, uuid, text[], text[], int, int) from public;
grant execute on function holdings.titles_ahead(uuid, uuid, text[], text[], int, int) to lantai_app;
