-- Keeps the figures of formats. Whoever changes preservation.content changes them with it.
create or replace function preservation.tally_formats() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  due boolean;
begin
  if tg_op = 'INSERT' then
    with put as (
      insert into preservation.format_tally (archive_id, puid, name, files, bytes)
      select archive_id, coalesce(puid, ''), max(format_name), count(*), sum(bytes) from added group by 1, 2
      returning seq)
    select bool_or(seq % 256 = 0) into due from put;
  elsif tg_op = 'DELETE' then
    with put as (
      insert into preservation.format_tally (archive_id, puid, name, files, bytes)
      select archive_id, coalesce(puid, ''), max(format_name), -count(*), -sum(bytes) from gone group by 1, 2
      returning seq)
    select bool_or(seq % 256 = 0) into due from put;
  else
    with put as (
      insert into preservation.format_tally (archive_id, puid, name, files, bytes)
      select archive_id, puid, max(name), sum(files), sum(bytes) from (
        select archive_id, coalesce(puid, '') as puid, format_name as name, 1 as files, bytes from added
        union all select archive_id, coalesce(puid, ''), null, -1, -bytes from gone) c
      group by 1, 2 having sum(files) <> 0 or sum(bytes) <> 0
      returning seq)
    select bool_or(seq % 256 = 0) into due from put;
  end if;
  -- Rows nobody else is at become one a format. Only where each statement sees what is committed: elsewhere it would fail.
  if due and current_setting('transaction_isolation') = 'read committed' then
    with loose as (select seq from preservation.format_tally order by seq limit 5000 for update skip locked),
    taken as (delete from preservation.format_tally t using loose s where t.seq = s.seq returning t.*)
    insert into preservation.format_tally (archive_id, puid, name, files, bytes)
    select archive_id, puid, max(name), sum(files), sum(bytes) from taken
    group by archive_id, puid having sum(files) <> 0 or sum(bytes) <> 0;
  end if;
  return null;
end $$;
create or replace trigger tally_insert after insert on preservation.content referencing new table as added
  for each statement execute function preservation.tally_formats();
create or replace trigger tally_update after update on preservation.content referencing old table as gone new table as added
  for each statement execute function preservation.tally_formats();
create or replace trigger tally_delete after delete on preservation.content referencing old table as gone
  for each statement execute function preservation.tally_formats();
revoke execute on function preservation.tally_formats() from public;

-- What was decided about formats comes back from the storage root (segments/tables.ts).
select preservation.keep('preservation.format_decision', 'archive', 'archive_id', 'id');
