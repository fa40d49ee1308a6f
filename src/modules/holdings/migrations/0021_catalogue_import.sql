-- A catalogue taken in from a file: the file, how its columns were understood, how far it got, what was wrong.
create table holdings.import (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  file_name text not null,
  -- The file as received, kept beside for resuming; relative to the import folder.
  file_path text not null,
  file_sha256 text not null,
  format text not null,
  encoding text,
  state text not null default 'draft'
    check (state in ('draft', 'checking', 'checked', 'running', 'done', 'failed', 'takingBack', 'takenBack')),
  -- Sheets with their columns, fields and samples, as shown in the wizard.
  sheets jsonb not null,
  options jsonb not null default '{}',
  profile_id uuid,
  counts jsonb not null default '{}',
  problems jsonb not null default '[]',
  -- The last row dealt with, written with the rows themselves: a killed import goes on behind it.
  place_sheet int not null default -1,
  place_row int not null default 0,
  taken_back jsonb,
  job_id uuid,
  created_at timestamptz not null,
  created_by uuid,
  created_by_name text not null,
  finished_at timestamptz
);
create index import_list on holdings.import (archive_id, id);

-- Rows with something to say: refused ones with their cells for the workbook of rejects, accepted ones with doubts.
-- Cells of rows that carry a secret mark are never stored.
create table holdings.import_finding (
  import_id uuid not null references holdings.import on delete cascade,
  archive_id uuid not null,
  sheet int not null,
  row_no int not null,
  rejected boolean not null,
  codes text[] not null,
  findings jsonb not null,
  cells jsonb,
  primary key (import_id, sheet, row_no)
);

-- How the columns of a kind of file were understood, by archive and by the digest of its headings.
create table holdings.import_profile (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  signature text not null,
  name text not null,
  columns jsonb not null,
  options jsonb not null default '{}',
  used_at timestamptz not null,
  created_by_name text not null,
  unique (archive_id, signature)
);

-- What a unit's row said when it was taken in: the same row again changes nothing, and the audit entry of its chunk
-- can be proved against it. First 16 bytes of SHA-256.
alter table holdings.unit add column import_digest uuid;
create index unit_import_digest on holdings.unit (archive_id, import_digest)
  where reference_code is null and import_digest is not null;

do $$
declare t text;
begin
  foreach t in array array['import', 'import_finding', 'import_profile'] loop
    execute format('alter table holdings.%I enable row level security', t);
    execute format($p$create policy scope on holdings.%I to lantai_app
      using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
      with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))$p$, t);
    execute format('grant select, insert, update, delete on holdings.%I to lantai_app', t);
  end loop;
end $$;
