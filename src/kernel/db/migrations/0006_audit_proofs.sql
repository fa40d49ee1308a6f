-- Proofs, witnesses, retention and search of the audit trail.

-- Nodes of the tree that proofs are made from: level n is over 2^(8n) leaves; level 0 is audit.leaf. Can be made again.
create table audit.node (
  level smallint not null check (level > 0),
  idx bigint not null check (idx >= 0),
  hash bytea not null,
  primary key (level, idx)
);

-- Other installations whose checkpoints this one countersigns, and which countersign ours: whom a person decided to
-- trust, and how far their tree has been seen to grow.
create table audit.peer (
  fingerprint text primary key,
  name text not null,
  certificate text not null,
  seen_size bigint not null default 0,
  seen_root bytea,
  added_at timestamptz not null
);

-- Other archives' signatures over the installation's checkpoints.
create table audit.countersignature (
  size bigint not null,
  signer text not null,
  statement text not null,
  made_at timestamptz not null,
  primary key (size, signer)
);

-- Entries whose time is over are taken out by rule. Their leaf hashes stay; a signed statement says which.
alter table audit.leaf add column pruned boolean not null default false;
create table audit.pruning (
  size bigint primary key,
  statement text not null,
  made_at timestamptz not null
);

-- Append-only still; pruning alone may take entries out, and mark their leaves, and says so to the transaction.
create or replace function audit.refuse_change() returns trigger language plpgsql as $$
begin
  if current_setting('lantai.audit_pruning', true) = 'on'
    and (tg_table_name, tg_op) in (('entry', 'DELETE'), ('leaf', 'UPDATE')) then
    return null;
  end if;
  raise exception 'the audit trail is append-only' using errcode = '42501';
end $$;
create trigger countersignature_append_only before update or delete or truncate on audit.countersignature
  for each statement execute function audit.refuse_change();
create trigger pruning_append_only before update or delete or truncate on audit.pruning
  for each statement execute function audit.refuse_change();

-- The sequencer takes the oldest that wait, also where a million do.
create index unplaced_at on audit.unplaced (at, entry_id);

-- Search goes newest first within an archive, by one of: everything, who, which thing, which act, how it ended.
create index entry_at on audit.entry (archive_id, at, id);
create index entry_actor on audit.entry (archive_id, actor_id, at, id);
create index entry_actor_name on audit.entry (archive_id, actor_name, at, id);
create index entry_act on audit.entry (archive_id, act, at, id);
create index entry_thing on audit.entry (archive_id, target_id, at, id);
create index entry_not_done on audit.entry (archive_id, result, at, id) where result is not null and result <> 'done';
drop index audit.entry_archive;
