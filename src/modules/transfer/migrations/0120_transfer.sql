-- Handover of records from agencies to an archive 移交与接收: what is planned, batches on their way, who moved them.
create schema transfer;
grant usage on schema transfer to lantai_app;

-- What an agency is to hand over in a year.
create table transfer.plan (
  id uuid primary key,
  archive_id uuid not null,
  agency_id uuid not null,
  year int not null check (year between 1900 and 2999),
  -- What is meant: years of records, categories, departments.
  content text not null check (content <> ''),
  due_on date not null,
  items int check (items > 0),
  note text,
  state text not null default 'planned' check (state in ('planned', 'cancelled')),
  closed_reason text,
  created_by uuid not null,
  created_by_name text not null,
  created_at timestamptz not null
);
create index plan_list on transfer.plan (archive_id, year, agency_id);

create table transfer.batch (
  id uuid primary key,
  archive_id uuid not null,
  agency_id uuid not null,
  -- As they were when the batch was begun.
  agency_code text not null,
  agency_name text not null,
  plan_id uuid references transfer.plan,
  -- Archive, YJ, year, running number: on the register, the receipt and in talk.
  number text not null unique,
  -- 交接工作名称 and 内容描述 of the register.
  title text not null check (title <> ''),
  content text not null default '',
  state text not null default 'preparing' check (state in ('preparing', 'prechecking', 'checked', 'sent', 'received', 'checking',
    'reviewing', 'proposed', 'accepting', 'accepted', 'returned', 'withdrawn', 'blocked', 'removed')),
  -- A batch that was returned comes again as its next round.
  round int not null default 1,
  version int not null default 1,
  prepared_by uuid not null,
  prepared_by_name text not null,
  prepared_at timestamptz not null,
  -- What is sent: a file or a folder below the batch's own folder, and what it was judged as.
  package_name text,
  root text,
  form text check (form in ('file', 'folder')),
  kind text,
  uploads text[] not null default '{}',
  laid boolean not null default false,
  files int not null default 0,
  bytes bigint not null default 0,
  -- Of the list of all files with their digests (manifest), and the fonds for packages that name none.
  manifest text,
  fonds text,
  entries int not null default 0,
  -- What each side's checks came to: {qualified, errors, warnings, runId}.
  precheck jsonb,
  arrival_check jsonb,
  -- What the archive means to do, then did: {accepts: all|part|none, reason, leftOut: [{code, reason}]}.
  decision jsonb,
  -- Statements as they are handed out: the register signed by the agency, then by the archive too; the receipt.
  agency_register text,
  register text,
  receipt text,
  -- Why the system could not go on, and since when it tries.
  failure text,
  failing_since timestamptz,
  job_id uuid,
  created_at timestamptz not null,
  moved_at timestamptz not null
);
create index batch_list on transfer.batch (archive_id, id);
create index batch_agency on transfer.batch (agency_id, id);
create index batch_under_way on transfer.batch (moved_at) where state in ('prechecking', 'sent', 'checking', 'accepting');

create table transfer.counter (
  archive_id uuid not null,
  year int not null,
  last int not null,
  primary key (archive_id, year)
);

-- Every move of a batch, and who made it.
create table transfer.move (
  batch_id uuid not null references transfer.batch on delete cascade,
  seq int not null,
  archive_id uuid not null,
  agency_id uuid not null,
  round int not null,
  act text not null,
  from_state text not null,
  to_state text not null,
  person_id uuid,
  person_name text not null,
  -- Whom the person stood in for: they count as having done it.
  stood_for uuid[] not null default '{}',
  reason text,
  at timestamptz not null,
  primary key (batch_id, seq)
);

-- What a round's judgement of the package found.
create table transfer.finding (
  batch_id uuid not null references transfer.batch on delete cascade,
  archive_id uuid not null,
  agency_id uuid not null,
  round int not null,
  side text not null check (side in ('agency', 'archive')),
  seq int not null,
  code text not null,
  severity text not null check (severity in ('error', 'warning', 'info')),
  path text not null,
  message text not null,
  primary key (batch_id, round, side, seq)
);

-- What of a batch bears a classification. The application's login has no rights here: it is read as the owner, for the security
-- administrator alone.
create table transfer.classified (
  batch_id uuid not null references transfer.batch on delete cascade,
  round int not null,
  seq int not null,
  archive_id uuid not null,
  place text not null,
  what text not null,
  primary key (batch_id, round, seq)
);

-- The agency sees its own batches; the archive those that were sent to it.
alter table transfer.plan enable row level security;
create policy reach on transfer.plan using ((select lantai.sees_all())
  or agency_id = any ((select lantai.filing_agencies())::uuid[]) or archive_id = any ((select lantai.filing_archives())::uuid[]));
alter table transfer.batch enable row level security;
create policy reach on transfer.batch using ((select lantai.sees_all())
  or agency_id = any ((select lantai.filing_agencies())::uuid[])
  or (archive_id = any ((select lantai.filing_archives())::uuid[])
    and (round > 1 or state not in ('preparing', 'prechecking', 'checked', 'withdrawn'))));
alter table transfer.move enable row level security;
create policy reach on transfer.move using ((select lantai.sees_all())
  or exists (select from transfer.batch b where b.id = batch_id));
alter table transfer.finding enable row level security;
create policy reach on transfer.finding using ((select lantai.sees_all())
  or agency_id = any ((select lantai.filing_agencies())::uuid[])
  or (side = 'archive' and exists (select from transfer.batch b where b.id = batch_id)));
alter table transfer.counter enable row level security;
create policy reach on transfer.counter using ((select lantai.sees_all()));
alter table transfer.classified enable row level security;

grant select, insert, update on transfer.plan, transfer.batch to lantai_app;
grant select, insert on transfer.move, transfer.finding to lantai_app;
