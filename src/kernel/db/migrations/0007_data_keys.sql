-- Keys of personal data: one in use per archive and purpose, closed with the master key that is kept outside the
-- database. A key that was replaced stays as long as a value lies under it; tables refer to the key of each value, so
-- that PostgreSQL itself keeps the last user's key from being deleted.
create table lantai.data_key (
  id uuid primary key,
  archive_id uuid not null,
  purpose text not null,
  -- Which cipher values under this key are closed with; also named in each value.
  cipher text not null,
  sealed text not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
create unique index data_key_in_use on lantai.data_key (archive_id, purpose) where retired_at is null;
-- Only the system opens keys; the application's role has nothing to read here.
