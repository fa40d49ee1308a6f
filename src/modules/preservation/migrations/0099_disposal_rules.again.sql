-- The rules of destroying stand in the database too, whatever the code above it does.

-- Three different persons: who proposed has no voice, and two have to agree before anything follows.
create or replace function preservation.check_voice() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from preservation.disposal d where d.id = new.disposal_id
      and (d.proposed_by = new.person_id or new.person_id = any (d.proposed_for))) then
    raise exception 'no voice in this proposal' using errcode = '23514';
  end if;
  return new;
end
$$;
create or replace trigger check_voice before insert on preservation.disposal_voice for each row execute function preservation.check_voice();

create or replace function preservation.check_agreed() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.state in ('agreed', 'condemned', 'destroying', 'done') and (select count(*) from preservation.disposal_voice v
      where v.disposal_id = new.id and v.decision = 'agreed' and v.person_id <> new.proposed_by) < 2 then
    raise exception 'two persons have to agree before anything is destroyed' using errcode = '23514';
  end if;
  return new;
end
$$;
create or replace trigger check_agreed before update of state on preservation.disposal for each row execute function preservation.check_agreed();

-- What is condemned does not come back into the catalogue: no files, no pages, no text of them.
create or replace function preservation.skip_destroyed() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from preservation.destroyed d where d.unit_id = new.unit_id) then
    return null;
  end if;
  return new;
end
$$;
create or replace trigger skip_destroyed before insert on digitisation.page_text for each row execute function preservation.skip_destroyed();
create or replace trigger skip_destroyed before insert on search.page for each row execute function preservation.skip_destroyed();
create or replace trigger skip_destroyed before insert on preservation.content for each row execute function preservation.skip_destroyed();
create or replace trigger skip_destroyed before insert on preservation.page for each row execute function preservation.skip_destroyed();
revoke execute on function preservation.skip_destroyed(), preservation.check_voice(), preservation.check_agreed() from public;

-- An entry whose content was destroyed stays in the catalogue, and its reference code with it.
create or replace function preservation.keep_destroyed() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  -- A rebuild empties tables to fill them again; it says which one it is, which nobody else can know.
  if current_setting('lantai.rebuild', true) <> '' and current_setting('lantai.rebuild', true) = (select id::text from preservation.rebuild) then
    return null;
  end if;
  if exists (select from old_rows o join preservation.destroyed d on d.unit_id = o.id) then
    raise exception 'entries whose content was destroyed stay in the catalogue' using errcode = '23503';
  end if;
  return null;
end
$$;
create or replace trigger keep_destroyed after delete on holdings.unit referencing old table as old_rows
  for each statement execute function preservation.keep_destroyed();
revoke execute on function preservation.keep_destroyed() from public;

-- Lists, what they destroyed and what must not be destroyed come back from the storage root (segments/tables.ts).
select preservation.keep('preservation.disposal', 'archive', 'archive_id', 'id');
select preservation.keep('preservation.disposal_counter', 'archive', 'archive_id', 'archive_id', 'year');
select preservation.keep('preservation.disposal_voice', 'archive', 'archive_id', 'disposal_id', 'person_id');
select preservation.keep('preservation.disposal_unit', 'archive', 'archive_id', 'disposal_id', 'seq');
select preservation.keep('preservation.destroyed', 'archive', 'archive_id', 'unit_id');
select preservation.keep('preservation.removal', 'archive', 'archive_id', 'disposal_id', 'object_id', 'place', 'place_id');
select preservation.keep('preservation.legal_hold', 'archive', 'archive_id', 'id');
