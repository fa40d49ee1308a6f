create schema holdings;
grant usage on schema holdings to lantai_app;

-- Archives form a tree: province, city, county.
create table holdings.archive (
  id uuid primary key,
  parent_id uuid references holdings.archive,
  -- This archive and all above it, nearest last: one array answers "is it below?".
  path uuid[] not null,
  code text not null unique,
  name text not null,
  name_hant text,
  name_en text,
  level text not null check (level in ('province', 'city', 'county')),
  created_at timestamptz not null default now()
);
create index archive_below on holdings.archive using gin (path);

create table holdings.agency (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  code text not null,
  name text not null,
  created_at timestamptz not null default now(),
  unique (archive_id, code)
);

create table holdings.fonds (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  agency_id uuid references holdings.agency,
  number text not null,
  name text not null,
  dates text,
  history text,
  custody text,
  scope text,
  -- Units directly under the fonds.
  child_count int not null default 0,
  version int not null default 1,
  import_id uuid,
  created_at timestamptz not null default now(),
  unique (archive_id, number)
);

-- A description unit: series, file or item. What is filtered by often has a column; the other elements of the item
-- record (standards 2.4) live in `description` under their field names.
create table holdings.unit (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  fonds_id uuid not null references holdings.fonds,
  parent_id uuid references holdings.unit,
  level text not null check (level in ('series', 'file', 'item')),
  -- Order among siblings: a fractional key, so that an insertion or a move writes one row.
  position text collate "C" not null,
  reference_code text,
  -- Natural order of reference codes (digit runs compare as numbers).
  sort_key text collate "C" not null default '',
  title text not null,
  creator text,
  doc_no text,
  date_text text,
  date_from date,
  date_to date,
  category text,
  year int,
  retention text,
  classification text not null default 'public' check (classification in ('public', 'internal')),
  access_status text not null default 'unreviewed'
    check (access_status in ('unreviewed', 'open', 'restricted', 'delayed')),
  pages int,
  description jsonb not null default '{}',
  child_count int not null default 0,
  -- Digital pages held, and the OCFL object that holds them.
  page_count int not null default 0,
  object_id text,
  import_id uuid,
  import_row int,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index unit_reference_code on holdings.unit (archive_id, reference_code);
create index unit_siblings on holdings.unit (coalesce(parent_id, fonds_id), position);
create index unit_order on holdings.unit (archive_id, sort_key, id);
create index unit_fonds_order on holdings.unit (fonds_id, sort_key, id);
-- For the foreign keys: deleting a unit asks who is below it.
create index unit_parent on holdings.unit (parent_id) where parent_id is not null;
create index unit_import on holdings.unit (import_id, import_row) where import_id is not null;

-- What a reference code and a file name share: letters and digits, every run of separators alike. File systems and
-- people write the middle dot as a point, a dash, a blank or an underscore.
create function holdings.code_key(code text) returns text language sql immutable strict parallel safe as
  $$ select trim(both '-' from regexp_replace(upper(normalize(code, nfkc)),
       '[\s\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e\u00b7\u2010-\u2015\u2022\u2027\u2212\u3000-\u301f\u30fb]+', '-', 'g')) $$;
create index unit_code_key on holdings.unit (archive_id, holdings.code_key(reference_code)) where reference_code is not null;

-- A code an item had before (old to new), so that both resolve.
create table holdings.code_alias (
  archive_id uuid not null references holdings.archive,
  code text not null,
  unit_id uuid not null references holdings.unit on delete cascade,
  basis text not null,
  at timestamptz not null default now(),
  actor_name text not null,
  primary key (archive_id, code, unit_id)
);
create index code_alias_unit on holdings.code_alias (unit_id);

-- Numbering: a template per archive, fonds and category from a date on; a counter per template and scope.
create table holdings.code_template (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  fonds_id uuid references holdings.fonds,
  category text,
  valid_from date not null default '0001-01-01',
  name text not null,
  slots jsonb not null
);
create index code_template_archive on holdings.code_template (archive_id);
-- The scope names the template and the elements before the running number.
create table holdings.code_counter (
  archive_id uuid not null references holdings.archive,
  scope text not null,
  last int not null,
  primary key (archive_id, scope)
);
-- A number given and withdrawn is recorded as void (空号) with its reason; the counter never goes back.
create table holdings.code_void (
  archive_id uuid not null references holdings.archive,
  code text not null,
  reason text not null,
  at timestamptz not null default now(),
  actor_name text not null,
  primary key (archive_id, code)
);

-- A change of access status: proposed by one person, decided by another.
create table holdings.access_change (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  status text not null check (status in ('unreviewed', 'open', 'restricted', 'delayed')),
  reason text not null,
  basis text,
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'rejected')),
  unit_count int not null,
  proposed_by uuid not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  decided_by uuid check (decided_by is distinct from proposed_by),
  decided_by_name text,
  decided_at timestamptz,
  note text
);
create index access_change_state on holdings.access_change (archive_id, state, id);
create table holdings.access_change_unit (
  change_id uuid not null references holdings.access_change,
  archive_id uuid not null references holdings.archive,
  unit_id uuid not null references holdings.unit on delete cascade,
  before text,
  primary key (change_id, unit_id)
);
create index access_change_unit_unit on holdings.access_change_unit (unit_id);

-- Row-level security. Archives, agencies and the names of fonds are public knowledge; units are seen by the staff of
-- their archive, and by everybody when open.
do $$
declare t text;
begin
  foreach t in array array['archive', 'agency', 'fonds', 'unit', 'code_alias', 'code_template', 'code_counter', 'code_void',
                           'access_change', 'access_change_unit'] loop
    execute format('alter table holdings.%I enable row level security', t);
    if t <> 'archive' then
      execute format($p$create policy scope on holdings.%I to lantai_app
        using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
        with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))$p$, t);
    end if;
    execute format('grant select, insert, update, delete on holdings.%I to lantai_app', t);
  end loop;
end $$;
revoke delete on holdings.archive, holdings.fonds from lantai_app;
create policy everybody on holdings.archive for select to lantai_app using (true);
create policy founders on holdings.archive for insert to lantai_app with check (
  (select lantai.sees_all()) or parent_id = any ((select lantai.scope_archives())::uuid[]));
create policy keepers on holdings.archive for update to lantai_app using (
  (select lantai.sees_all()) or id = any ((select lantai.scope_archives())::uuid[]));
create policy everybody on holdings.agency for select to lantai_app using (true);
create policy everybody on holdings.fonds for select to lantai_app using (true);
create policy open_units on holdings.unit for select to lantai_app
  using (access_status = 'open' and classification = 'public');
