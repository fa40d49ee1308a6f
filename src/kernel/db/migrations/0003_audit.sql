-- The audit trail. An entry and its leaf hash are written in the transaction of the act; a sequencer gives committed
-- entries their place in a Merkle tree (RFC 9162) afterwards, so that writers share no lock.
create schema audit;
grant usage on schema audit to lantai_app;

create table audit.entry (
  id uuid primary key,
  at timestamptz(3) not null,
  actor_id uuid,
  actor_name text not null,
  archive_id uuid,
  act text not null,
  target_type text not null,
  target_id text not null,
  detail jsonb not null,
  algorithm text not null check (algorithm in ('sha256', 'sm3')),
  leaf_hash bytea not null
);
create index entry_target on audit.entry (target_type, target_id, id);
create index entry_archive on audit.entry (archive_id, id);

-- Entries without a place yet. Written with the entry, deleted when it is placed.
create table audit.unplaced (entry_id uuid primary key, at timestamptz not null);

create table audit.leaf (
  position bigint primary key check (position >= 0),
  entry_id uuid not null unique,
  leaf_hash bytea not null
);

-- The signed heads of the tree.
create table audit.checkpoint (
  size bigint primary key,
  root bytea not null,
  algorithm text not null,
  statement text not null,
  made_at timestamptz not null
);

-- The right-hand edge of the tree at its present size: what the sequencer needs to go on.
create table audit.frontier (
  one boolean primary key default true check (one),
  algorithm text not null,
  size bigint not null,
  hashes bytea[] not null
);

-- Nobody changes what was written, the owner by mistake included.
create function audit.refuse_change() returns trigger language plpgsql as $$
begin raise exception 'the audit trail is append-only' using errcode = '42501'; end $$;
create trigger entry_append_only before update or delete or truncate on audit.entry
  for each statement execute function audit.refuse_change();
create trigger leaf_append_only before update or delete or truncate on audit.leaf
  for each statement execute function audit.refuse_change();
create trigger checkpoint_append_only before update or delete or truncate on audit.checkpoint
  for each statement execute function audit.refuse_change();

alter table audit.entry enable row level security;
create policy entry_read on audit.entry for select to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
create policy entry_append on audit.entry for insert to lantai_app with check (true);
grant select, insert on audit.entry to lantai_app;
grant insert on audit.unplaced to lantai_app;
