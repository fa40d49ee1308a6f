-- What the kernel tells of the asker for one transaction are settings, which any SQL of the application's login may set. So they
-- are sealed: HMAC-SHA-256 with a key that the program and this table have and the login can not read. Kept as the two blocks
-- HMAC begins with, so that the check is two calls of sha256. The owner puts it here at each start (db/seal.ts).
create table lantai.seal_key (
  one boolean primary key default true check (one),
  inner_block bytea not null check (octet_length(inner_block) = 64),
  outer_block bytea not null check (octet_length(outer_block) = 64)
);
-- No policy and no rights: for the owner alone.
alter table lantai.seal_key enable row level security;
