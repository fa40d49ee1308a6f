-- What people have printed: a file made by a job, theirs alone for some days. The application's login has no rights here at
-- all: rows are read and written as the owner, always by the person's id, settings after the archive's rights were asked for.
create schema printing;

create table printing.print_order (
  id uuid primary key,
  person_id uuid not null,
  person_name text not null,
  archive_id uuid not null,
  form text not null,
  format text not null check (format in ('pdf', 'xlsx')),
  -- Of the form's own words.
  language text not null,
  -- What is printed, how, and with which reach: as it was when it was asked for.
  choice jsonb not null,
  settings jsonb not null,
  posts jsonb not null,
  name text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  done bigint not null default 0,
  total bigint,
  pages int not null default 0,
  bytes bigint,
  -- Entries the person may not take out; values too long for their box; codes without bars; characters the type has not.
  left_out bigint not null default 0,
  shortened bigint not null default 0,
  unbarred bigint not null default 0,
  missing jsonb not null default '[]',
  failure text,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  expires_at timestamptz not null
);
create index print_order_person on printing.print_order (person_id, id);
create index print_order_expires on printing.print_order (expires_at);

-- How an archive prints a form, where that differs from the settings as shipped.
create table printing.form_setting (
  archive_id uuid not null,
  form text not null,
  settings jsonb not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (archive_id, form)
);

alter table printing.print_order enable row level security;
alter table printing.form_setting enable row level security;
