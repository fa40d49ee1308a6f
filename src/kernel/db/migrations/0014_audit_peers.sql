-- Where a trusted installation is asked for its countersignature, and which of its archives gives it. Null: papers go by
-- hand. Only the owner reads and writes this table, as before.
alter table audit.peer
  add column address text,
  add column archive_code text;
create index peer_name on audit.peer (name);
create index countersignature_signer on audit.countersignature (signer, size);
