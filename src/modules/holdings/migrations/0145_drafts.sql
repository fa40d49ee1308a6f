-- Drafts: descriptions that count once another person has looked through them.
create table holdings.draft (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  -- The entry it corrects; null: a new one, to stand in a fonds and, where one is named, under an entry.
  unit_id uuid,
  fonds_id uuid not null,
  parent_id uuid,
  -- The version the writer saw, and what stood then in the fields the draft has.
  base_version int,
  base jsonb not null default '{}',
  -- What the draft says, as it would be written.
  input jsonb not null,
  reason text,
  state text not null default 'writing' check (state in ('writing', 'submitted', 'accepted', 'returned', 'withdrawn')),
  author_id uuid not null,
  author_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  submitted_at timestamptz,
  decided_by uuid check (decided_by is distinct from author_id),
  decided_by_name text,
  decided_at timestamptz,
  note text,
  version int not null default 1,
  check (unit_id is null or base_version is not null),
  check (state not in ('accepted') or decided_by is not null)
);
create index draft_list on holdings.draft (archive_id, state, id);
create index draft_unit on holdings.draft (unit_id) where unit_id is not null;
create index draft_author on holdings.draft (author_id, state, id);

-- One open draft of an entry for each writer.
create unique index draft_open on holdings.draft (unit_id, author_id) where unit_id is not null and state in ('writing', 'submitted', 'returned');

alter table holdings.draft enable row level security;
create policy scope on holdings.draft to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
-- Of a part of an archive: drafts of entries in it, and one's own reach for new ones.
create policy by_part on holdings.draft to lantai_app
  using (cardinality((select lantai.reach('exists', 'parts'))) > 0
    and case when unit_id is null then holdings.parts_of(archive_id, fonds_id, input ->> 'category') && (select lantai.reach('exists', 'parts'))
      else holdings.in_part(unit_id) end)
  with check (cardinality((select lantai.reach('exists', 'parts'))) > 0
    and case when unit_id is null then holdings.parts_of(archive_id, fonds_id, input ->> 'category') && (select lantai.reach('exists', 'parts'))
      else holdings.in_part(unit_id) end);
grant select, insert, update on holdings.draft to lantai_app;
