-- Records an agency registers, arranges and files: its alone until the year is filed, then the archive's to see as well. Content lies
-- by its digest below the data folder.
create table filing.record (
  id uuid primary key,
  archive_id uuid not null,
  agency_id uuid not null,
  fonds_id uuid not null,
  -- Of the item 件 it lies in; null: it is one itself. What it is there, and its place.
  item_id uuid references filing.record,
  part text check (part in ('main', 'final', 'annex', 'forwarded', 'copy', 'incoming', 'other')),
  part_no int not null default 0,
  title text not null,
  creator text,
  doc_no text,
  date_text text,
  date_from date,
  date_to date,
  category text not null,
  year int not null,
  retention text,
  class_code text,
  class_name text,
  pages int,
  classification text not null default 'public' check (classification in ('public', 'internal')),
  -- The other fields of the category's metadata scheme, by key.
  description jsonb not null default '{}',
  -- The line of the schedule it was filed under.
  schedule_id uuid references filing.schedule,
  line_key uuid,
  item_no int,
  -- Within which its number counts.
  scope text,
  reference_code text,
  sort_key text collate "C" not null default '',
  box_no int,
  state text not null default 'registered' check (state in ('registered', 'filed', 'handedOver')),
  -- The filing of its year it is in, prepared or confirmed.
  filing_id uuid,
  -- How it came, and by which id the sender knows it.
  source text not null default 'form',
  sender_key text,
  files int not null default 0,
  bytes bigint not null default 0,
  registered_by uuid,
  registered_by_name text not null,
  registered_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  check (item_id is null or (reference_code is null and part is not null))
);
create unique index record_code on filing.record (archive_id, reference_code) where reference_code is not null;
create unique index record_number on filing.record (agency_id, scope, item_no) where item_no is not null;
create unique index record_sender on filing.record (agency_id, source, sender_key) where sender_key is not null;
create index record_year on filing.record (agency_id, year, sort_key, id) where item_id is null;
create index record_item on filing.record (item_id, part_no) where item_id is not null;
create index record_filing on filing.record (filing_id, sort_key, id) where filing_id is not null;
create index record_archive on filing.record (archive_id, year, state) where item_id is null;

create table filing.file (
  id uuid primary key,
  record_id uuid not null references filing.record on delete cascade,
  position int not null,
  -- As the sender's machine named it.
  name text not null,
  media_type text,
  bytes bigint not null,
  sha512 text not null,
  added_by_name text not null,
  added_at timestamptz not null
);
create index file_record on filing.file (record_id, position);
create index file_content on filing.file (sha512);

-- The filing of a year: prepared by one, confirmed by another. A year may be filed more than once, for what comes later.
create table filing.year_filing (
  id uuid primary key,
  archive_id uuid not null,
  agency_id uuid not null,
  year int not null,
  number int not null,
  state text not null default 'prepared' check (state in ('prepared', 'filed', 'withdrawn')),
  -- What was missing as it was prepared, and how the preparer explains it.
  missing jsonb not null,
  note text,
  items int not null,
  files int not null,
  bytes bigint not null,
  prepared_by uuid,
  prepared_by_name text not null,
  prepared_at timestamptz not null,
  confirmed_by uuid,
  confirmed_by_name text,
  confirmed_at timestamptz,
  -- Of the list of what was filed (SHA-512 over a line each: reference code, title, digests of its files).
  digest text,
  unique (agency_id, year, number)
);
create unique index year_filing_open on filing.year_filing (agency_id, year) where state = 'prepared';
alter table filing.record add foreign key (filing_id) references filing.year_filing;

alter table filing.record enable row level security;
alter table filing.file enable row level security;
alter table filing.year_filing enable row level security;
create policy reach on filing.record to lantai_app
  using ((select lantai.sees_all()) or agency_id = any ((select lantai.filing_agencies())::uuid[])
    or (state <> 'registered' and archive_id = any ((select lantai.filing_archives())::uuid[])));
create policy reach on filing.file to lantai_app
  using (exists (select 1 from filing.record r where r.id = record_id));
create policy reach on filing.year_filing to lantai_app
  using ((select lantai.sees_all()) or agency_id = any ((select lantai.filing_agencies())::uuid[])
    or (state = 'filed' and archive_id = any ((select lantai.filing_archives())::uuid[])));
grant select, insert, update, delete on filing.record, filing.file to lantai_app;
grant select, insert, update on filing.year_filing to lantai_app;
