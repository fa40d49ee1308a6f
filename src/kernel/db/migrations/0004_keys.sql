-- Signing keys: one living set per archive, and one of the installation (archive_id null) that signs audit
-- checkpoints. Private halves are closed with a master key kept outside the database; public halves are never deleted.
create table lantai.key_set (
  id text primary key,
  archive_id uuid,
  public jsonb not null,
  sealed jsonb not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
create unique index key_set_living on lantai.key_set (coalesce(archive_id, '00000000-0000-0000-0000-000000000000'))
  where retired_at is null;
-- Only the system signs; the application's role has nothing to read here.
