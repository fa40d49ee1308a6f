-- Registration backup 登记备份: early copies of electronic records that agencies deposit, sealed, long before they hand over.
create schema deposit;
grant usage on schema deposit to lantai_app;

create table deposit.deposit (
  id uuid primary key,
  archive_id uuid not null,
  agency_id uuid not null,
  agency_code text not null,
  agency_name text not null,
  -- 登记号: archive, BF, year, running number.
  number text not null unique,
  title text not null check (title <> ''),
  -- From which system, of what kind, of which years: as the agency says it.
  system text,
  category text,
  year_from int,
  year_to int check (year_to >= year_from),
  note text,
  state text not null default 'sealing' check (state in ('sealing', 'kept', 'blocked', 'failed', 'ended')),
  -- Uploads that are being sealed.
  uploads text[] not null,
  files int not null default 0,
  bytes bigint not null default 0,
  -- SHA-256 of the list of all files with their digests.
  manifest text,
  receipt text,
  made_by uuid not null,
  made_by_name text not null,
  made_at timestamptz not null,
  sealed_at timestamptz,
  kept_until date,
  -- When every byte was last proved to be as it was sealed; since when some are not.
  checked_at timestamptz,
  damaged_at timestamptz,
  failure text,
  job_id uuid,
  ended_at timestamptz,
  ended_by_name text,
  ended_reason text,
  check (state <> 'kept' or (manifest is not null and receipt is not null and kept_until is not null))
);
create index deposit_list on deposit.deposit (archive_id, id desc);
create index deposit_agency on deposit.deposit (agency_id, id desc);
create index deposit_check on deposit.deposit (checked_at) where state = 'kept';

-- The key of each deposit, sealed with the master key; gone with it, its content is gone. The application's login has no rights here.
create table deposit.key (
  deposit_id uuid primary key references deposit.deposit on delete cascade,
  sealed text not null
);

create table deposit.counter (
  archive_id uuid not null,
  year int not null,
  last int not null,
  primary key (archive_id, year)
);

-- What was deposited: files as they were sent, and those inside of packages, by their digests.
create table deposit.file (
  deposit_id uuid not null references deposit.deposit on delete cascade,
  seq int not null,
  path text not null,
  bytes bigint not null,
  sha256 text not null,
  -- The file as it was sent that this one lies in; null: it was sent itself, and lies sealed under its number.
  container int,
  -- Whether its files are listed themselves: then it is not compared.
  opened boolean not null default false,
  primary key (deposit_id, seq)
);
create index file_digest on deposit.file (sha256);

-- Looking into what is sealed: asked by one person, agreed to by another, for a time.
create table deposit.unsealing (
  id uuid primary key,
  deposit_id uuid not null references deposit.deposit on delete cascade,
  archive_id uuid not null,
  agency_id uuid not null,
  kind text not null check (kind in ('recovery', 'inspection')),
  reason text not null check (reason <> ''),
  state text not null default 'asked' check (state in ('asked', 'approved', 'refused')),
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  decision_note text,
  open_until timestamptz,
  check ((state = 'approved') = (open_until is not null)),
  check (decided_by is null or decided_by <> asked_by)
);
create index unsealing_of on deposit.unsealing (deposit_id, id);
create unique index unsealing_open on deposit.unsealing (deposit_id, asked_by) where state = 'asked';

-- What a batch brings, beside what its agency had deposited.
create table deposit.comparison (
  batch_id uuid not null,
  round int not null,
  archive_id uuid not null,
  agency_id uuid not null,
  deposits jsonb not null,
  same int not null,
  changed int not null,
  missing int not null,
  added int not null,
  at timestamptz not null,
  primary key (batch_id, round)
);
create table deposit.difference (
  batch_id uuid not null,
  round int not null,
  seq int not null,
  kind text not null check (kind in ('changed', 'missing', 'added')),
  path text,
  deposited_path text,
  deposit_number text,
  primary key (batch_id, round, seq),
  foreign key (batch_id, round) references deposit.comparison on delete cascade
);

alter table deposit.deposit enable row level security;
create policy reach on deposit.deposit to lantai_app using ((select lantai.sees_all())
  or agency_id = any ((select lantai.filing_agencies())::uuid[]) or archive_id = any ((select lantai.filing_archives())::uuid[]));
alter table deposit.key enable row level security;
alter table deposit.counter enable row level security;
alter table deposit.file enable row level security;
create policy reach on deposit.file to lantai_app using (exists (select from deposit.deposit d where d.id = deposit_id));
alter table deposit.unsealing enable row level security;
create policy reach on deposit.unsealing to lantai_app using (exists (select from deposit.deposit d where d.id = deposit_id));
alter table deposit.comparison enable row level security;
create policy reach on deposit.comparison to lantai_app using ((select lantai.sees_all())
  or agency_id = any ((select lantai.filing_agencies())::uuid[]) or archive_id = any ((select lantai.filing_archives())::uuid[]));
alter table deposit.difference enable row level security;
create policy reach on deposit.difference to lantai_app using (exists (select from deposit.comparison c
  where c.batch_id = difference.batch_id and c.round = difference.round));
grant select on deposit.deposit, deposit.file, deposit.unsealing, deposit.comparison, deposit.difference to lantai_app;
grant insert, update on deposit.unsealing to lantai_app;
