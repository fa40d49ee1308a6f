-- Descriptions, rights and numbers are kept among the holdings too, in segments: immutable objects of rows as they were.

-- Which rows have changed since they were last written into a segment. Written by the triggers of 0088 in the transaction
-- of the change; deleted once the segment is in the root.
create table preservation.unsaved (
  seq bigint generated always as identity primary key,
  -- The chain of segments a row belongs to: house, archive-<id>, events-<id>, fonds-<id>.
  stream text not null,
  tbl text not null,
  -- Primary keys of rows, each an array of its parts; or, for many rows made at once, the first and last of their ids.
  keys jsonb,
  first uuid,
  last uuid,
  n int not null,
  at timestamptz not null default now(),
  check ((keys is null) <> (first is null))
);
create index unsaved_stream on preservation.unsaved (stream, seq);

-- How far each stream is written: its newest segment, and the sha512 of that one's segment.json. A row of a fonds' stream is
-- kept in the stream of the archive, one of an archive in that of the house, so that a segment lost at the end is missed too.
create table preservation.stream (
  stream text primary key,
  -- Where this very row is kept; null for the house's stream.
  above text,
  archive_id uuid,
  number int not null,
  sha512 text not null,
  taken_at timestamptz not null
);

-- Tables whose rows were all noted once, when they began to be kept. Comes back with a backup, so that what is restored is not
-- taken for changed.
create table preservation.kept (tbl text primary key);

-- A rebuild under way, so that it goes on where it was killed.
create table preservation.rebuild (
  single boolean primary key default true check (single),
  id uuid not null,
  phase text not null,
  place jsonb not null default '{}',
  accept_loss boolean not null,
  counts jsonb not null default '{}',
  actor_name text not null,
  begun_at timestamptz not null default now()
);
-- What it found in the root: every object, and every segment in its chain.
create table preservation.rebuild_object (
  path text primary key,
  object_id text,
  head text,
  inventory_digest text,
  files bigint,
  bytes bigint,
  created text,
  changed text,
  trouble text
);
create index rebuild_object_id on preservation.rebuild_object (object_id);
create table preservation.rebuild_segment (
  stream text not null,
  number int not null,
  sha512 text,
  taken_at timestamptz,
  -- Set once its rows are in.
  done boolean not null default false,
  primary key (stream, number)
);
-- Rows that a newer segment says are gone, and rows that wait for the row above them.
create table preservation.rebuild_gone (tbl text not null, key jsonb not null, primary key (tbl, key));
create table preservation.rebuild_waiting (
  seq bigint generated always as identity primary key,
  tbl text not null,
  line jsonb not null,
  -- When it was so, and in which object it stands.
  taken_at timestamptz,
  source text not null
);
create index rebuild_waiting_tbl on preservation.rebuild_waiting (tbl, seq);
-- What could not be read or brought back.
create table preservation.rebuild_trouble (
  seq bigint generated always as identity primary key,
  code text not null,
  object_id text,
  message text not null
);

-- The house's own business; the application's role has no part in it.
do $$
declare t text;
begin
  foreach t in array array['unsaved', 'stream', 'kept', 'rebuild', 'rebuild_object', 'rebuild_segment', 'rebuild_gone', 'rebuild_waiting', 'rebuild_trouble'] loop
    execute format('alter table preservation.%I enable row level security', t);
  end loop;
end $$;
