-- History of descriptions. What one person changes at one stroke, one entry or three million, is a changeset: who, when, why. What
-- it changed in each entry stands in unit_change, written by triggers, so that no road to an entry goes round it.
create table holdings.changeset (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  kind text not null check (kind in ('edit', 'bulk', 'paste', 'import', 'takeBack', 'renumber', 'move', 'merge', 'split', 'draft',
    'disposal', 'undo', 'direct')),
  reason text,
  -- Null: nobody that has an account here, such as whoever works on the database itself.
  actor_id uuid,
  actor_name text not null,
  at timestamptz not null,
  -- How many times an entry was changed by it.
  changes int not null default 0,
  -- The changeset this one takes back.
  undoes uuid references holdings.changeset
);
create index changeset_list on holdings.changeset (archive_id, id);
create index changeset_undoes on holdings.changeset (undoes) where undoes is not null;

create table holdings.unit_change (
  id uuid primary key default uuidv7(),
  unit_id uuid not null,
  archive_id uuid not null,
  changeset_id uuid not null,
  -- Of the entry, once changed.
  version int not null,
  -- The columns that differ, by name; of the description, the elements that differ. Null stands for nothing there.
  before jsonb not null,
  after jsonb not null
);
create index unit_change_unit on holdings.unit_change (unit_id, id);
create index unit_change_changeset on holdings.unit_change (changeset_id, id);

-- The elements of a description that another one has not, or has otherwise.
create function holdings.elements_apart(one jsonb, other jsonb) returns jsonb language sql immutable strict parallel safe as $$
  select coalesce(jsonb_object_agg(key, one -> key), '{}') from (
    select jsonb_object_keys(one) as key union select jsonb_object_keys(other)) k
  where one -> key is distinct from other -> key $$;

-- The columns of an entry that people describe it by, as far as they differ from another state of it.
create function holdings.columns_apart(o holdings.unit, n holdings.unit) returns jsonb language sql immutable parallel safe as $$
  select case when o.fonds_id <> n.fonds_id then jsonb_build_object('fonds_id', o.fonds_id) else '{}' end
    || case when o.parent_id is distinct from n.parent_id then jsonb_build_object('parent_id', o.parent_id) else '{}' end
    || case when o.position <> n.position then jsonb_build_object('position', o.position) else '{}' end
    || case when o.level <> n.level then jsonb_build_object('level', o.level) else '{}' end
    || case when o.reference_code is distinct from n.reference_code
         then jsonb_build_object('reference_code', o.reference_code, 'sort_key', o.sort_key, 'match_key', o.match_key) else '{}' end
    || case when o.title <> n.title then jsonb_build_object('title', o.title) else '{}' end
    || case when o.creator is distinct from n.creator then jsonb_build_object('creator', o.creator) else '{}' end
    || case when o.doc_no is distinct from n.doc_no then jsonb_build_object('doc_no', o.doc_no) else '{}' end
    || case when (o.date_text, o.date_from, o.date_to) is distinct from (n.date_text, n.date_from, n.date_to)
         then jsonb_build_object('date_text', o.date_text, 'date_from', o.date_from, 'date_to', o.date_to) else '{}' end
    || case when o.category is distinct from n.category then jsonb_build_object('category', o.category) else '{}' end
    || case when o.year is distinct from n.year then jsonb_build_object('year', o.year) else '{}' end
    || case when o.retention is distinct from n.retention then jsonb_build_object('retention', o.retention) else '{}' end
    || case when o.classification <> n.classification then jsonb_build_object('classification', o.classification) else '{}' end
    || case when o.pages is distinct from n.pages then jsonb_build_object('pages', o.pages) else '{}' end
    || case when o.description <> n.description
         then jsonb_build_object('description', holdings.elements_apart(o.description, n.description)) else '{}' end $$;

-- Whether a rebuild from the storage root is what writes: it brings the history along, and says which rebuild it is, which nobody
-- else can know.
create function holdings.rebuilding() returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select current_setting('lantai.rebuild', true) <> ''
    and current_setting('lantai.rebuild', true) = (select id::text from preservation.rebuild) $$;

-- The changeset of a transaction; where none was begun, one that says so.
create function holdings.changeset_of(archive uuid) returns uuid language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  given constant text := current_setting('lantai.changeset', true);
  made uuid;
begin
  if given ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' and exists (
    select from holdings.changeset where id = given::uuid and archive_id = archive) then return given::uuid; end if;
  made := uuidv7();
  insert into holdings.changeset (id, archive_id, kind, actor_name, at) values (made, archive, 'direct', session_user, now());
  perform set_config('lantai.changeset', made::text, true);
  return made;
end $$;

create function holdings.note_unit_changes() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  archive uuid;
  noted int;
begin
  if holdings.rebuilding() then return null; end if;
  for archive in select distinct n.archive_id from after n join before o on o.id = n.id
    where (o.fonds_id, o.parent_id, o.position, o.level, o.reference_code, o.title, o.creator, o.doc_no, o.date_text, o.date_from, o.date_to,
        o.category, o.year, o.retention, o.classification, o.pages, o.description)
      is distinct from (n.fonds_id, n.parent_id, n.position, n.level, n.reference_code, n.title, n.creator, n.doc_no, n.date_text, n.date_from,
        n.date_to, n.category, n.year, n.retention, n.classification, n.pages, n.description)
  loop
    -- Order keys drawn out anew put nothing elsewhere.
    if current_setting('lantai.changeset', true) = 'rebalancing' and not exists (
      select from after n join before o on o.id = n.id where n.archive_id = archive and holdings.columns_apart(o, n) - 'position' <> '{}')
    then continue; end if;
    insert into holdings.unit_change (unit_id, archive_id, changeset_id, version, before, after)
      select n.id, n.archive_id, c.id, n.version, holdings.columns_apart(o, n), holdings.columns_apart(n, o)
      from after n join before o on o.id = n.id cross join (select holdings.changeset_of(archive) as id) c
      where n.archive_id = archive and (o.fonds_id, o.parent_id, o.position, o.level, o.reference_code, o.title, o.creator, o.doc_no, o.date_text,
          o.date_from, o.date_to, o.category, o.year, o.retention, o.classification, o.pages, o.description)
        is distinct from (n.fonds_id, n.parent_id, n.position, n.level, n.reference_code, n.title, n.creator, n.doc_no, n.date_text, n.date_from,
          n.date_to, n.category, n.year, n.retention, n.classification, n.pages, n.description);
    get diagnostics noted = row_count;
    update holdings.changeset set changes = changes + noted where id = holdings.changeset_of(archive);
  end loop;
  return null;
end $$;
create trigger note_changes after update on holdings.unit referencing old table as before new table as after
  for each statement execute function holdings.note_unit_changes();

alter table holdings.changeset enable row level security;
create policy of_place on holdings.changeset to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[])
    or archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]))
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[])
    or archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]));
grant select, insert on holdings.changeset to lantai_app;

-- Read by who works with the entry; written by the trigger alone.
alter table holdings.unit_change enable row level security;
create policy scope on holdings.unit_change for select to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
create policy by_part on holdings.unit_change for select to lantai_app
  using (cardinality((select lantai.reach('exists', 'parts'))) > 0 and holdings.in_part(unit_id));
grant select on holdings.unit_change to lantai_app;

revoke execute on function holdings.changeset_of(uuid), holdings.note_unit_changes(), holdings.rebuilding() from public;
