create schema digitisation;
grant usage on schema digitisation to lantai_app;

-- A folder of page images and documents being matched to units and taken in.
create table digitisation.scan_import (
  id uuid primary key,
  archive_id uuid not null,
  -- Where the files come from, for people: a folder's path or the words for an upload.
  source text not null,
  rule text,
  state text not null default 'draft' check (state in ('draft', 'matching', 'matched', 'running', 'done', 'failed')),
  job_id uuid,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index scan_import_archive on digitisation.scan_import (archive_id, id);

create table digitisation.scan_file (
  import_id uuid not null references digitisation.scan_import on delete cascade,
  archive_id uuid not null,
  seq int not null,
  -- Path below the folder, as shown; and the file's own path, byte for byte.
  path text not null,
  source bytea not null,
  -- Name as received (path below the folder), byte for byte.
  name bytea not null,
  bytes bigint not null,
  unit_id uuid,
  page_no int,
  state text not null check (state in ('matched', 'unmatched', 'held', 'known', 'rejected')),
  code text,
  message text,
  primary key (import_id, seq)
);
create index scan_file_unit on digitisation.scan_file (import_id, unit_id, page_no, seq) where state = 'matched';
create index scan_file_state on digitisation.scan_file (import_id, state, seq);

-- The text of a page: out of the file itself, or read by machine.
create table digitisation.page_text (
  unit_id uuid not null references holdings.unit on delete cascade,
  archive_id uuid not null,
  page_no int not null,
  state text not null check (state in ('ready', 'poor', 'failed')),
  origin text not null check (origin in ('layer', 'ocr')),
  engine text not null,
  confidence real,
  rotation int not null default 0,
  width int,
  height int,
  text text not null,
  -- Lines with their boxes, for marking hits on the image: [{text, confidence, box: [x, y, w, h]}].
  lines jsonb not null default '[]',
  read_at timestamptz not null,
  primary key (unit_id, page_no)
);

-- Units whose pages are being read, so that progress can be told without counting all pages there are.
create table digitisation.text_task (
  unit_id uuid primary key references holdings.unit on delete cascade,
  archive_id uuid not null,
  import_id uuid references digitisation.scan_import on delete cascade,
  pages int not null,
  read int not null default 0,
  poor int not null default 0,
  failed int not null default 0
);
create index text_task_import on digitisation.text_task (import_id);

do $$
declare t text;
begin
  foreach t in array array['scan_import', 'scan_file', 'page_text', 'text_task'] loop
    execute format('alter table digitisation.%I enable row level security', t);
    execute format($p$create policy scope on digitisation.%I to lantai_app
      using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
      with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))$p$, t);
    execute format('grant select, insert, update, delete on digitisation.%I to lantai_app', t);
  end loop;
end $$;
-- Text is read where the record may be read.
create policy of_open_units on digitisation.page_text for select to lantai_app
  using (exists (select 1 from holdings.unit u where u.id = unit_id));
