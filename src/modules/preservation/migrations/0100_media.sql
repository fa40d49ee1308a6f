-- Copies kept off-line (离线载体): a plan packs objects of an archive onto media of one size; each set (sealed, off-site, for use)
-- is written from the same plan, medium for medium alike.
create table preservation.media_plan (
  id uuid primary key,
  archive_id uuid not null,
  -- Archive code, M, year, number.
  number text not null unique,
  title text not null check (title <> ''),
  kind text not null check (kind in ('optical', 'magnetic', 'ssd', 'other')),
  medium_bytes bigint not null check (medium_bytes > 0),
  -- planning: a job packs; planned: media may be written; given up: nothing was written, its objects are free again.
  state text not null default 'planning' check (state in ('planning', 'planned', 'givenUp')),
  job_id uuid,
  objects int not null default 0,
  bytes bigint not null default 0,
  -- Media of one set.
  media int not null default 0,
  -- Objects too large for a medium of this size.
  too_large int not null default 0,
  made_by text not null,
  made_at timestamptz not null
);
create index media_plan_list on preservation.media_plan (archive_id, id);

create table preservation.media_counter (
  archive_id uuid not null,
  year int not null,
  last int not null,
  primary key (archive_id, year)
);

-- What lies on a medium of a plan, at the version it had then. No medium: too large for one.
create table preservation.media_object (
  plan_id uuid not null references preservation.media_plan,
  archive_id uuid not null,
  object_id text not null,
  unit_id uuid,
  head text not null,
  inventory_digest text not null,
  files int not null,
  bytes bigint not null,
  medium_no int,
  primary key (plan_id, object_id)
);
create index media_object_medium on preservation.media_object (plan_id, medium_no, object_id);
create index media_object_object on preservation.media_object (object_id);

create table preservation.medium (
  id uuid primary key,
  plan_id uuid not null references preservation.media_plan,
  archive_id uuid not null,
  -- Number of the plan, letter of the set, number in the set.
  number text not null unique,
  purpose text not null,
  medium_no int not null,
  kind text not null check (kind in ('optical', 'magnetic', 'ssd', 'other')),
  -- planned; written: verified by reading back; inPlace: registered at its place; replaced: another took over, kept for some
  -- years; withdrawn: out of its place; destroyed.
  state text not null default 'planned' check (state in ('planned', 'writing', 'written', 'inPlace', 'replaced', 'withdrawn', 'destroyed')),
  condition text not null default 'unknown' check (condition in ('unknown', 'good', 'worn', 'damaged')),
  place text,
  objects int not null,
  bytes bigint not null,
  files int,
  manifest_sha512 text,
  written_at timestamptz,
  written_by text,
  job_id uuid,
  trouble text,
  tested_at timestamptz,
  test_outcome text check (test_outcome in ('passed', 'failed')),
  replaces uuid references preservation.medium,
  -- The first day it need not be kept any more.
  keep_until date,
  ended_reason text
);
create index medium_list on preservation.medium (archive_id, number);
create index medium_plan on preservation.medium (plan_id, medium_no);

-- Where a medium was and went.
create table preservation.medium_move (
  id uuid primary key,
  medium_id uuid not null references preservation.medium,
  archive_id uuid not null,
  at timestamptz not null,
  by_name text not null,
  from_place text,
  to_place text not null,
  reason text not null
);
create index medium_move_medium on preservation.medium_move (medium_id, at);

create table preservation.medium_test (
  id uuid primary key,
  medium_id uuid not null references preservation.medium,
  archive_id uuid not null,
  at timestamptz not null,
  by_name text not null,
  scope text not null check (scope in ('sample', 'all')),
  -- From which the sample was drawn.
  seed text not null,
  files int not null,
  bytes bigint not null,
  bad int not null,
  outcome text not null check (outcome in ('passed', 'failed')),
  -- The first bad files: [{path, code}].
  findings jsonb not null default '[]'
);
create index medium_test_medium on preservation.medium_test (medium_id, at);

-- Objects a medium was found to have lost.
create table preservation.medium_loss (
  medium_id uuid not null references preservation.medium,
  object_id text not null,
  archive_id uuid not null,
  test_id uuid not null references preservation.medium_test,
  primary key (medium_id, object_id)
);

do $$
declare t text;
begin
  foreach t in array array['media_plan', 'media_counter', 'media_object', 'medium', 'medium_move', 'medium_test', 'medium_loss'] loop
    execute format('alter table preservation.%I enable row level security', t);
    execute format($p$create policy scope on preservation.%I to lantai_app
      using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
      with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))$p$, t);
    execute format('grant select on preservation.%I to lantai_app', t);
  end loop;
end $$;
grant insert, update on preservation.media_plan, preservation.media_counter, preservation.medium, preservation.medium_move to lantai_app;
