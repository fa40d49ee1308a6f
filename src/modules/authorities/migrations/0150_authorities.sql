-- Authorities: bodies, persons and families (ISAAR(CPF)), places, subjects and functions (ISDF), by which records are found and
-- understood. They are shared by a tree of archives, which its topmost archive names (docs/decisions/0015-authorities.md).
create schema authorities;
grant usage on schema authorities to lantai_app;

-- The trees in which the asker has a post for a whole archive.
create function authorities.networks() returns uuid[] language plpgsql stable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  return (select coalesce(array_agg(distinct a.path[1]), '{}') from holdings.archive a where a.id = any (lantai.scope_archives()));
end $$;

-- What a name is found by: each two adjoining characters of its folded form, with the class before them.
create function authorities.grams(class text, key text) returns text[] language sql immutable strict parallel safe
  set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(distinct left(class, 1) || substr(key, i, 2)), '{}') from generate_series(1, least(length(key), 200) - 1) i $$;

create function authorities.class_of(kind text) returns text language sql immutable strict parallel safe as $$
  select case when kind in ('body', 'person', 'family') then 'agent' else kind end $$;

-- Subjects stand in vocabularies, each with a thesaurus of its own.
create table authorities.vocabulary (
  id uuid primary key,
  network_id uuid not null,
  archive_id uuid not null references holdings.archive,
  code text not null check (code <> ''),
  name text not null check (name <> ''),
  note text,
  created_at timestamptz not null default now(),
  unique (network_id, code)
);

create table authorities.authority (
  id uuid primary key,
  network_id uuid not null,
  -- The archive that made it and answers for it.
  archive_id uuid not null references holdings.archive,
  kind text not null check (kind in ('body', 'person', 'family', 'place', 'subject', 'function')),
  class text not null generated always as (authorities.class_of(kind)) stored,
  vocabulary_id uuid references authorities.vocabulary check ((vocabulary_id is not null) = (kind = 'subject')),
  -- The number it bears in the archive's own list, or came with.
  record_id text check (record_id <> ''),
  -- The authorised form, and the same as it is compared.
  name text not null check (name <> ''),
  key text collate "C" not null,
  -- Dates of existence: as they are told, and as days, months or years.
  exist_text text,
  exist_from text collate "C",
  exist_to text collate "C",
  identifiers jsonb not null default '[]',
  identifier_keys text[] not null default '{}',
  elements jsonb not null default '{}',
  status text not null default 'draft' check (status in ('draft', 'final')),
  -- Of living people, or else not for everybody: seen by the staff of the tree alone.
  restricted boolean not null default false,
  -- What came with it and has no field here, so that it goes out again.
  kept jsonb not null default '{}',
  merged_into uuid check (merged_into <> id),
  -- How many it stands below, and how many stand below it.
  broader int not null default 0,
  narrower int not null default 0,
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by_name text not null,
  updated_at timestamptz not null default now(),
  updated_by_name text not null
);
create unique index authority_record_id on authorities.authority (network_id, record_id) where record_id is not null;
create index authority_list on authorities.authority (class, key, id) where merged_into is null;
create index authority_terms on authorities.authority (vocabulary_id, key, id) where merged_into is null;
create index authority_tops on authorities.authority (class, key, id) where merged_into is null and broader = 0;
create index authority_identifiers on authorities.authority using gin (identifier_keys);
create index authority_merged on authorities.authority (merged_into) where merged_into is not null;

create table authorities.name (
  id uuid primary key,
  authority_id uuid not null references authorities.authority on delete cascade,
  archive_id uuid not null,
  class text not null,
  position int not null,
  form text not null check (form in ('authorised', 'parallel', 'rules', 'other')),
  name text not null check (name <> ''),
  key text collate "C" not null,
  grams text[] not null generated always as (authorities.grams(class, key)) stored,
  lang text,
  date_text text,
  date_from text collate "C",
  date_to text collate "C",
  note text,
  kept jsonb not null default '{}'
);
create index name_of on authorities.name (authority_id, position);
create index name_start on authorities.name (class, key, authority_id);
create index name_grams on authorities.name using gin (grams) with (fastupdate = off);

-- How two authorities stand to one another, told from the side of the first; or to one that is only named.
create table authorities.relation (
  id uuid primary key,
  authority_id uuid not null references authorities.authority on delete cascade,
  archive_id uuid not null,
  other_id uuid references authorities.authority on delete cascade check (other_id <> authority_id),
  other_name text check (other_name <> ''),
  type text not null check (type in ('superior', 'subordinate', 'hierarchical', 'earlier', 'later', 'temporal', 'family', 'associative',
    'identity', 'performs', 'performedBy', 'located', 'locationOf')),
  date_text text,
  date_from text collate "C",
  date_to text collate "C",
  note text,
  kept jsonb not null default '{}',
  check ((other_id is null) <> (other_name is null))
);
create index relation_of on authorities.relation (authority_id, type);
create index relation_other on authorities.relation (other_id, type) where other_id is not null;
create unique index relation_once on authorities.relation (authority_id, other_id, type, coalesce(date_from, '')) where other_id is not null;

-- Entries of the catalogue and what they have to do with an authority.
create table authorities.unit_link (
  unit_id uuid not null references holdings.unit on delete cascade,
  authority_id uuid not null references authorities.authority on delete cascade,
  role text not null check (role in ('creator', 'recipient', 'mentioned', 'subject', 'place', 'function')),
  archive_id uuid not null references holdings.archive,
  -- By a person, or by a job from what the entry says.
  way text not null default 'person' check (way in ('person', 'job')),
  by_name text not null,
  at timestamptz not null default now(),
  primary key (unit_id, authority_id, role)
);
create index unit_link_authority on authorities.unit_link (authority_id, unit_id, role);

-- A fonds and who formed it 立档单位.
create table authorities.fonds_link (
  fonds_id uuid not null references holdings.fonds on delete cascade,
  authority_id uuid not null references authorities.authority on delete cascade,
  archive_id uuid not null references holdings.archive,
  by_name text not null,
  at timestamptz not null default now(),
  primary key (fonds_id, authority_id)
);
create index fonds_link_authority on authorities.fonds_link (authority_id);

-- Entries that belong together though they stand apart 相关著录单元.
create table authorities.unit_relation (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  unit_id uuid not null references holdings.unit on delete cascade,
  other_id uuid not null references holdings.unit on delete cascade check (other_id <> unit_id),
  type text not null check (type in ('related', 'sameMatter', 'copyOf', 'replyTo', 'attachmentOf', 'continues')),
  note text,
  by_name text not null,
  at timestamptz not null default now(),
  unique (unit_id, other_id, type)
);
create index unit_relation_other on authorities.unit_relation (other_id);

-- Names of creators are no secret; what is restricted is for the tree's own staff, who also keep all of it.
alter table authorities.vocabulary enable row level security;
create policy everybody on authorities.vocabulary for select to lantai_app using (true);
create policy network on authorities.vocabulary to lantai_app
  using ((select lantai.sees_all()) or network_id = any ((select authorities.networks())::uuid[]))
  with check ((select lantai.sees_all()) or network_id = any ((select authorities.networks())::uuid[]));
alter table authorities.authority enable row level security;
create policy everybody on authorities.authority for select to lantai_app using (not restricted);
create policy network on authorities.authority to lantai_app
  using ((select lantai.sees_all()) or network_id = any ((select authorities.networks())::uuid[]))
  with check ((select lantai.sees_all()) or network_id = any ((select authorities.networks())::uuid[]));

-- Whether the asker may change an authority.
create function authorities.keeps(authority uuid) returns boolean language sql stable parallel safe as $$
  select lantai.sees_all() or exists (select from authorities.authority a where a.id = authority and a.network_id = any (authorities.networks())) $$;

alter table authorities.name enable row level security;
create policy seen on authorities.name for select to lantai_app
  using (exists (select from authorities.authority a where a.id = authority_id));
alter table authorities.relation enable row level security;
create policy seen on authorities.relation for select to lantai_app
  using (exists (select from authorities.authority a where a.id = authority_id)
    and (other_id is null or exists (select from authorities.authority a where a.id = other_id)));
do $$
declare t text;
begin
  foreach t in array array['name', 'relation'] loop
    execute format('create policy added on authorities.%I for insert to lantai_app with check (authorities.keeps(authority_id))', t);
    execute format('create policy changed on authorities.%I for update to lantai_app using (authorities.keeps(authority_id)) with check (authorities.keeps(authority_id))', t);
    execute format('create policy removed on authorities.%I for delete to lantai_app using (authorities.keeps(authority_id))', t);
  end loop;
end $$;

-- A link is there for whoever sees both its ends.
alter table authorities.unit_link enable row level security;
create policy seen on authorities.unit_link for select to lantai_app
  using (exists (select from holdings.unit u where u.id = unit_id) and exists (select from authorities.authority a where a.id = authority_id));
create policy added on authorities.unit_link for insert to lantai_app
  with check (holdings.works_in(archive_id) and exists (select from holdings.unit u where u.id = unit_id and u.archive_id = unit_link.archive_id));
create policy changed on authorities.unit_link for update to lantai_app using (authorities.keeps(authority_id)) with check (authorities.keeps(authority_id));
create policy removed on authorities.unit_link for delete to lantai_app using (holdings.works_in(archive_id) or authorities.keeps(authority_id));

alter table authorities.fonds_link enable row level security;
create policy seen on authorities.fonds_link for select to lantai_app
  using (exists (select from authorities.authority a where a.id = authority_id));
create policy added on authorities.fonds_link for insert to lantai_app with check (holdings.works_in(archive_id));
create policy changed on authorities.fonds_link for update to lantai_app using (authorities.keeps(authority_id)) with check (authorities.keeps(authority_id));
create policy removed on authorities.fonds_link for delete to lantai_app using (holdings.works_in(archive_id) or authorities.keeps(authority_id));

alter table authorities.unit_relation enable row level security;
create policy seen on authorities.unit_relation for select to lantai_app
  using (exists (select from holdings.unit u where u.id = unit_id) and exists (select from holdings.unit u where u.id = other_id));
create policy added on authorities.unit_relation for insert to lantai_app
  with check (holdings.works_in(archive_id) and exists (select from holdings.unit u where u.id = unit_id)
    and exists (select from holdings.unit u where u.id = other_id));
create policy removed on authorities.unit_relation for delete to lantai_app using (holdings.works_in(archive_id));

grant select, insert, update, delete on authorities.vocabulary, authorities.authority, authorities.name, authorities.relation,
  authorities.unit_link, authorities.fonds_link to lantai_app;
grant select, insert, delete on authorities.unit_relation to lantai_app;
