-- Whoever enters objects, by whatever statement: each is wanted by every store that takes more, and what lies in the main
-- one is there as of now. A new version leaves the copies elsewhere behind.
create or replace function preservation.objects_entered() returns trigger
  language plpgsql security definer set search_path = preservation, pg_temp as $$
begin
  -- A store is added only when nobody is entering objects, so that each object is planned by its writer or by the planner.
  perform pg_advisory_xact_lock_shared(hashtextextended('preservation.stores', 0));
  insert into copy (object_id, store_id, archive_id, head, inventory_digest, bytes, condition, copied_at, checked_at)
  select o.object_id, s.id, o.archive_id, case when s.is_main then o.head end, case when s.is_main then o.inventory_digest end,
    o.bytes, case when s.is_main then 'sound' else 'wanted' end, case when s.is_main then o.changed_at end,
    case when s.is_main and o.inventory_digest is not null then o.changed_at end
  from entered o cross join store s where s.state = 'active'
  on conflict do nothing;
  insert into growth select date_trunc('month', changed_at)::date, archive_id, count(*), sum(files), sum(bytes)
  from entered group by 1, 2;
  return null;
end $$;

create or replace function preservation.objects_changed() returns trigger
  language plpgsql security definer set search_path = preservation, pg_temp as $$
begin
  -- An object first met by verifying it gets its digest: nothing changed in it.
  update copy c set head = a.head, inventory_digest = a.inventory_digest, bytes = a.bytes,
    copied_at = case when b.inventory_digest is null then c.copied_at else a.changed_at end
  from after_change a join before_change b using (object_id), store s
  where c.object_id = a.object_id and c.store_id = s.id and s.is_main
    and a.inventory_digest is distinct from b.inventory_digest;
  update copy c set condition = 'behind'
  from after_change a join before_change b using (object_id), store s
  where c.object_id = a.object_id and c.store_id = s.id and not s.is_main and c.condition = 'sound'
    and a.inventory_digest is distinct from c.inventory_digest;
  insert into growth select date_trunc('month', a.changed_at)::date, a.archive_id, 0, sum(a.files - b.files), sum(a.bytes - b.bytes)
  from after_change a join before_change b using (object_id) where a.files <> b.files or a.bytes <> b.bytes group by 1, 2;
  return null;
end $$;

create or replace function preservation.objects_gone() returns trigger
  language plpgsql security definer set search_path = preservation, pg_temp as $$
begin
  delete from copy c using gone g where c.object_id = g.object_id;
  insert into growth select date_trunc('month', now())::date, archive_id, -count(*), -sum(files), -sum(bytes)
  from gone group by 1, 2;
  return null;
end $$;

create or replace function preservation.copies_tallied() returns trigger
  language plpgsql security definer set search_path = preservation, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into copy_tally select store_id, archive_id, condition, count(*), sum(bytes) from after_change group by 1, 2, 3;
  elsif tg_op = 'DELETE' then
    insert into copy_tally select store_id, archive_id, condition, -count(*), -sum(bytes) from before_change group by 1, 2, 3;
  else
    insert into copy_tally select store_id, archive_id, condition, sum(n), sum(b) from (
      select store_id, archive_id, condition, 1 as n, bytes as b from after_change
      union all select store_id, archive_id, condition, -1, -bytes from before_change) d
    group by 1, 2, 3 having sum(n) <> 0 or sum(b) <> 0;
  end if;
  return null;
end $$;

do $$
begin
  drop trigger if exists copies_insert on preservation.object;
  drop trigger if exists copies_update on preservation.object;
  drop trigger if exists copies_delete on preservation.object;
  create trigger copies_insert after insert on preservation.object referencing new table as entered
    for each statement execute function preservation.objects_entered();
  create trigger copies_update after update on preservation.object referencing old table as before_change new table as after_change
    for each statement execute function preservation.objects_changed();
  create trigger copies_delete after delete on preservation.object referencing old table as gone
    for each statement execute function preservation.objects_gone();
  drop trigger if exists tally_insert on preservation.copy;
  drop trigger if exists tally_update on preservation.copy;
  drop trigger if exists tally_delete on preservation.copy;
  create trigger tally_insert after insert on preservation.copy referencing new table as after_change
    for each statement execute function preservation.copies_tallied();
  create trigger tally_update after update on preservation.copy referencing old table as before_change new table as after_change
    for each statement execute function preservation.copies_tallied();
  create trigger tally_delete after delete on preservation.copy referencing old table as before_change
    for each statement execute function preservation.copies_tallied();
end $$;

-- Adds up what was noted. Run by one at a time; writers go on meanwhile.
create or replace function preservation.fold_tallies() returns void
  language plpgsql security definer set search_path = preservation, pg_temp as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended('preservation.fold', 0)) then return; end if;
  if (select count(*) from (select from copy_tally limit 5000) t) = 5000 then
    with gone as (delete from copy_tally returning *)
    insert into copy_tally select store_id, archive_id, condition, sum(copies), sum(bytes) from gone
    group by 1, 2, 3 having sum(copies) <> 0 or sum(bytes) <> 0;
  end if;
  if (select count(*) from (select from growth limit 20000) t) = 20000 then
    with gone as (delete from growth returning *)
    insert into growth select month, archive_id, sum(objects), sum(files), sum(bytes) from gone
    group by 1, 2 having sum(objects) <> 0 or sum(files) <> 0 or sum(bytes) <> 0;
  end if;
end $$;
