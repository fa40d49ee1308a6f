-- Version of the package format an object's head is written in (docs/package.md); null: an older layout, or nobody looked.
alter table preservation.object add column package smallint;
create index object_unpackaged on preservation.object (object_id) where kind = 'unit' and package is null;

-- Units whose page texts are not in their objects yet, and when they shall be: after the last page read.
create table preservation.text_due (
  unit_id uuid primary key references holdings.unit on delete cascade,
  archive_id uuid not null,
  due_at timestamptz not null,
  -- Goes up with every page read, so that what is read while texts are being saved is not forgotten.
  turn bigint not null default 1,
  -- Saving went wrong so many times; it is tried again later and later.
  failures int not null default 0
);
create index text_due_at on preservation.text_due (due_at);
-- The house's own business; the application's role has no part in it.
alter table preservation.text_due enable row level security;

-- Where a file lies in its object (v1/content/…), so that opening one does not read the inventory of all; null: ask there.
alter table preservation.content add column content_path text;
