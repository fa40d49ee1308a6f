-- Finding authorities by name. Text operators are not leakproof, so that under row-level security no index would be used: these
-- functions are the owner's and apply the rule of the policies of authorities.authority themselves.

create or replace function authorities.visible(a authorities.authority, networks uuid[], everything boolean) returns boolean
  language sql immutable parallel safe as $$ select everything or not a.restricted or a.network_id = any (networks) $$;

create or replace function authorities.pairs_in(class text, pairs text[]) returns text[] language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp as $$ select array_agg(left(class, 1) || p) from unnest(pairs) p $$;

-- What somebody who types may mean: names that begin so, then names that hold it, the shorter first. A limit makes the planner hope to
-- find enough by reading on from the beginning, which takes five times as long as the index where a name is held by some hundreds. `classes` empty: all.
create or replace function authorities.suggest(typed text, pairs text[], classes text[], kinds text[], vocabulary uuid, network uuid, most int)
  returns table (authority_id uuid, matched text) language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  everything constant boolean := lantai.sees_all();
  networks constant uuid[] := authorities.networks();
  found_ids uuid[] := '{}';
  one text;
  in_class text[];
  r record;
begin
  foreach one in array classes loop
    for r in select n.authority_id as id, n.name from authorities.name n join authorities.authority a on a.id = n.authority_id
        where n.class = one and n.key >= typed collate "C" and n.key < (typed || U&'\+10FFFF') collate "C"
          and a.merged_into is null and authorities.visible(a, networks, everything)
          and (kinds is null or a.kind = any (kinds)) and (vocabulary is null or a.vocabulary_id = vocabulary)
          and (network is null or a.network_id = network)
        order by n.key limit most * 2 loop
      if not r.id = any (found_ids) and cardinality(found_ids) < most then
        found_ids := found_ids || r.id;
        authority_id := r.id; matched := r.name;
        return next;
      end if;
    end loop;
  end loop;
  if cardinality(found_ids) >= most or pairs is null then return; end if;
  foreach one in array classes loop
  in_class := authorities.pairs_in(one, pairs);
  -- Of names that are held by very many the first two thousand; their records are asked for one by one, until there are enough.
  for r in select x.id, x.name from (
      select n.authority_id as id, n.name, n.key from authorities.name n
      where n.grams @> in_class and strpos(n.key, typed) > 1 limit 2000) x
    order by length(x.key), x.key, x.id loop
    exit when cardinality(found_ids) >= most;
    if not r.id = any (found_ids) and exists (select from authorities.authority a where a.id = r.id and a.merged_into is null
        and authorities.visible(a, networks, everything) and (kinds is null or a.kind = any (kinds))
        and (vocabulary is null or a.vocabulary_id = vocabulary) and (network is null or a.network_id = network)) then
      found_ids := found_ids || r.id;
      authority_id := r.id; matched := r.name;
      return next;
    end if;
  end loop;
  end loop;
end $$;

-- Ids of authorities one of whose names holds a text, or that bear a number, by their authorised form; behind a place of the list.
create or replace function authorities.found(typed text, pairs text[], number text, class text, kinds text[], vocabulary uuid, network uuid,
    after_key text, after_id uuid, most int)
  returns table (authority_id uuid) language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  everything constant boolean := lantai.sees_all();
  networks constant uuid[] := authorities.networks();
  in_class constant text[] := authorities.pairs_in(class, pairs);
begin
  return query select a.id from authorities.authority a
    where a.id in (
        select n.authority_id from authorities.name n where in_class is not null and n.grams @> in_class and strpos(n.key, typed) > 0
        union all
        select n.authority_id from authorities.name n where in_class is null and typed <> '' and n.class = found.class
          and n.key >= typed collate "C" and n.key < (typed || U&'\+10FFFF') collate "C"
        union all
        select x.id from authorities.authority x where number <> '' and x.identifier_keys @> array[number])
      and a.class = found.class and a.merged_into is null and authorities.visible(a, networks, everything)
      and (kinds is null or a.kind = any (kinds)) and (vocabulary is null or a.vocabulary_id = vocabulary)
      and (network is null or a.network_id = network)
      and (after_key is null or (a.key, a.id) > (after_key collate "C", after_id))
    order by a.key, a.id limit most;
end $$;

-- Those of a tree that bear one of some numbers.
create or replace function authorities.bearing(network uuid, class text, numbers text[]) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id from authorities.authority a where a.identifier_keys && numbers and a.network_id = network and a.class = bearing.class
    and a.merged_into is null and authorities.visible(a, authorities.networks(), lantai.sees_all()) $$;

-- Entries linked to an authority, some at a time: what of them the asker sees, the asker's own query decides. So that a page costs
-- as much for who sees few of them.
create or replace function authorities.linked_units(authority uuid, of_role text, after_unit uuid, most int)
  returns table (unit_id uuid, role text) language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.unit_id, l.role from authorities.unit_link l
  where l.authority_id = authority and (of_role is null or l.role = of_role) and (after_unit is null or l.unit_id > after_unit)
  order by l.unit_id, l.role limit most $$;

-- Counts anew what some authorities stand below, and what stands below them.
create or replace function authorities.recount(ids uuid[]) returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  update authorities.authority a set broader = c.broader, narrower = c.narrower from (
    select i.id, (select count(*) from authorities.relation r where r.authority_id = i.id and r.type = 'superior' and r.other_id is not null) as broader,
      (select count(*) from authorities.relation r where r.other_id = i.id and r.type = 'superior') as narrower
    from unnest(ids) as i (id)) c
  where a.id = c.id and (a.broader, a.narrower) is distinct from (c.broader, c.narrower)
    and (lantai.sees_all() or a.network_id = any (authorities.networks())) $$;

revoke execute on function authorities.suggest(text, text[], text[], text[], uuid, uuid, int),
  authorities.found(text, text[], text, text, text[], uuid, uuid, text, uuid, int), authorities.linked_units(uuid, text, uuid, int),
  authorities.recount(uuid[]), authorities.bearing(uuid, text, text[]) from public;
grant execute on function authorities.suggest(text, text[], text[], text[], uuid, uuid, int),
  authorities.found(text, text[], text, text, text[], uuid, uuid, text, uuid, int), authorities.linked_units(uuid, text, uuid, int),
  authorities.recount(uuid[]), authorities.bearing(uuid, text, text[]) to lantai_app;

-- Moving what hangs on a duplicate, and moving it back. The owner's functions: links move also where the one who merges does not see
-- the entry.

-- Moves all over to the record that stays, and writes down how it was; what the other has already falls away.
create or replace function authorities.move_all(merge uuid, out units int, out fonds int, out relations int)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  n int;
  m authorities.merge;
begin
  select * into strict m from authorities.merge x where x.id = merge;
  if not (authorities.keeps(m.duplicate_id) and authorities.keeps(m.stays_id)) then raise insufficient_privilege; end if;
  insert into authorities.merge_moved (merge_id, archive_id, kind, key, was, dropped)
    select m.id, m.archive_id, 'unit', l.unit_id || ' ' || l.role, to_jsonb(l), o.unit_id is not null
    from authorities.unit_link l left join authorities.unit_link o on o.authority_id = m.stays_id and o.unit_id = l.unit_id and o.role = l.role
    where l.authority_id = m.duplicate_id;
  delete from authorities.unit_link l using authorities.unit_link o
    where l.authority_id = m.duplicate_id and o.authority_id = m.stays_id and o.unit_id = l.unit_id and o.role = l.role;
  update authorities.unit_link set authority_id = m.stays_id where authority_id = m.duplicate_id;
  get diagnostics units = row_count;
  insert into authorities.merge_moved (merge_id, archive_id, kind, key, was, dropped)
    select m.id, m.archive_id, 'fonds', l.fonds_id::text, to_jsonb(l), o.fonds_id is not null
    from authorities.fonds_link l left join authorities.fonds_link o on o.authority_id = m.stays_id and o.fonds_id = l.fonds_id
    where l.authority_id = m.duplicate_id;
  delete from authorities.fonds_link l using authorities.fonds_link o
    where l.authority_id = m.duplicate_id and o.authority_id = m.stays_id and o.fonds_id = l.fonds_id;
  update authorities.fonds_link set authority_id = m.stays_id where authority_id = m.duplicate_id;
  get diagnostics fonds = row_count;
  -- What they were to one another, and what both are to a third.
  insert into authorities.merge_moved (merge_id, archive_id, kind, key, was, dropped, twin)
    select m.id, m.archive_id, 'relation', r.id::text, to_jsonb(r), t.between_them or t.twin is not null, t.twin
    from authorities.relation r cross join lateral (
      select (r.authority_id, r.other_id) in ((m.duplicate_id, m.stays_id), (m.stays_id, m.duplicate_id)) as between_them,
        (select o.id from authorities.relation o where r.type = o.type and coalesce(r.date_from, '') = coalesce(o.date_from, '') and (
          r.authority_id = m.duplicate_id and o.authority_id = m.stays_id and r.other_id = o.other_id
          or r.other_id = m.duplicate_id and o.other_id = m.stays_id and r.authority_id = o.authority_id
          or r.type in ('associative', 'family', 'identity') and (
            r.authority_id = m.duplicate_id and o.other_id = m.stays_id and r.other_id = o.authority_id
            or r.other_id = m.duplicate_id and o.authority_id = m.stays_id and r.authority_id = o.other_id)) limit 1) as twin) t
    where r.authority_id = m.duplicate_id or r.other_id = m.duplicate_id;
  delete from authorities.relation r using authorities.merge_moved d
    where d.merge_id = m.id and d.kind = 'relation' and d.dropped and r.id = d.key::uuid;
  update authorities.relation set authority_id = m.stays_id where authority_id = m.duplicate_id;
  get diagnostics relations = row_count;
  update authorities.relation set other_id = m.stays_id where other_id = m.duplicate_id;
  get diagnostics n = row_count;
  relations := relations + n;
end $$;

-- What of a merge's links and relations goes back (`back`), and what was removed since and stays so. A link is the one that moved where
-- it was not made anew since; of what fell away, what stood for it must still be there.
create or replace function authorities.back_from(merge uuid) returns table (kind text, key text, was jsonb, dropped boolean, back boolean)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare m authorities.merge;
begin
  select * into strict m from authorities.merge x where x.id = merge;
  if not (authorities.keeps(m.duplicate_id) and authorities.keeps(m.stays_id)) then raise insufficient_privilege; end if;
  return query
    select d.kind, d.key, d.was, d.dropped, l.unit_id is not null
      from authorities.merge_moved d cross join lateral jsonb_populate_record(null::authorities.unit_link, d.was) w
        left join authorities.unit_link l on l.authority_id = m.stays_id and l.unit_id = w.unit_id and l.role = w.role
          and (d.dropped or (l.at, l.by_name) = (w.at, w.by_name))
      where d.merge_id = m.id and d.kind = 'unit'
    union all
    select d.kind, d.key, d.was, d.dropped, l.fonds_id is not null
      from authorities.merge_moved d cross join lateral jsonb_populate_record(null::authorities.fonds_link, d.was) w
        left join authorities.fonds_link l on l.authority_id = m.stays_id and l.fonds_id = w.fonds_id
          and (d.dropped or (l.at, l.by_name) = (w.at, w.by_name))
      where d.merge_id = m.id and d.kind = 'fonds'
    union all
    select d.kind, d.key, d.was, d.dropped,
        case when d.dropped then (d.twin is null or exists (select from authorities.relation t where t.id = d.twin))
            and not exists (select from authorities.authority a where a.id in (w.authority_id, w.other_id) and a.id <> m.duplicate_id
              and a.merged_into is not null)
            and (select count(*) from authorities.authority a where a.id in (w.authority_id, w.other_id)) = 2
          else exists (select from authorities.relation r where r.id = w.id
            and case when w.authority_id = m.duplicate_id then r.authority_id else r.other_id end = m.stays_id) end
      from authorities.merge_moved d cross join lateral jsonb_populate_record(null::authorities.relation, d.was) w
      where d.merge_id = m.id and d.kind = 'relation';
end $$;

-- Moves back what goes back.
create or replace function authorities.move_back(merge uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  m authorities.merge;
begin
  select * into strict m from authorities.merge x where x.id = merge;
  create temporary table going_back on commit drop as select * from authorities.back_from(merge) b where b.back;
  insert into authorities.unit_link
    select w.* from pg_temp.going_back g cross join lateral jsonb_populate_record(null::authorities.unit_link, g.was) w where g.kind = 'unit'
    on conflict do nothing;
  delete from authorities.unit_link l using pg_temp.going_back g
    where g.kind = 'unit' and not g.dropped and l.authority_id = m.stays_id and l.unit_id = (g.was ->> 'unit_id')::uuid and l.role = g.was ->> 'role';
  -- What fell away in another merge into the same record, since this one's link stood there, stands there now.
  with other as (
    select distinct on (d.key) d.merge_id, d.key, d.was
    from pg_temp.going_back g join authorities.merge_moved d on d.kind = 'unit' and d.key = g.key and d.dropped
      join authorities.merge o on o.id = d.merge_id and o.id <> m.id and o.stays_id = m.stays_id and o.taken_back_at is null
    where g.kind = 'unit' and not g.dropped order by d.key, o.at, o.id),
  noted as (update authorities.merge_moved d set dropped = false from other where d.merge_id = other.merge_id and d.kind = 'unit' and d.key = other.key)
  insert into authorities.unit_link (unit_id, authority_id, role, archive_id, way, by_name, at)
    select w.unit_id, m.stays_id, w.role, w.archive_id, w.way, w.by_name, w.at
    from other cross join lateral jsonb_populate_record(null::authorities.unit_link, other.was) w
    on conflict do nothing;
  insert into authorities.fonds_link
    select w.* from pg_temp.going_back g cross join lateral jsonb_populate_record(null::authorities.fonds_link, g.was) w where g.kind = 'fonds'
    on conflict do nothing;
  delete from authorities.fonds_link l using pg_temp.going_back g
    where g.kind = 'fonds' and not g.dropped and l.authority_id = m.stays_id and l.fonds_id = (g.was ->> 'fonds_id')::uuid;
  with other as (
    select distinct on (d.key) d.merge_id, d.key, d.was
    from pg_temp.going_back g join authorities.merge_moved d on d.kind = 'fonds' and d.key = g.key and d.dropped
      join authorities.merge o on o.id = d.merge_id and o.id <> m.id and o.stays_id = m.stays_id and o.taken_back_at is null
    where g.kind = 'fonds' and not g.dropped order by d.key, o.at, o.id),
  noted as (update authorities.merge_moved d set dropped = false from other where d.merge_id = other.merge_id and d.kind = 'fonds' and d.key = other.key)
  insert into authorities.fonds_link (fonds_id, authority_id, archive_id, by_name, at)
    select w.fonds_id, m.stays_id, w.archive_id, w.by_name, w.at
    from other cross join lateral jsonb_populate_record(null::authorities.fonds_link, other.was) w
    on conflict do nothing;
  update authorities.relation r set
      authority_id = case when g.was ->> 'authority_id' = m.duplicate_id::text then m.duplicate_id else r.authority_id end,
      other_id = case when g.was ->> 'other_id' = m.duplicate_id::text then m.duplicate_id else r.other_id end
    from pg_temp.going_back g where g.kind = 'relation' and not g.dropped and r.id = g.key::uuid;
  insert into authorities.relation
    select w.* from pg_temp.going_back g cross join lateral jsonb_populate_record(null::authorities.relation, g.was) w
    where g.kind = 'relation' and g.dropped
    on conflict do nothing;
  drop table pg_temp.going_back;
end $$;

revoke execute on function authorities.move_all(uuid), authorities.back_from(uuid), authorities.move_back(uuid) from public;
grant execute on function authorities.move_all(uuid), authorities.back_from(uuid), authorities.move_back(uuid) to lantai_app;
