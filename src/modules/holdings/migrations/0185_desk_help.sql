-- Help at the desk: titles are gone on with after those of the same fonds, agencies found by the marks of their document numbers. Columns
-- alone, as under row-level security no other index would be used.
create index unit_fonds_titles on holdings.unit (fonds_id, title collate "C");
create index unit_doc_numbers on holdings.unit (archive_id, doc_no collate "C") where doc_no is not null;

-- What kinds of suggestions an archive does without.
create table holdings.desk_setting (
  archive_id uuid primary key references holdings.archive,
  off text[] not null default '{}',
  updated_at timestamptz not null,
  updated_by_name text not null
);

-- What was found odd in an entry and is right as it is, in the words it was found with: other words are looked at again.
create table holdings.oddity_passed (
  -- No reference: entries are put in anew by a rebuild, and what was said of them stays.
  unit_id uuid not null,
  rule text not null,
  said text not null,
  archive_id uuid not null references holdings.archive,
  by_name text not null,
  at timestamptz not null,
  primary key (unit_id, rule)
);

alter table holdings.desk_setting enable row level security;
create policy of_place on holdings.desk_setting to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[])
    or archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]))
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
grant select, insert, update on holdings.desk_setting to lantai_app;

-- As the entry itself is reached.
alter table holdings.oddity_passed enable row level security;
create policy scope on holdings.oddity_passed to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
create policy by_part on holdings.oddity_passed to lantai_app
  using (cardinality((select lantai.reach('exists', 'parts'))) > 0 and holdings.in_part(unit_id))
  with check (holdings.in_part(unit_id));
grant select, insert, update, delete on holdings.oddity_passed to lantai_app;
