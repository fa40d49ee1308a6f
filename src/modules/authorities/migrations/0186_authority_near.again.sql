-- Names nearly as they are written. An owner's function, as in 0151.

-- Names that begin and end as one of some patterns says, and are nearly as long: of four patterns, whatever one slip there is, one has
-- none of it. What beginning and end are made of is found by the index; the nearer ones are told apart by who asks.
create or replace function authorities.near(starts text[], ends text[], class text, shortest int, longest int, network uuid)
  returns table (authority_id uuid, matched text) language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  everything constant boolean := lantai.sees_all();
  networks constant uuid[] := authorities.networks();
begin
  for i in 1 .. cardinality(starts) loop
    return query select n.authority_id, n.name from (
        select x.authority_id, x.name from authorities.name x
        where x.class = near.class and x.grams @> authorities.grams(near.class, starts[i]) and x.grams @> authorities.grams(near.class, ends[i])
          and starts_with(x.key, starts[i]) and right(x.key, length(ends[i])) = ends[i] and length(x.key) between shortest and longest limit 100) n
      join authorities.authority a on a.id = n.authority_id
      where a.merged_into is null and authorities.visible(a, networks, everything) and a.network_id = network;
  end loop;
end $$;

revoke execute on function authorities.near(text[], text[], text, int, int, uuid) from public;
grant execute on function authorities.near(text[], text[], text, int, int, uuid) to lantai_app;
