-- What was turned away at a door because it bears a classification (Law on Guarding State Secrets, art. 31). Nothing of what was found
-- stands here, for backups take these rows along: that lies below <data>/blocked, which they do not.
create schema classified;

create table classified.blocked (
  id uuid primary key,
  archive_id uuid not null,
  -- Of an agency that files; none where the archive itself takes a catalogue in.
  agency_id uuid,
  door text not null check (door in ('record', 'file', 'catalogue')),
  -- form, paste, import, or the name of the system that sent it.
  source text not null,
  -- Whether classifications, titles or names bear it; how many places.
  kinds text[] not null,
  places int not null,
  files int not null,
  -- Keyed, and of no use for guessing: by it the same sent again is noted where it was noted first.
  same text not null,
  times int not null default 1,
  sent_by uuid,
  sent_by_name text not null,
  at timestamptz not null,
  last_at timestamptz not null,
  removed_at timestamptz,
  removed_by uuid,
  removed_by_name text,
  reason text,
  check ((removed_at is null) = (reason is null))
);
create unique index blocked_same on classified.blocked (archive_id, same) where removed_at is null;
create index blocked_list on classified.blocked (archive_id, id desc);

-- The application's login has no rights here: it is read as the owner, for the security administrator alone.
alter table classified.blocked enable row level security;
