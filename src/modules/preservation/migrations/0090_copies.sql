-- Places that hold copies. The storage root itself is one of them, the main one; it is there from the beginning.
create table preservation.store (
  id uuid primary key,
  name text not null,
  is_main boolean not null default false,
  -- {kind: folder, root} or {kind: s3, …}; secrets are in `sealed`, closed with the master key.
  location jsonb not null,
  sealed text,
  -- active: gets everything; draining: gets nothing more, what it holds counts; lost and removed: holds nothing for us.
  state text not null default 'active' check (state in ('active', 'draining', 'lost', 'removed')),
  -- As it was met the last time: slow is reachable, and far below its own usual pace; foreign: another root lies there.
  reach text not null default 'unknown' check (reach in ('unknown', 'reachable', 'slow', 'unreachable', 'foreign')),
  trouble text,
  seen_at timestamptz,
  unreachable_since timestamptz,
  -- When the store's own note was last written: one that comes back with an older note came back old.
  marked_at timestamptz,
  -- Objects up to this id have their row in `copy`; planning goes on behind it until `planned`.
  planned_to text not null default '',
  planned boolean not null default false,
  free_bytes bigint,
  total_bytes bigint,
  -- Most megabytes a second for copying and verifying; null: as the setting says.
  megabytes_per_second int check (megabytes_per_second > 0),
  added_at timestamptz not null,
  added_by text not null,
  ended_at timestamptz,
  ended_by text,
  ended_reason text,
  version int not null default 1,
  check (not is_main or state = 'active')
);
create unique index store_main on preservation.store (is_main) where is_main;
create unique index store_name on preservation.store (name) where state in ('active', 'draining');

-- One row per object and store. Nothing of one store's rows depends on another's.
create table preservation.copy (
  object_id text not null,
  store_id uuid not null references preservation.store (id),
  archive_id uuid,
  -- What the copy holds, as last proved.
  head text,
  inventory_digest text,
  bytes bigint not null default 0,
  -- wanted: not there yet; behind: an earlier version is there. Only `sound` counts as held.
  condition text not null check (condition in ('wanted', 'sound', 'behind', 'damaged', 'missing')),
  copied_at timestamptz,
  -- When every byte was last read and found good.
  checked_at timestamptz,
  -- When mending or copying was last tried in vain, and why.
  tried_at timestamptz,
  trouble text,
  primary key (object_id, store_id)
);
create index copy_oldest on preservation.copy (store_id, checked_at nulls first, object_id) where condition = 'sound';
create index copy_unsound on preservation.copy (store_id, condition, tried_at nulls first, object_id) where condition <> 'sound';
create index copy_trouble on preservation.copy (archive_id, object_id, store_id) where condition in ('behind', 'damaged', 'missing');

-- Copies and bytes by store, archive and condition: changes, which are added up now and then, so that writers never wait
-- for each other and nobody counts millions of rows.
create table preservation.copy_tally (
  store_id uuid not null,
  archive_id uuid,
  condition text not null,
  copies bigint not null,
  bytes bigint not null
);
create index copy_tally_archive on preservation.copy_tally (archive_id);

-- Growth by month and archive, kept in the same way.
create table preservation.growth (
  month date not null,
  archive_id uuid,
  objects bigint not null,
  files bigint not null,
  bytes bigint not null
);
create index growth_archive on preservation.growth (archive_id, month);

-- What a day's verifying of a store came to.
create table preservation.fixity_day (
  store_id uuid not null references preservation.store (id),
  day date not null,
  copies bigint not null,
  bytes bigint not null,
  bad bigint not null,
  milliseconds bigint not null,
  last_at timestamptz not null,
  primary key (store_id, day)
);

-- What a person has to know: about one copy, or about a whole store.
create table preservation.alarm (
  id uuid primary key,
  store_id uuid not null references preservation.store (id),
  -- null: about the store itself.
  object_id text,
  archive_id uuid,
  -- Stable: damaged, missing, undecided, unreachable, foreign, cameBackOld, manyDamaged …
  code text not null,
  detail jsonb not null default '{}',
  state text not null default 'open' check (state in ('open', 'acknowledged', 'solved')),
  raised_at timestamptz not null,
  last_at timestamptz not null,
  times int not null default 1,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  acknowledged_name text,
  solved_at timestamptz,
  solved_by uuid,
  solved_name text,
  note text
);
create unique index alarm_one on preservation.alarm (store_id, coalesce(object_id, ''), code) where state <> 'solved';
create index alarm_list on preservation.alarm (archive_id, raised_at desc, id desc);
create index alarm_waiting on preservation.alarm (archive_id, raised_at desc, id desc) where state = 'open' or acknowledged_at is null;
create index alarm_object on preservation.alarm (object_id) where object_id is not null;

do $$
declare t text;
begin
  foreach t in array array['copy', 'copy_tally', 'growth', 'alarm'] loop
    execute format('alter table preservation.%I enable row level security', t);
    execute format($p$create policy scope on preservation.%I for select to lantai_app
      using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))$p$, t);
    execute format('grant select on preservation.%I to lantai_app', t);
  end loop;
end $$;
-- The house's own business; read and written as the owner, behind the commands' own demands.
alter table preservation.store enable row level security;
alter table preservation.fixity_day enable row level security;

insert into preservation.store (id, name, is_main, location, planned, added_at, added_by)
values ('00000000-0000-4000-8000-000000000001', 'main', true, '{"kind": "folder", "root": ""}', true, now(), 'lantai');

-- Held before copies were entered: never yet verified, so they come first.
insert into preservation.copy (object_id, store_id, archive_id, head, inventory_digest, bytes, condition, copied_at)
select object_id, '00000000-0000-4000-8000-000000000001', archive_id, head, inventory_digest, bytes, 'sound', entered_at
from preservation.object;
insert into preservation.copy_tally select store_id, archive_id, condition, count(*), sum(bytes)
from preservation.copy group by store_id, archive_id, condition;
insert into preservation.growth select date_trunc('month', entered_at)::date, archive_id, count(*), sum(files), sum(bytes)
from preservation.object group by 1, 2;
