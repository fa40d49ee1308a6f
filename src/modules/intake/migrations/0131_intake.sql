-- What comes in from other systems of an agency (OA 办公自动化, 业务系统): which systems may send what, and what became of it.
create schema intake;
grant usage on schema intake to lantai_app;

-- A sender system. Registered in the agency, agreed to in the archive by another person; its id is its account's as well.
create table intake.system (
  id uuid primary key,
  archive_id uuid not null,
  agency_id uuid not null,
  -- Name, maker, what it may send, quotas, networks, last day (domain/settings.ts); and what somebody wants them to be.
  settings jsonb not null,
  wanted jsonb,
  state text not null default 'proposed' check (state in ('proposed', 'admitted', 'refused', 'ended')),
  proposed_by uuid not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  decided_by_name text,
  decided_at timestamptz,
  note text,
  -- What it has sent in all.
  items bigint not null default 0,
  bytes bigint not null default 0,
  version int not null default 1
);
create index system_agency on intake.system (agency_id, id);
create index system_archive on intake.system (archive_id, id);

-- What it sent on a day, as the archives' time zone has it: quotas count by it.
create table intake.day_use (
  system_id uuid not null references intake.system,
  day date not null,
  items int not null default 0,
  bytes bigint not null default 0,
  refused int not null default 0,
  primary key (system_id, day)
);

-- A record or package by the id its sender knows it by, as it was said last.
create table intake.item (
  id uuid primary key,
  system_id uuid not null references intake.system,
  archive_id uuid not null,
  agency_id uuid not null,
  kind text not null check (kind in ('record', 'package')),
  sender_id text not null,
  -- Of everything that was said, contents by their digests: what is the same has the same.
  digest text not null,
  -- The sender's own count of its versions, where it counts them.
  revision bigint,
  version int not null default 1,
  -- The item as filing knows it, or the batch.
  target_id uuid not null,
  -- What was said: keys the sender gave, uploads and inline contents by digest, documents of the item.
  said jsonb not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  unique (system_id, kind, sender_id)
);
create index item_target on intake.item (target_id);

-- What an item was before: the same sent late changes nothing back.
create table intake.earlier (
  item_id uuid not null references intake.item on delete cascade,
  digest text not null,
  primary key (item_id, digest)
);

-- What came in, one line for each that changed something or was refused.
create table intake.arrival (
  id uuid primary key,
  system_id uuid not null references intake.system,
  archive_id uuid not null,
  agency_id uuid not null,
  at timestamptz not null,
  way text not null check (way in ('api', 'drop')),
  kind text not null check (kind in ('record', 'package')),
  -- Null for what may not be named.
  sender_id text,
  title text,
  outcome text not null check (outcome in ('taken', 'changed', 'refused')),
  code text,
  findings jsonb not null default '[]',
  files int not null default 0,
  bytes bigint not null default 0,
  target_id uuid
);
create index arrival_system on intake.arrival (system_id, id);
create index arrival_agency on intake.arrival (agency_id, id);
create index arrival_archive on intake.arrival (archive_id, id);

-- Uploads of systems that nothing has used yet: they count against the quota, and end after some days.
create table intake.upload (
  id text primary key,
  system_id uuid not null references intake.system,
  bytes bigint not null,
  at timestamptz not null
);
create index upload_system on intake.upload (system_id);

alter table intake.system enable row level security;
alter table intake.day_use enable row level security;
alter table intake.item enable row level security;
alter table intake.earlier enable row level security;
alter table intake.arrival enable row level security;
alter table intake.upload enable row level security;
-- Which systems there are, and what was refused, agency and archive see; what was sent is, like a registered record, the agency's.
create policy reach on intake.system to lantai_app
  using ((select lantai.sees_all()) or agency_id = any ((select lantai.filing_agencies())::uuid[])
    or archive_id = any ((select lantai.filing_archives())::uuid[]));
create policy reach on intake.day_use to lantai_app
  using (exists (select 1 from intake.system s where s.id = system_id));
create policy reach on intake.item to lantai_app
  using ((select lantai.sees_all()) or agency_id = any ((select lantai.filing_agencies())::uuid[]));
create policy reach on intake.earlier to lantai_app
  using (exists (select 1 from intake.item i where i.id = item_id));
create policy reach on intake.arrival to lantai_app
  using ((select lantai.sees_all()) or agency_id = any ((select lantai.filing_agencies())::uuid[]));
create policy reach on intake.upload to lantai_app
  using (exists (select 1 from intake.system s where s.id = system_id));
grant select, update on intake.system to lantai_app;
grant select, insert, update on intake.day_use, intake.item to lantai_app;
grant select, insert on intake.earlier, intake.arrival to lantai_app;
grant select, insert, delete on intake.upload to lantai_app;
