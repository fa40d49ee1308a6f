-- How an archive describes, over what the standards say: own elements, other obligations, vocabularies; of one category, or of all
-- (null). A later version takes the place of the one before from its day on.
create table holdings.description_scheme (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  category text,
  version int not null,
  valid_from date not null,
  body jsonb not null,
  -- Why it was changed, in the words of who put it in force.
  reason text,
  created_at timestamptz not null default now(),
  created_by uuid,
  created_by_name text not null
);
create unique index description_scheme_version on holdings.description_scheme (archive_id, category, version) nulls not distinct;
alter table holdings.description_scheme enable row level security;
-- What elements are called is no secret: open entries are read by everybody.
create policy everybody on holdings.description_scheme for select to lantai_app using (true);
create policy scope on holdings.description_scheme to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
grant select, insert, delete on holdings.description_scheme to lantai_app;

-- How many required elements an entry lacks, and how many more where no entry stands above it that could say them. Written with
-- the description; what follows from the place is worked out by the database, so that a move needs no recount.
alter table holdings.unit add column gaps_own smallint not null default 0, add column gaps_top smallint not null default 0;
alter table holdings.unit add column gaps int not null
  generated always as (gaps_own + case when parent_id is null then gaps_top else 0 end) stored;
create index unit_incomplete on holdings.unit (archive_id, sort_key, id) where gaps > 0;

-- Elements of a fonds beside its columns, and what it lacks.
alter table holdings.fonds add column description jsonb not null default '{}', add column gaps smallint not null default 0;

-- Entries whose gaps are to be counted anew, since what is required changes on a day; and how far the counting has come.
create table holdings.gap_recount (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  category text,
  due_on date not null,
  after_key text collate "C",
  after_id uuid
);
alter table holdings.gap_recount enable row level security;
create policy scope on holdings.gap_recount to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
grant select, insert, delete on holdings.gap_recount to lantai_app;
insert into holdings.gap_recount (id, archive_id, category, due_on) select uuidv7(), id, null, current_date from holdings.archive;
