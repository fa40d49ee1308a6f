-- Every object of the storage root, as the root has it. A view of the root that can be made again from it.
create table preservation.object (
  object_id text primary key,
  -- unit: the content of an entry; certificates: public certificates of an archive; segment: a part of the catalogue
  -- kept among the holdings; disposal: what stays of destroyed content.
  kind text not null check (kind in ('unit', 'certificates', 'segment', 'disposal')),
  -- None for what is the whole house's.
  archive_id uuid,
  unit_id uuid,
  -- Newest version and the sha512 of its inventory; null where it was entered before anybody asked.
  head text,
  inventory_digest text,
  -- Content files of all versions, each stored once, and their bytes.
  files bigint not null default 0,
  bytes bigint not null default 0,
  entered_at timestamptz not null,
  changed_at timestamptz not null,
  check ((kind = 'unit') = (unit_id is not null))
);
create index object_unit on preservation.object (unit_id) where unit_id is not null;
create index object_archive on preservation.object (archive_id, object_id);

-- Objects somebody is about to write: committed before the write, taken away by the transaction that enters the object.
-- What a kill leaves here is looked up in the root.
create table preservation.intent (
  object_id text primary key,
  kind text not null,
  archive_id uuid,
  unit_id uuid,
  begun_at timestamptz not null default now()
);

-- What happened to objects and their copies: events in the sense of PREMIS 3, never changed.
create table preservation.event (
  id uuid primary key,
  object_id text not null,
  archive_id uuid,
  -- The store whose copy it happened to; null: the object itself.
  store_id uuid,
  -- A term of the vocabulary eventType: ingestion, fixity check, replication, repair …
  type text not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('success', 'warning', 'failure')),
  detail jsonb,
  actor_id uuid,
  actor_name text not null
);
create index event_object on preservation.event (object_id, at, id);
create index event_trouble on preservation.event (archive_id, at, id) where outcome <> 'success';

do $$
declare t text;
begin
  foreach t in array array['object', 'event'] loop
    execute format('alter table preservation.%I enable row level security', t);
    execute format($p$create policy scope on preservation.%I for select to lantai_app
      using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))$p$, t);
    execute format('grant select on preservation.%I to lantai_app', t);
  end loop;
end $$;
-- The house's own business; the application's role has no part in it.
alter table preservation.intent enable row level security;

-- What was held before objects were entered: the root is asked for the rest when they are first verified.
insert into preservation.object (object_id, kind, archive_id, unit_id, files, bytes, entered_at, changed_at)
select object_id, 'unit', min(archive_id::text)::uuid, min(unit_id::text)::uuid, count(distinct sha512), sum(bytes), min(held_at), max(held_at)
from preservation.content group by object_id;
