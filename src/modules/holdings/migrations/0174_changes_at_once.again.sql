-- What differs between two states of an entry, written out where the history is noted: a function called twice for each entry took
-- more time than all else the triggers do. Entries are compared once; and the changeset is found once: asked for within a condition it
-- was asked for each changeset there is, so that every correction took longer than the one before.

-- The changeset of a transaction; where none was begun, one that says so.
create or replace function holdings.changeset_of(archive uuid) returns uuid language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  given constant text := current_setting('lantai.changeset', true);
  made uuid;
begin
  if given like '________-____-____-____-____________' and translate(given, '0123456789abcdef-', '') = '' and exists (
    select from holdings.changeset where id = given::uuid and archive_id = archive) then return given::uuid; end if;
  made := uuidv7();
  insert into holdings.changeset (id, archive_id, kind, actor_name, at) values (made, archive, 'direct', session_user, now());
  perform set_config('lantai.changeset', made::text, true);
  return made;
end $$;

create or replace function holdings.note_unit_changes() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan as $$
declare
  archive uuid;
  noted int;
  noted_in uuid;
begin
  if holdings.rebuilding() then return null; end if;
  for archive in select distinct n.archive_id from after n loop
    -- Order keys drawn out anew put nothing elsewhere.
    if current_setting('lantai.changeset', true) = 'rebalancing' and not exists (
      select from after n join before o on o.id = n.id where n.archive_id = archive and holdings.columns_apart(o, n) - 'position' <> '{}')
    then continue; end if;
    -- The changeset is asked for, and made where none was begun, only once there is a change.
    insert into holdings.unit_change (unit_id, archive_id, changeset_id, version, before, after)
      select n.id, n.archive_id, (select holdings.changeset_of(archive)), n.version,
        case when o.fonds_id <> n.fonds_id then jsonb_build_object('fonds_id', o.fonds_id) else '{}' end
        || case when o.parent_id is distinct from n.parent_id then jsonb_build_object('parent_id', o.parent_id) else '{}' end
        || case when o.position <> n.position then jsonb_build_object('position', o.position) else '{}' end
        || case when o.level <> n.level then jsonb_build_object('level', o.level) else '{}' end
        || case when o.title <> n.title then jsonb_build_object('title', o.title) else '{}' end
        || case when o.creator is distinct from n.creator then jsonb_build_object('creator', o.creator) else '{}' end
        || case when o.doc_no is distinct from n.doc_no then jsonb_build_object('doc_no', o.doc_no) else '{}' end
        || case when o.category is distinct from n.category then jsonb_build_object('category', o.category) else '{}' end
        || case when o.year is distinct from n.year then jsonb_build_object('year', o.year) else '{}' end
        || case when o.retention is distinct from n.retention then jsonb_build_object('retention', o.retention) else '{}' end
        || case when o.classification <> n.classification then jsonb_build_object('classification', o.classification) else '{}' end
        || case when o.pages is distinct from n.pages then jsonb_build_object('pages', o.pages) else '{}' end
        || case when o.reference_code is distinct from n.reference_code
          then jsonb_build_object('reference_code', o.reference_code, 'sort_key', o.sort_key, 'match_key', o.match_key) else '{}' end
        || case when (o.date_text, o.date_from, o.date_to) is distinct from (n.date_text, n.date_from, n.date_to)
          then jsonb_build_object('date_text', o.date_text, 'date_from', o.date_from, 'date_to', o.date_to) else '{}' end
        || case when o.description <> n.description then jsonb_build_object('description', (
          select coalesce(jsonb_object_agg(k, o.description -> k), '{}') from jsonb_object_keys(o.description || n.description) as k
          where o.description -> k is distinct from n.description -> k)) else '{}' end,
        case when o.fonds_id <> n.fonds_id then jsonb_build_object('fonds_id', n.fonds_id) else '{}' end
        || case when o.parent_id is distinct from n.parent_id then jsonb_build_object('parent_id', n.parent_id) else '{}' end
        || case when o.position <> n.position then jsonb_build_object('position', n.position) else '{}' end
        || case when o.level <> n.level then jsonb_build_object('level', n.level) else '{}' end
        || case when o.title <> n.title then jsonb_build_object('title', n.title) else '{}' end
        || case when o.creator is distinct from n.creator then jsonb_build_object('creator', n.creator) else '{}' end
        || case when o.doc_no is distinct from n.doc_no then jsonb_build_object('doc_no', n.doc_no) else '{}' end
        || case when o.category is distinct from n.category then jsonb_build_object('category', n.category) else '{}' end
        || case when o.year is distinct from n.year then jsonb_build_object('year', n.year) else '{}' end
        || case when o.retention is distinct from n.retention then jsonb_build_object('retention', n.retention) else '{}' end
        || case when o.classification <> n.classification then jsonb_build_object('classification', n.classification) else '{}' end
        || case when o.pages is distinct from n.pages then jsonb_build_object('pages', n.pages) else '{}' end
        || case when o.reference_code is distinct from n.reference_code
          then jsonb_build_object('reference_code', n.reference_code, 'sort_key', n.sort_key, 'match_key', n.match_key) else '{}' end
        || case when (o.date_text, o.date_from, o.date_to) is distinct from (n.date_text, n.date_from, n.date_to)
          then jsonb_build_object('date_text', n.date_text, 'date_from', n.date_from, 'date_to', n.date_to) else '{}' end
        || case when o.description <> n.description then jsonb_build_object('description', (
          select coalesce(jsonb_object_agg(k, n.description -> k), '{}') from jsonb_object_keys(o.description || n.description) as k
          where o.description -> k is distinct from n.description -> k)) else '{}' end
      from after n join before o on o.id = n.id
      where n.archive_id = archive and (o.fonds_id, o.parent_id, o.position, o.level, o.reference_code, o.title, o.creator, o.doc_no, o.date_text, o.date_from, o.date_to, o.category, o.year, o.retention, o.classification, o.pages, o.description)
        is distinct from (n.fonds_id, n.parent_id, n.position, n.level, n.reference_code, n.title, n.creator, n.doc_no, n.date_text, n.date_from, n.date_to, n.category, n.year, n.retention, n.classification, n.pages, n.description);
    get diagnostics noted = row_count;
    if noted > 0 then
      noted_in := holdings.changeset_of(archive);
      update holdings.changeset set changes = changes + noted where id = noted_in;
    end if;
  end loop;
  return null;
end $$;
