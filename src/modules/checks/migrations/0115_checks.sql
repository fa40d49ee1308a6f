-- Four-nature checks 四性检测: by what scheme, of what, with what result, and what people answered. No keys into the holdings: their
-- tables come back from the storage root, these do not.
create schema checks;
grant usage on schema checks to lantai_app;

-- What an archive has set for a stage, version by version; where it has set nothing the shipped one holds.
create table checks.scheme (
  id uuid primary key,
  archive_id uuid not null,
  stage text not null check (stage in ('GD', 'YJ', 'BC')),
  -- Null: any category, any kind of package.
  category text,
  profile text,
  version int not null,
  items jsonb not null,
  reason text not null,
  state text not null default 'proposed' check (state in ('proposed', 'inForce', 'declined')),
  proposed_by uuid,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  unique nulls not distinct (archive_id, stage, category, profile, version)
);
-- One is thought about at a time.
create unique index scheme_open on checks.scheme (archive_id, stage, category, profile) nulls not distinct where state = 'proposed';

create table checks.run (
  id uuid primary key,
  archive_id uuid not null,
  -- Whose records they are, while they are an agency's.
  agency_id uuid,
  about text not null,
  about_id text not null,
  title text not null,
  stage text not null check (stage in ('GD', 'YJ', 'BC')),
  category text,
  profile text,
  -- The scheme as it was: a later version changes nothing here. Version 0: as shipped.
  scheme_id uuid,
  scheme_version int not null,
  items jsonb not null,
  seed text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  failure text,
  done int not null default 0,
  total int,
  units int not null default 0,
  files int not null default 0,
  bytes bigint not null default 0,
  hashing_ms float8 not null default 0,
  identifying_ms float8 not null default 0,
  verdict text check (verdict in ('qualified', 'unqualified', 'open')),
  started_by uuid,
  started_by_name text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  check ((state = 'done') = (verdict is not null))
);
create index run_about on checks.run (about, about_id, id);
create index run_archive on checks.run (archive_id, id);

create table checks.result (
  run_id uuid not null references checks.run on delete cascade,
  slug text not null,
  state text not null check (state in ('passed', 'failed', 'notPerformed', 'notApplicable', 'open')),
  -- {message, detail}
  reason jsonb,
  judged bigint not null,
  faults bigint not null,
  notes bigint not null,
  memo jsonb not null,
  primary key (run_id, slug)
);

create table checks.finding (
  run_id uuid not null,
  slug text not null,
  seq int not null,
  note boolean not null,
  object text not null,
  path text not null,
  message text not null,
  detail jsonb not null,
  primary key (run_id, slug, seq),
  foreign key (run_id, slug) references checks.result on delete cascade
);

-- What people said of items; the last of each counts, and none is ever taken back.
create table checks.answer (
  id uuid primary key,
  run_id uuid not null references checks.run on delete cascade,
  slug text not null,
  verdict text not null check (verdict in ('yes', 'no')),
  reason text not null,
  by_id uuid,
  by_name text not null,
  at timestamptz not null
);
create index answer_run on checks.answer (run_id, slug, id);

alter table checks.scheme enable row level security;
alter table checks.run enable row level security;
alter table checks.result enable row level security;
alter table checks.finding enable row level security;
alter table checks.answer enable row level security;
create policy reach on checks.scheme to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[])
    or archive_id = any ((select lantai.filing_archives())::uuid[]));
create policy reach on checks.run to lantai_app
  using ((select lantai.sees_all())
    or case when agency_id is null then archive_id = any ((select lantai.scope_archives())::uuid[])
       else agency_id = any ((select lantai.filing_agencies())::uuid[])
         or archive_id = any ((select lantai.filing_archives())::uuid[]) end);
create policy reach on checks.result to lantai_app using (exists (select 1 from checks.run r where r.id = run_id));
create policy reach on checks.finding to lantai_app using (exists (select 1 from checks.run r where r.id = run_id));
create policy reach on checks.answer to lantai_app using (exists (select 1 from checks.run r where r.id = run_id));
grant select, insert, update on checks.scheme, checks.run to lantai_app;
grant select on checks.result, checks.finding to lantai_app;
grant select, insert on checks.answer to lantai_app;
