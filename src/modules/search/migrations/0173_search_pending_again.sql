-- What is noted again while it is being indexed has to be indexed once more: who notes it waits for who indexes it.
create function search.note_pending(units uuid[]) returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into search.pending (unit_id) select distinct u from unnest(units) as n (u) order by u
    on conflict (unit_id) do update set since = search.pending.since $$;
revoke execute on function search.note_pending(uuid[]) from public;
grant execute on function search.note_pending(uuid[]) to lantai_app;
drop policy noted on search.pending;
revoke insert on search.pending from lantai_app;
